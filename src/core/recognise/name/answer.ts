import type { Taxa } from '../../parcel/taxa.ts'
import type { CommonWords } from './common-names.ts'
import type { FindTaxon, Place } from './find-name.ts'
import type { Hybrid, ParsedName } from './parsed.ts'

/** Something that an answer says about a name: the key of a sentence under `name-problem`, and what fills its slots. */
export interface NameRemark {
  readonly kind: string
  readonly facts: Readonly<Record<string, string>>
}

/** What a text that should be a name is: taken apart, and looked up in the knowledge. */
export interface NameAnswer {
  readonly canonical: string | null
  readonly simple: string | null
  readonly authorship: string | null
  readonly cultivar: string | null
  readonly rank: string | null
  readonly hybrid: Hybrid | null
  /** The name that Greenlane uses for the same taxon; null where it is not known, or where the text may mean several. */
  readonly accepted: string | null
  readonly genus: string | null
  readonly family: string | null
  /** EPPO code, only where name and code were compared with a published source. */
  readonly eppo: string | null
  /** All taxa that the text may mean, when it is a common name or does not settle on one. */
  readonly means: readonly string[]
  readonly quality: ParsedName['quality']
  readonly problems: readonly NameRemark[]
}

/** One text while it is looked up. */
export interface Reading {
  readonly text: string
  readonly parsed: ParsedName
  readonly remarks: NameRemark[]
  readonly taxa: Taxa
  readonly find: FindTaxon
  readonly placeOf: (taxon: number) => Place
  readonly wordsOf: (text: string) => CommonWords
  /** Taxa that an abbreviated name may be. */
  readonly spellOut: (words: readonly string[]) => readonly number[]
}

/** What every answer takes from the parsed name. */
export function partsOf({ canonical, simple, authorship, cultivar, rank, hybrid, quality }: ParsedName) {
  return { canonical, simple, authorship, cultivar, rank, hybrid, quality }
}

/** The one value that all have, or null. */
export function onlyOne(values: readonly (string | null)[]): string | null {
  const [first = null] = values
  return values.every((value) => value === first) ? first : null
}
