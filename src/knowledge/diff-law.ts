import type { Places } from '../core/parcel/places.ts'
import type { Taxa } from '../core/parcel/taxa.ts'
import type { Block, Coverage, Pack, PlaceTest, Requirement } from '../core/require/pack.ts'

/** The law of one edition, with what its numbers mean. */
export interface LawEdition {
  readonly packs: readonly Pack[]
  readonly taxa: Taxa
  readonly places: Places
}

/** One change of law, as a sentence. */
export interface LawChange {
  readonly requirement: string
  readonly sentence: string
}

/** Places that a sentence names one by one. */
const placesNamed = 12

/** What changed in law between two editions, one sentence for each change, in the order of requirements. */
export function diffLaw(before: LawEdition, after: LawEdition): LawChange[] {
  const old = byId(before)
  const now = byId(after)
  const ids = [...new Set([...old.keys(), ...now.keys()])].sort()
  const changes = ids.flatMap((id) => {
    const [one, other] = [old.get(id), now.get(id)]
    if (one === undefined && other !== undefined) return [tell(id, `New: ${other.title} (${measuresOf(other)}).`)]
    if (other === undefined && one !== undefined) return [tell(id, `Gone: ${one.title} (${measuresOf(one)}).`)]
    if (one === undefined || other === undefined) return []
    return changesOf(factsOf(one, before), factsOf(other, after)).map((sentence) => tell(id, sentence))
  })
  return [...changes, ...coverageChanges(before, after)]
}

function tell(requirement: string, sentence: string): LawChange {
  return { requirement, sentence }
}

function byId({ packs }: LawEdition): Map<string, Requirement> {
  return new Map(packs.flatMap(({ requirements }) => requirements.map((one) => [one.id, one] as const)))
}

function measuresOf({ kind, measures, lifts }: Requirement): string {
  if (kind === 'requirement') return measures.map(({ measure }) => measure).join(', ')
  return `${kind} from ${[...(lifts?.measures ?? []), ...(lifts?.requirements ?? [])].join(', ')}`
}

/** What a requirement says, by the name of what it says: a list of words, or one text. */
type Said = ReadonlyMap<string, readonly string[] | string>

function factsOf(one: Requirement, edition: LawEdition): Said {
  const { source } = one
  const said = new Map<string, readonly string[] | string>([
    ['title', one.title],
    ['measures', one.measures.map(({ measure, detail }) => (detail === null ? measure : `${measure} (${detail})`))],
    ['what it lifts', [...(one.lifts?.measures ?? []), ...(one.lifts?.requirements ?? [])]],
    ['branch of law', one.branch],
    ['in force from', one.from ?? ''],
    ['in force to', one.to ?? ''],
    ['conditions', one.conditions ?? ''],
    ['point', `${source.title}, ${source.point}`],
    ['text', source.text],
    [
      'reading',
      source.unverified === null
        ? `read on ${source.read?.on ?? ''}: ${source.read?.text ?? ''}`
        : `not read: ${source.unverified}`,
    ],
    ['old edition', source.dated ?? ''],
    ['pests', one.pests],
  ])
  addBlock(said, '', one.when, edition)
  for (const [at, block] of one.unless.entries()) addBlock(said, `exception ${at + 1}: `, block, edition)
  for (const [at, block] of one.doubt.entries()) addBlock(said, `doubt ${at + 1}: `, block, edition)
  return said
}

function addBlock(
  said: Map<string, readonly string[] | string>,
  prefix: string,
  block: Block,
  { taxa, places }: LawEdition,
): void {
  for (const [key, value] of Object.entries(block)) {
    const name = `${prefix}${key}`
    if (key === 'taxa' || key === 'notTaxa')
      said.set(
        name,
        (value as readonly number[]).map((taxon) => taxa.names[taxon] ?? ''),
      )
    else if (isPlaceTest(value)) said.set(name, placesIn(value, places))
    else if (Array.isArray(value))
      said.set(
        name,
        value.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))),
      )
    else said.set(name, String(value))
  }
}

function isPlaceTest(value: unknown): value is PlaceTest {
  return typeof value === 'object' && value !== null && 'table' in value
}

function placesIn({ table }: PlaceTest, { codes, names }: Places): string[] {
  return table.flatMap((value, place) => {
    const name = names[place] ?? codes[place] ?? ''
    return value === 2 ? [name] : value === 1 ? [`parts of ${name}`] : []
  })
}

function changesOf(before: Said, after: Said): string[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])]
  return keys.flatMap((key) => {
    const [one, other] = [before.get(key) ?? '', after.get(key) ?? '']
    if (JSON.stringify(one) === JSON.stringify(other)) return []
    if (typeof one === 'string' && typeof other === 'string')
      return [`${capital(key)}: ${quoted(one)} is now ${quoted(other)}.`]
    const [old, now] = [listOf(one), listOf(other)]
    const [more, less] = [now.filter((item) => !old.includes(item)), old.filter((item) => !now.includes(item))]
    const parts = [
      ...(more.length > 0 ? [`adds ${listed(more)}`] : []),
      ...(less.length > 0 ? [`drops ${listed(less)}`] : []),
    ]
    return parts.length === 0 ? [] : [`${capital(key)} ${parts.join(' and ')}.`]
  })
}

function listOf(said: readonly string[] | string): readonly string[] {
  return typeof said === 'string' ? (said === '' ? [] : [said]) : said
}

function listed(items: readonly string[]): string {
  const more = items.length - placesNamed
  return items.slice(0, placesNamed).join(', ') + (more > 0 ? ` and ${more} more` : '')
}

function quoted(text: string): string {
  return text === '' ? 'nothing' : `"${text}"`
}

function capital(text: string): string {
  const words = text.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function coverageChanges(before: LawEdition, after: LawEdition): LawChange[] {
  const claimsOf = ({ packs }: LawEdition): Map<string, Set<string>> =>
    new Map(packs.map(({ place, coverage }) => [place, new Set(coverage.flatMap(claims))]))
  const [old, now] = [claimsOf(before), claimsOf(after)]
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((place) => {
    const [one, other] = [old.get(place) ?? new Set<string>(), now.get(place) ?? new Set<string>()]
    const [more, less] = [[...other].filter((claim) => !one.has(claim)), [...one].filter((claim) => !other.has(claim))]
    return [
      ...more.map((claim) => tell(place, `Now declared complete: ${claim}.`)),
      ...less.map((claim) => tell(place, `No longer declared complete: ${claim}.`)),
    ]
  })
}

function claims({ articles, origins }: Coverage): string[] {
  return articles.map(
    (article) =>
      `${article} from ${origins === 'any' ? 'anywhere' : origins === 'union' ? 'inside' : 'third countries'}`,
  )
}
