/** What kind of hybrid a name is: a named one, parents with a sign between, a rank with notho-, or two plants grown together. */
export type Hybrid = 'hybrid' | 'formula' | 'notho' | 'graft-chimera'

/**
 * What can be odd about a name as it is written, each with the grade of quality it leaves at best: 2 put right without doubt,
 * 3 not as the codes have it, 4 to be read with care, 0 no scientific name.
 */
export const oddities = {
  'spaces-mended': 2,
  'mark-removed': 2,
  'letter-for-hybrid-sign': 2,
  'letters-changed': 2,
  'old-rank': 2,
  'author-unknown': 2,
  'year-doubtful': 2,
  'year-without-author': 2,
  'bracket-missing': 2,
  'remark-left-out': 2,
  formula: 2,
  'markup-removed': 3,
  'underscores-for-spaces': 3,
  'case-mended': 3,
  'digits-in-epithet': 3,
  'sign-in-epithet': 3,
  'rank-without-name': 3,
  'genus-of-two-letters': 3,
  candidatus: 3,
  'question-mark': 4,
  'genus-abbreviated': 4,
  'open-nomenclature': 4,
  'formula-incomplete': 4,
  'letters-damaged': 4,
  'rest-not-read': 4,
  'too-long': 4,
  empty: 0,
  'no-name': 0,
  'other-script': 0,
  virus: 0,
  'no-formal-name': 0,
  'place-uncertain': 0,
  'graft-chimera': 0,
} as const
export type Oddity = keyof typeof oddities

/** Something odd about a name, and the letters of the text that show it: from, to; null where it is the whole text. */
export interface NameProblem {
  readonly kind: Oddity
  readonly at: readonly [from: number, to: number] | null
}

/** A scientific name taken apart. */
export interface ParsedName {
  /** The name with ranks and hybrid signs, without authors; null when the text is no scientific name. */
  readonly canonical: string | null
  /** The same without ranks and hybrid signs; of a name below the genus the last part alone where it is no epithet (section). */
  readonly simple: string | null
  /** Number of words that make the name up: 1 genus or above, 2 species, 3 and 4 below; 0 where it names no one taxon. */
  readonly cardinality: number
  /** Genus and epithets of a name that is no formula. */
  readonly words: readonly string[]
  /** Authors of the last part, as the codes write them. */
  readonly authorship: string | null
  /** The same letters as they stand in the text. */
  readonly authorsWritten: string | null
  readonly year: string | null
  /** Rank of the last part where the name itself tells it. */
  readonly rank: string | null
  readonly hybrid: Hybrid | null
  /** The parents of a hybrid formula, each as a canonical name. */
  readonly parents: readonly string[]
  /** Cultivar epithet without quotes. */
  readonly cultivar: string | null
  /** Name of a cultivar-group (ICNCP article 3), with its word Group. */
  readonly group: string | null
  /** The sign of open nomenclature: sp., spp., cf., aff., nr., ?. */
  readonly openNomenclature: string | null
  readonly abbreviated: boolean
  /**
   * 1 clean, 2 small faults put right, 3 not as the codes have it, 4 to be read with care, 0 no scientific name: the grades of
   * gnparser (Mozzherin, Myltsev, Patterson 2017), on which those who know it can rely.
   */
  readonly quality: 0 | 1 | 2 | 3 | 4
  readonly problems: readonly NameProblem[]
}
