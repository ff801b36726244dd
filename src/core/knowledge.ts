import type { ActPolicy } from './act/case/act-policy.ts'
import type { PartnerCode } from './act/case/codes.ts'
import type { Policy } from './decide/policy.ts'
import type { Inventory } from './parcel/inventories.ts'
import type { Places } from './parcel/places.ts'
import type { Taxa } from './parcel/taxa.ts'
import type { Headings } from './recognise/goods.ts'
import type { ImportedNames } from './recognise/imported.ts'
import type { Lexicon } from './recognise/lexicon.ts'
import type { Model } from './recognise/model.ts'
import type { Norms } from './recognise/plausibility.ts'
import type { Pack } from './require/pack.ts'
import type { Pest } from './require/pests.ts'

/** Everything experts own, compiled and frozen. One edition is one digest of its sources. */
export interface Knowledge {
  readonly edition: string
  readonly lexicon: Lexicon
  /** Names that a user imported beside the built-in ones. */
  readonly imported?: ImportedNames
  /** Inventories of invasive species that a user imported: they only label. */
  readonly inventories?: readonly Inventory[]
  /** Languages in the order of their numbers, each with where its main word stands. */
  readonly languages: readonly {
    readonly code: string
    readonly name: string
    readonly head: 'first' | 'last'
    readonly compounds: boolean
    /** Whether its words for products stand in titles of every language (sweater, jumper). */
    readonly international: boolean
    /** Whether whoever types one accent types them all (Vietnamese). */
    readonly tones?: boolean
  }[]
  readonly taxa: Taxa
  readonly places: Places
  /** Sets of places that law names, by name: numbers of their members. */
  readonly sets: Readonly<Record<string, readonly number[]>>
  readonly headings: Headings
  /** Categories of marketplaces by number (`google:985`, `shopify:hg-17`) or by path in lower case. */
  readonly categories: Headings
  /** What a piece of some goods weighs and is worth. */
  readonly norms: Norms
  readonly packs: readonly Pack[]
  /** Pests that law lists, each with its hosts and the origins it is named for, as far as they were read. */
  readonly pests: readonly Pest[]
  readonly policy: Policy
  /** What happens after a proposal: `policy/act.yaml`. */
  readonly acting: ActPolicy
  /** What codes of partners mean: `policy/partner-codes.csv`. */
  readonly partnerCodes: readonly PartnerCode[]
  /** What was learned, beside the rules: `policy/model.csv`. */
  readonly model: Model
  /** Sentences by key, with slots as {name}. */
  readonly words: Readonly<Record<string, string>>
}
