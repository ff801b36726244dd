/** Most UTF-16 units of a description that are looked at. What lies beyond is told as a problem and keeps the item unclear. */
export const longestDescription = 20_000

/** What is wrong with a message, as data: where, and a sentence that says what to do. */
export interface Problem {
  readonly kind: string
  /** Path inside the record, as `lines[0].hs`; empty for the record itself. */
  readonly at: string
  /** Values for the slots of the sentence `problem.<kind>`. */
  readonly facts: Readonly<Record<string, string>>
}

export type Stage = 'pre-departure' | 'departed' | 'arrived' | 'unknown'
export const modes = ['post', 'courier', 'luggage', 'cargo'] as const
export type Mode = (typeof modes)[number]
export const recipients = ['private-person', 'institution', 'trader'] as const
export type Recipient = (typeof recipients)[number]

/** A paper that the sender says is there. A number is a claim, not a document seen. */
export interface ClaimedDocument {
  readonly kind:
    | 'phytosanitary-certificate'
    | 're-export-certificate'
    | 'import-permit'
    | 'authorisation'
    | 'plant-passport'
    | 'other'
  readonly number: string | null
  /** Who issued it, as told. */
  readonly issuer?: string
  /** Day of issue, as told. */
  readonly issuedOn?: string
}

/** From where to where. Dispatch is where the parcel was sent, never the origin of what is in it. */
export interface Route {
  readonly dispatch: string | null
  readonly destination: string | null
  readonly transit: readonly string[]
}

/** Text mended where it was broken on its way: see `read/legible.ts`. */
export interface Legible {
  readonly text: string
  /** For each UTF-16 unit of the text the unit of the declared text it came from; one more for the end. */
  readonly from: Uint32Array
  /** What was mended, in the order in which it was met. */
  readonly mended: readonly Mended[]
}

export const mendedKinds = ['html', 'percent', 'escape', 'encoding'] as const
export type Mended = (typeof mendedKinds)[number]

export interface ItemLine {
  /** From 1. */
  readonly index: number
  /** Path inside the record, as `lines[0]`. */
  readonly path: string
  /** The description as declared, untouched. */
  readonly description: string
  /** The description as it was meant, where it was broken on its way; else null. */
  readonly legible: Legible | null
  /** Digits only, or null. */
  readonly hs: string | null
  /** Category of a marketplace as it writes it (a path, or a number of its list), or null. */
  readonly category: string | null
  /** Country where the material grew, or null when it was not declared. */
  readonly origin: string | null
  readonly pieces: number | null
  /** Net weight of the line in grams. */
  readonly grams: number | null
  /** Declared value of the line, or null. */
  readonly value: { readonly amount: number; readonly currency: string } | null
}

/** A fact on which partners say different things. */
export interface Disagreed {
  /** Item line, from 1; null for a fact of the whole parcel. */
  readonly item: number | null
  /** The fact, as `originCountry`; a party of two who are not the same, as `parties.sender`. */
  readonly fact: string
  readonly said: readonly { readonly partner: string; readonly value: string }[]
}

/** The parcel as one partner tells it, completed by what the others alone tell. */
export interface View {
  readonly partner: string
  readonly parcel: Parcel
}

/** An answer to a question: a claim of whoever gave it. */
export interface GivenAnswer {
  /** Item line, from 1; null where it holds for all of them. */
  readonly item: number | null
  /** The fact that was asked for, as questions name it. */
  readonly fact: string
  /** A word of the list that belongs to the fact, a code of a place, a scientific name or a number. */
  readonly value: string
  /** Who says so. */
  readonly by: string
}

/** What was declared, without the people: sender and addressee are not needed to decide. */
export interface Parcel {
  readonly id: string | null
  /** Line in the file, from 1 (for JSON: the record's number). */
  readonly line: number
  readonly stage: Stage
  readonly route: Route
  readonly by: Mode | null
  readonly recipient: Recipient | null
  readonly documents: readonly ClaimedDocument[]
  readonly lines: readonly ItemLine[]
  readonly problems: readonly Problem[]
  /** False when the record could not be read at all. */
  readonly readable: boolean
  /** Where partners say different things; left out where they do not. */
  readonly disagreed?: readonly Disagreed[]
  /** One for each partner where what they say differently may decide; each is followed. */
  readonly views?: readonly View[]
  /** Answers to questions; left out where there are none. A description in words of their own makes a view instead. */
  readonly answers?: readonly GivenAnswer[]
}
