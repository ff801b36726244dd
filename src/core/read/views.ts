import type { Disagreed } from '../parcel/parcel.ts'
import { withLines } from './amend.ts'
import type { Described } from './answers.ts'
import { linesIn } from './match-lines.ts'
import { isRecord, type Raw, shown, textOf } from './raw.ts'

/** Most partners whose views of one parcel are followed, and most disagreements that are looked at. */
const mostViews = 16
const mostDisagreements = 1000

/** Facts of a line, and of the whole, that a proposal may hang on. */
const decidingOfLine: ReadonlySet<string> = new Set([
  'description',
  'hs',
  'category',
  'originCountry',
  'quantity',
  'netWeightKg',
  'weightBasis',
  'value',
])
const decidingOfParcel: ReadonlySet<string> = new Set([
  'route.dispatchCountry',
  'route.destinationCountry',
  'parties.addressee.kind',
])
/** Facts whose disagreement is told besides: who it is, and what law may ask about them. */
const told =
  /^(?:ids\.\w+|grossWeightKg|parties\.\w+\.(?:pseudonym|country|zone|naturalPerson|placingOnTheMarket|kind))$/

interface Conflict {
  readonly at: string
  readonly item: number | null
  readonly fact: string
  readonly isDeciding: boolean
  readonly said: readonly { readonly partner: string; readonly value: unknown }[]
}

/** Where partners say different things, in words' terms; what nobody needs to know (dates of transport, bags) is left out. */
export function disagreedIn(record: Raw, described: readonly Described[]): Disagreed[] {
  return conflictsIn(record, described).map(({ item, fact, said }) => ({
    item,
    fact: fact.endsWith('.pseudonym') ? fact.slice(0, -'.pseudonym'.length) : fact,
    said: said.map(({ partner, value }) => ({ partner: shown(partner), value: shownFact(value) })),
  }))
}

/** The record as each partner tells it, where something hangs on what they say differently. */
export function viewsOf(
  record: Raw,
  described: readonly Described[],
): { readonly partner: string; readonly content: Raw }[] {
  const deciding = conflictsIn(record, described).filter(({ isDeciding }) => isDeciding)
  const partners = new Set(deciding.flatMap(({ said }) => said.map(({ partner }) => partner)))
  const { disagreements: _, problems: __, answers: ___, ...base } = withLines(record)
  return [...partners].slice(0, mostViews).map((partner) => {
    let content: Raw = base
    for (const { at, said } of deciding) {
      const own = said.find((one) => one.partner === partner)
      if (own !== undefined) content = withFact(content, stepsOf(at), own.value) as Raw
    }
    return { partner, content }
  })
}

function conflictsIn(record: Raw, described: readonly Described[]): Conflict[] {
  const list = record['disagreements']
  const found = new Map<string, Conflict>()
  for (const one of Array.isArray(list) ? list.slice(0, mostDisagreements) : []) {
    const conflict = isRecord(one) ? conflictOf(one) : null
    if (conflict !== null) found.set(conflict.at, conflict)
  }
  const lines = linesIn(record)
  for (const { item, by, text } of described.slice(0, mostDisagreements)) {
    const at = `lines[${item - 1}].description`
    const declared = { partner: 'declaration', value: lines[item - 1]?.['description'] }
    const said = [...(found.get(at)?.said ?? [declared]), { partner: by, value: text }]
    found.set(at, { at, item, fact: 'description', isDeciding: true, said })
  }
  return [...found.values()]
}

function conflictOf({ at, said }: Raw): Conflict | null {
  if (typeof at !== 'string' || !Array.isArray(said)) return null
  const steps = stepsOf(at)
  const isLine = steps[0] === 'lines' && steps.length === 3
  const fact = isLine ? (steps[2] as string) : at
  const isDeciding = isLine ? decidingOfLine.has(fact) : decidingOfParcel.has(at)
  if (!isDeciding && !told.test(at)) return null
  const all = said.flatMap((one) =>
    isRecord(one) && typeof one['partner'] === 'string' ? [{ partner: one['partner'], value: one['value'] }] : [],
  )
  return all.length < 2 ? null : { at, item: isLine ? Number(steps[1]) + 1 : null, fact, isDeciding, said: all }
}

function stepsOf(at: string): string[] {
  return at.split(/[.[\]]+/)
}

/** A copy in which one fact is replaced; all else is shared. */
function withFact(value: unknown, [step, ...rest]: readonly string[], fact: unknown): unknown {
  if (step === undefined) return fact
  if (Array.isArray(value)) return value.map((one, at) => (String(at) === step ? withFact(one, rest, fact) : one))
  const own = isRecord(value) ? value : {}
  return { ...own, [step]: withFact(own[step], rest, fact) }
}

/** A fact as a sentence shows it. */
function shownFact(value: unknown): string {
  if (!isRecord(value)) return shown(typeof value === 'boolean' ? String(value) : (textOf(value) ?? ''))
  const parts = [value['raw'] ?? value['value'] ?? value['amount'], value['currency'] ?? value['unit']]
  return shown(parts.flatMap((part) => textOf(part) ?? []).join(' '))
}
