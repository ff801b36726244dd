import type { Inventory } from '../parcel/inventories.ts'
import type { ItemLine } from '../parcel/parcel.ts'
import type { Evidence, Finding, Letters } from '../recognise/finding.ts'
import type { Requirement } from '../require/pack.ts'
import type { HeardAnswer } from './answers.ts'
import type { Candidate, ItemJudgement } from './item.ts'

/** Why: one kind of sentence with its values, the letters that showed it and the law behind it. */
export interface Reason {
  readonly kind: string
  readonly item: number | null
  /** Values for the slots of the sentence `reason.<kind>`; a value that begins with `@` is itself a key of words. */
  readonly slots: Readonly<Record<string, string>>
  readonly evidence: readonly Letters[]
  readonly requirement: Requirement | null
  /** The inventory that a label comes from. */
  readonly inventory?: Inventory
}

/** What one item line was judged to be. */
export interface ItemDecision {
  readonly line: ItemLine
  readonly finding: Finding
  readonly judgement: ItemJudgement
  /** What the item is decided on; null when the line tells nothing. */
  readonly decisive: Candidate | null
  /** What was answered about it; left out where nothing was. */
  readonly answers?: readonly HeardAnswer[]
}

/** What a reason shows besides its sentence. */
export interface Shown {
  readonly evidence?: readonly Letters[]
  readonly requirement?: Requirement
}

/** A reason about one item, or about the whole record. */
export function reason(
  kind: string,
  item: number | null,
  slots: Readonly<Record<string, string>>,
  { evidence = [], requirement }: Shown = {},
): Reason {
  return { kind, item, slots, evidence, requirement: requirement ?? null }
}

/** The beginning of a description, as sentences quote it. */
export function short(text: string): string {
  return (text.length > 60 ? `${text.slice(0, 60)}…` : text).toWellFormed()
}

/** Most stretches of letters that one reason shows. */
const lettersTold = 24

/** Letters that speak for an article, each stretch once. */
export function lettersFor(finding: Finding, wanted: (evidence: Evidence) => boolean): Letters[] {
  const seen: Letters[] = []
  for (const evidence of finding.evidence)
    if (evidence.letters !== null && wanted(evidence)) seen.push(evidence.letters)
  if (seen.length < 2) return seen
  const found = new Map(seen.map((letters) => [letters.from, letters]))
  return [...found.values()].sort((one, other) => one.from - other.from).slice(0, lettersTold)
}
