import { proposals } from '../core/decide/policy.ts'
import { articles } from '../core/parcel/articles.ts'
import { modes, recipients } from '../core/parcel/parcel.ts'
import type { Places } from '../core/parcel/places.ts'
import type { Taxa } from '../core/parcel/taxa.ts'
import { unknownWord } from './csv.ts'
import { type Fault, type Spot, suggestion, tell } from './fault.ts'
import { findCode } from './places.ts'
import { paperKinds } from './situations.ts'
import { filesLike, type SourceFile } from './sources.ts'
import { findTaxon } from './taxa.ts'

/** Keys that say what is declared, and keys that say what must come out. */
const declaredKeys = [
  'description',
  'hs',
  'category',
  'from',
  'origin',
  'to',
  'by',
  'recipient',
  'on',
  'pieces',
  'grams',
  'value',
  'claimed',
  'stage',
] as const
const expectedKeys = ['article', 'taxon', 'proposal', 'requirement', 'no-requirement'] as const
type Key = (typeof declaredKeys)[number] | (typeof expectedKeys)[number]

/** One line of a case: what is said, and where. */
export interface Said extends Spot {
  readonly value: string
}

/** A worked example: what is declared and what must come out. A key may be said several times. */
export interface Case extends Spot {
  readonly title: string
  readonly said: ReadonlyMap<string, readonly Said[]>
}

/** What the words of a case are looked up in. */
export interface CaseContext {
  readonly places: Places
  readonly taxa: Taxa
  readonly requirements: ReadonlySet<string>
  readonly faults: Fault[]
}

/** Reads `cases/*.md`: a list of `- key: value` under each `###` title is a case; everything else is text. */
export function readCases(files: readonly SourceFile[], context: CaseContext): Case[] {
  return filesLike(files, /^cases\/.+\.md$/).flatMap((file) => casesIn(file, context))
}

function casesIn(file: SourceFile, context: CaseContext): Case[] {
  const found: { title: string; spot: Spot; said: Map<string, Said[]> }[] = []
  file.text.split('\n').forEach((text, at) => {
    const spot = { file: file.shown, line: at + 1 }
    const title = /^###\s+(.+?)\s*$/.exec(text)?.[1]
    if (title !== undefined) found.push({ title, spot, said: new Map() })
    const [, key, value] = /^[-*]\s+([a-z-]+):\s*(.*?)\s*$/.exec(text) ?? []
    const open = found.at(-1)
    if (key === undefined || value === undefined || open === undefined) return
    if (checkLine(key, { ...spot, value }, context))
      open.said.set(key, [...(open.said.get(key) ?? []), { ...spot, value }])
  })
  const cases = found.filter(({ said }) => said.size > 0).map(({ title, spot, said }) => ({ title, ...spot, said }))
  for (const one of cases) checkCase(one, context.faults)
  return cases
}

function checkCase({ title, file, line, said }: Case, faults: Fault[]): void {
  if (!said.has('description')) tell(faults, { file, line }, `The case "${title}" has no description.`)
  if (!expectedKeys.some((key) => said.has(key))) {
    tell(
      faults,
      { file, line },
      `The case "${title}" expects nothing. Write at least one of ${expectedKeys.join(', ')}.`,
    )
  }
}

function checkLine(key: string, said: Said, context: CaseContext): boolean {
  const { faults } = context
  const before = faults.length
  const known: readonly string[] = [...declaredKeys, ...expectedKeys]
  if (!known.includes(key))
    tell(faults, said, `Unknown key "${key}".${suggestion(key, known)} Keys here are ${known.join(', ')}.`)
  else checkValue(key as Key, said, context)
  return faults.length === before
}

/** What may stand under keys that take one of some words. */
const choices: Partial<Record<Key, readonly string[]>> = {
  article: articles,
  proposal: proposals,
  by: modes,
  recipient: recipients,
  claimed: paperKinds,
  stage: ['pre-departure', 'departed', 'arrived'],
}

/** What a value under other keys looks like. */
const shapes: Partial<Record<Key, readonly [RegExp, string]>> = {
  hs: [/^[\d. ]{2,14}$/, 'digits'],
  on: [/^\d{4}-\d{2}-\d{2}$/, 'a day written as 2026-11-24'],
  pieces: [/^\d+$/, 'a number'],
  grams: [/^\d+(\.\d+)?$/, 'a number'],
  value: [/^\d+(\.\d+)? [A-Z]{3}$/, 'an amount and a currency, as 0.50 USD'],
}

function checkValue(key: Key, said: Said, { places, taxa, requirements, faults }: CaseContext): void {
  const words = choices[key]
  if (words !== undefined && !words.includes(said.value)) tell(faults, said, unknownWord(key, said.value, words))
  const [shape, wanted] = shapes[key] ?? []
  if (shape?.test(said.value) === false) tell(faults, said, `"${key}" must be ${wanted}, here is "${said.value}".`)
  if (key === 'from' || key === 'origin' || key === 'to') findCode(places, said.value, said, faults)
  if (key === 'taxon') findTaxon(taxa, said.value, said, faults)
  if ((key === 'requirement' || key === 'no-requirement') && !requirements.has(said.value)) {
    tell(
      faults,
      said,
      `Unknown requirement "${said.value}".${suggestion(said.value, requirements)} Write the id of one in requirements/.`,
    )
  }
}
