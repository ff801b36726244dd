import { nameAtRank, type Taxa } from '../../parcel/taxa.ts'
import { fold, foldedRoom } from '../fold.ts'
import { type ImportedNames, importedEnd, importedFound, importedTaxaOf, isCandidate } from '../imported.ts'
import type { NameAnswer } from './answer.ts'
import type { ParsedName } from './parsed.ts'

/** How far a name is known: the whole of it, its species, its genus, or nothing of it. */
export type Step = 'name' | 'species' | 'genus' | 'none'

export interface Found {
  readonly taxon: number
  readonly step: Step
}

/** Number of the taxon that a name with single blanks means, in any case, or -1. */
export type FindTaxon = (name: string) => number

/** What `findTaxon` of the taxa does, without tidying the name first, over a map: an object makes each new string a key. */
export function taxonFinder({ numberOf }: Taxa, other: FindTaxon | null = null): FindTaxon {
  const numbers = new Map(Object.entries(numberOf))
  return (name) => numbers.get(name.toLowerCase()) ?? other?.(name) ?? -1
}

/** Finds scientific names that were imported; one that means several taxa is not found. `meet` makes a taxon known. */
export function importedFinder(names: ImportedNames, table: Uint16Array, meet: (own: number) => number): FindTaxon {
  const room = foldedRoom()
  return (name) => {
    fold(name, table, room)
    if (room.length === 0 || importedEnd(names, room.units, 0, room.length, false) !== room.length) return -1
    const found = importedFound()
    const linked = names.nameLink[found] as number
    if (linked > 0) return linked - 1
    const [own, ...others] = isCandidate(names, found) ? [] : importedTaxaOf(names, found)
    return own === undefined || others.length > 0 ? -1 : meet(own)
  }
}

/** Looks for the name, then without ranks, then the species, then the genus. */
export function findName({ canonical, simple, words, cardinality }: ParsedName, find: FindTaxon): Found {
  const combined = cardinality === 1 && (canonical ?? '').includes(' ') && !(canonical ?? '').startsWith('×')
  const whole = find(canonical ?? '')
  const plain = whole >= 0 || combined || simple === canonical ? whole : find(simple ?? '')
  if (plain >= 0) return { taxon: plain, step: 'name' }
  if (words.length > 2) {
    const taxon = find(words.slice(0, 2).join(' '))
    if (taxon >= 0) return { taxon, step: 'species' }
  }
  const taxon = find(firstWord(canonical ?? ''))
  return taxon >= 0 ? { taxon, step: 'genus' } : { taxon: -1, step: 'none' }
}

/** "Opuntia ficus indica" with its hyphen, where that is a name that is known; null for other names. */
export function hyphened(parsed: ParsedName, find: FindTaxon): ParsedName | null {
  const { canonical, words, rank, quality } = parsed
  if (words.length !== 3 || rank !== 'infraspecific' || (canonical ?? '').includes('×')) return null
  const epithet = `${words[1]}-${words[2]}`
  const name = `${words[0]} ${epithet}`
  if (find(name) < 0) return null
  const spelled = {
    canonical: name,
    simple: name,
    words: [words[0] as string, epithet],
    cardinality: 2,
    rank: 'species',
  }
  return { ...parsed, ...spelled, quality: quality === 1 ? 2 : quality }
}

/** The genus, or the name itself where it is one word. */
export function firstWord(canonical: string): string {
  const name = canonical.replace(/^(?:× |Candidatus )/, '')
  const blank = name.indexOf(' ')
  return blank < 0 ? name : name.slice(0, blank)
}

/** What the knowledge says above a taxon. */
export type Place = Pick<NameAnswer, 'genus' | 'family'>

const nowhere: Place = { genus: null, family: null }

/** Makes a look-up of what stands above a taxon; each is looked up once. */
export function placeFinder(taxa: Taxa): (taxon: number) => Place {
  const places: (Place | undefined)[] = []
  return (taxon) => {
    if (taxon < 0) return nowhere
    const place = places[taxon] ?? {
      genus: nameAtRank(taxa, taxon, 'genus'),
      family: nameAtRank(taxa, taxon, 'family'),
    }
    places[taxon] = place
    return place
  }
}

/** Of a name that is not known: its first word is the genus, or the family when it ends so. */
export function unknownPlace({ canonical, rank, words }: ParsedName): Place {
  const first = firstWord(canonical ?? '')
  if (first.endsWith('aceae') || (words.length === 1 && rank === 'family')) return { genus: null, family: first }
  const above = words.length === 1 && (rank === 'order' || rank === 'class' || rank === 'subfamily')
  return { genus: above ? null : first, family: null }
}

/** A name without hybrid signs and ranks, in small letters. */
export function plainKey(name: string): string {
  return name
    .toLowerCase()
    .replace(/(?:×|(?<= )x(?= )) ?/g, '')
    .replace(/ [a-z.]+\.(?= )/g, '')
}
