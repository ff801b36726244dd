import { foldTable } from '../../core/recognise/fold.ts'
import { conceptValues } from '../../core/recognise/lexicon.ts'
import { type ImportedRank, plainKey } from '../import/scientific-name.ts'
import { type NameTable, nameTable } from './name-table.ts'
import { packed } from './pack-draft.ts'
import { type SettledLine, settledLine } from './settled.ts'
import type { CompiledNames } from './stored.ts'

/** Compiled imports, the languages of their common names by number (0 is none), and what collided. */
export interface Compilation {
  readonly names: CompiledNames
  readonly languages: readonly string[]
  readonly counts: NameCounts
  readonly collisions: readonly string[]
}

export interface NameCounts {
  readonly taxa: number
  readonly names: number
  readonly commonNames: number
  /** Common names of one word that are ordinary words too: they are left out. */
  readonly ordinary: number
}

/** Names and taxa while they are compiled. */
export interface Draft {
  readonly table: NameTable
  readonly taxa: Map<string, number>
  readonly written: string[]
  readonly rank: ImportedRank[]
  readonly family: string[]
  readonly eppo: string[]
  /** By number of the name: own number of its taxon, or the list of several. */
  readonly meanings: (number | number[])[]
  readonly senses: number[]
  readonly language: number[]
  readonly ownName: number[]
  readonly languages: string[]
  readonly ordinaryWords: ReadonlySet<string>
  readonly collided: Map<number, string>
  commonNames: number
  ordinary: number
}

const [plain, word, candidate] = (['plain', 'word', 'candidate'] as const).map((one) =>
  conceptValues.name.indexOf(one),
) as [number, number, number]

/**
 * Compiles settled imports. Scientific names come before common ones; a name that several taxa claim means any of them.
 * `ordinaryWords` are words that need more than themselves to be taken for a plant.
 */
export function compileNames(imports: Iterable<Iterable<string>>, ordinaryWords: ReadonlySet<string>): Compilation {
  const draft: Draft = {
    table: nameTable(foldTable()),
    taxa: new Map(),
    written: [],
    rank: [],
    family: [],
    eppo: [],
    meanings: [],
    senses: [],
    language: [],
    ownName: [],
    languages: [''],
    ordinaryWords,
    collided: new Map(),
    commonNames: 0,
    ordinary: 0,
  }
  const common: (SettledLine & { readonly kind: 'common' })[] = []
  for (const lines of imports) {
    for (const text of lines) {
      const line = settledLine(text)
      if (line?.kind === 'taxon') addTaxon(draft, line)
      else if (line?.kind === 'synonym') addSynonym(draft, line)
      else if (line?.kind === 'common') common.push(line)
    }
  }
  const parents = hang(draft)
  for (const line of common) addCommon(draft, line)
  return { ...packed(draft, parents), counts: countsOf(draft), collisions: collisionsOf(draft) }
}

function countsOf(draft: Draft): NameCounts {
  const { commonNames, ordinary } = draft
  return { taxa: draft.written.length, names: draft.table.count(), commonNames, ordinary }
}

function addTaxon(draft: Draft, { name, rank, family, eppo }: SettledLine & { readonly kind: 'taxon' }): number {
  const taxon = taxonOf(draft, name, rank)
  if (draft.family[taxon] === '') draft.family[taxon] = family
  if (draft.eppo[taxon] === '') draft.eppo[taxon] = eppo
  return taxon
}

/** Own number of the taxon that is accepted under a name, made where it is new. */
function taxonOf(draft: Draft, name: string, rank: ImportedRank): number {
  const key = plainKey(name)
  const known = draft.taxa.get(key)
  if (known !== undefined) return known
  const taxon = draft.written.length
  draft.taxa.set(key, taxon)
  draft.written.push(name)
  draft.rank.push(rank)
  draft.family.push('')
  draft.eppo.push('')
  draft.ownName.push(addMeaning(draft, name, taxon, senseOf(draft, name)) ?? -1)
  return taxon
}

/**
 * Two words are loud. Of thousands of genera many are brands, given names and words of some language as well (Zephyra, Solaria),
 * so a genus alone is only loud where it is long and no ordinary word.
 */
