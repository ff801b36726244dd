import type { Knowledge } from '../core/knowledge.ts'
import { readActPolicy } from './act-policy.ts'
import { checkLaw } from './check-law.ts'
import { type Fault, KnowledgeError } from './fault.ts'
import { readCategories, readHeadings } from './goods.ts'
import { type Inflections, readInflections } from './inflections.ts'
import { type Languages, readLanguages } from './languages.ts'
import { readLawSources } from './law-sources.ts'
import { readModel } from './model.ts'
import { readNames } from './names.ts'
import { readNorms } from './norms.ts'
import { readPacks } from './packs.ts'
import { readPartnerCodes } from './partner-codes.ts'
import { readPests } from './pests.ts'
import { readPlaces } from './places.ts'
import { readPolicy } from './policy.ts'
import { readOrdinaryWords } from './scientific.ts'
import type { WrittenSense } from './senses.ts'
import { readSets } from './sets.ts'
import type { Example } from './situations.ts'
import type { SourceFile } from './sources.ts'
import { readTaxa, type TaxaRead } from './taxa.ts'
import { readTerms } from './terms.ts'
import { readWords } from './words.ts'

/** Everything that experts wrote, read and checked: all of knowledge but the lexicon. */
export interface KnowledgeRead {
  readonly parts: Omit<Knowledge, 'edition' | 'lexicon'>
  readonly languages: Languages
  readonly taxaRead: TaxaRead
  readonly names: readonly WrittenSense[]
  readonly terms: readonly WrittenSense[]
  readonly inflections: Inflections
  readonly ordinaryWords: ReadonlySet<string>
  readonly examples: readonly Example[]
  readonly faults: readonly Fault[]
}

/** Reads every kind of file; what is wrong is collected, and the rest is read. */
export function readKnowledge(files: readonly SourceFile[]): KnowledgeRead {
  const faults: Fault[] = []
  const languages = readLanguages(files, faults)
  const taxaRead = readTaxa(files, faults)
  const { taxa } = taxaRead
  const places = readPlaces(files, faults)
  const atlas = { places, sets: readSets(files, places, faults) }
  const sources = readLawSources(files, faults)
  const packs = readPacks(files, { taxa, atlas, sources, faults })
  const spots = new Map(packs.flatMap((one) => [...one.spots]))
  checkLaw(
    packs.map(({ pack }) => pack),
    { taxa, spots, faults },
  )
  const { pests, packs: named } = readPests(files, { taxa, atlas, packs: packs.map(({ pack }) => pack), faults })
  const policy = readPolicy(files, taxa, faults)
  const parts = {
    languages,
    taxa,
    places,
    sets: Object.fromEntries([...atlas.sets].map(([name, { inside }]) => [name, [...inside]])),
    headings: readHeadings(files, faults),
    categories: readCategories(files, faults),
    norms: readNorms(files, faults),
    packs: named,
    pests,
    model: readModel(files, faults),
    policy,
    acting: readActPolicy(files, { policy, places, packs: named, sources, faults }),
    partnerCodes: readPartnerCodes(files, faults),
    words: readWords(files, faults),
  }
  return {
    parts,
    languages,
    taxaRead,
    names: readNames(files, taxa, languages, faults),
    terms: readTerms(files, languages, faults),
    inflections: readInflections(files, languages, faults),
    ordinaryWords: readOrdinaryWords(files, faults),
    examples: packs.flatMap(({ examples }) => examples),
    faults,
  }
}

/** Throws all faults, when there are any. */
export function refuseFaults({ faults }: KnowledgeRead): void {
  if (faults.length > 0) throw new KnowledgeError(faults)
}