function senseOf({ ordinaryWords }: Draft, name: string): number {
  if (name.includes(' ')) return plain
  return name.length >= loudGenus && !ordinaryWords.has(name.toLowerCase()) ? plain : word
}

const loudGenus = 9

function addSynonym(draft: Draft, { name, accepted }: SettledLine & { readonly kind: 'synonym' }): void {
  const taxon = draft.taxa.get(plainKey(accepted))
  if (taxon !== undefined) addMeaning(draft, name, taxon, senseOf(draft, name))
}

/** Adds a meaning to a scientific name and returns the name's number; null where it could not be found in a text. */
function addMeaning(draft: Draft, text: string, taxon: number, sense: number): number | null {
  if (text.length < 3) return null
  const { table, meanings } = draft
  const name = table.numberOf(text)
  if (name === null) return null
  const before = meanings[name]
  if (before === undefined) {
    meanings[name] = taxon
    draft.senses[name] = sense
    draft.language[name] = 0
  } else if (typeof before === 'number' ? before !== taxon : !before.includes(taxon)) {
    meanings[name] = typeof before === 'number' ? [before, taxon] : [...before, taxon]
    draft.collided.set(name, text)
  }
  return name
}

/** A common name is a candidate: nobody has checked it. Where a scientific name reads the same, that is heard alone. */
function addCommon(draft: Draft, line: SettledLine & { readonly kind: 'common' }): void {
  const { table, meanings, senses } = draft
  const taxon = draft.taxa.get(plainKey(line.accepted))
  if (taxon === undefined) return
  if (draft.ordinaryWords.has(line.name.toLowerCase())) {
    draft.ordinary += 1
    return
  }
  const name = table.numberOf(line.name)
  if (name === null) return
  const before = meanings[name]
  if (before === undefined) {
    meanings[name] = taxon
    senses[name] = candidate
    draft.language[name] = languageOf(draft, line.language)
    draft.commonNames += 1
  } else if (senses[name] === candidate && (typeof before === 'number' ? before !== taxon : !before.includes(taxon)))
    meanings[name] = typeof before === 'number' ? [before, taxon] : [...before, taxon]
}

function languageOf({ languages }: Draft, code: string): number {
  const known = languages.indexOf(code)
  if (known >= 0) return known
  return languages.length < 255 ? languages.push(code) - 1 : 0
}

/** Makes the genera and families that names imply, and tells what stands above each taxon. */
function hang(draft: Draft): number[] {
  const { written, rank } = draft
  const parents: number[] = []
  const isWide = (taxon: number): boolean => ['family', 'subfamily', 'genus'].includes(rank[taxon] as string)
  // Species first: they tell the families of genera that have none.
  for (let taxon = 0, all = written.length; taxon < all; taxon += 1)
    if (!isWide(taxon)) parents[taxon] = aboveSpecies(draft, taxon)
  for (let taxon = 0; taxon < written.length; taxon += 1) if (isWide(taxon)) parents[taxon] = familyOf(draft, taxon)
  return parents
}

/** The species of what is below the species, else the genus. */
function aboveSpecies(draft: Draft, taxon: number): number {
  const words = plainKey(draft.written[taxon] as string).split(' ')
  const species = draft.rank[taxon] === 'species' ? undefined : draft.taxa.get(words.slice(0, 2).join(' '))
  return species !== undefined && species !== taxon ? species : genusOf(draft, taxon)
}

function familyOf(draft: Draft, taxon: number): number {
  const family = draft.family[taxon] as string
  return family === '' || family === draft.written[taxon] ? -1 : taxonOf(draft, family, 'family')
}

function genusOf(draft: Draft, taxon: number): number {
  const name = draft.written[taxon] as string
  const genus = taxonOf(draft, name.slice(0, name.indexOf(' ')), 'genus')
  if (genus === taxon) return -1
  if (draft.family[genus] === '') draft.family[genus] = draft.family[taxon] as string
  return genus
}

function collisionsOf({ collided, meanings, written }: Draft): string[] {
  return [...collided].map(([name, text]) => {
    const taxa = [meanings[name] as number | number[]].flat().map((taxon) => written[taxon] as string)
    return `«${text}» may mean ${taxa.sort().join(' or ')}.`
  })
}
