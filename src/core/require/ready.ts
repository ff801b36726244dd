import { articles, isUnder } from '../parcel/articles.ts'
import { stateFacts } from '../parcel/state.ts'
import { traitNames } from '../parcel/taxa.ts'
import { type Descent, lineOf } from './descent.ts'
import type { Block, NumberTest, PlaceTest, Requirement } from './pack.ts'
import { articleBit, partBits } from './situation.ts'

/**
 * A block made ready: sets instead of lists, and every test in its place. Blocks as they are loaded hold only what they test, so
 * that hardly two are alike; engines read what is alike much faster. Null (or no bit) is not tested.
 */
export interface ReadyBlock {
  readonly named: boolean | null
  readonly articles: number
  readonly notArticles: number
  readonly taxa: ReadySet | null
  readonly notTaxa: ReadySet | null
  readonly traits: number
  readonly origin: ReadyPlaces | null
  readonly dispatch: ReadyPlaces | null
  readonly originOrDispatch: ReadyPlaces | null
  readonly route: ReadyPlaces | null
  readonly destination: ReadyPlaces | null
  readonly facts: ReadyFacts | null
  readonly way: ReadyWay | null
}

/** Tests of the article itself. */
export interface ReadyFacts {
  readonly parts: number
  readonly notParts: number
  /** Facts of state that must hold and that must not, as bits of `stateFacts`. */
  readonly yes: number
  readonly no: number
  readonly numbers: readonly NumberTest[]
  readonly uses: readonly string[] | null
}

/** Tests of the way it goes, of who gets it and of the papers with it. */
export interface ReadyWay {
  readonly by: readonly string[] | null
  readonly reExported: boolean | null
  readonly recipient: readonly string[] | null
  readonly months: readonly number[] | null
  readonly claimed: readonly string[] | null
  /** Whether it hangs on a fact that no record shows. */
  readonly unknown: boolean
}

/** Taxa a block names, and everything above them. */
export interface ReadySet {
  readonly named: ReadonlySet<number>
  readonly above: ReadonlySet<number>
}

/** Places that a block names: see `PlaceTest`. */
export interface ReadyPlaces {
  readonly table: readonly number[]
  readonly inside: boolean
}

/** A requirement made ready to be evaluated. */
export interface ReadyRequirement {
  readonly requirement: Requirement
  readonly from: string | null
  readonly to: string | null
  readonly when: ReadyBlock
  readonly unless: readonly ReadyBlock[]
  readonly doubt: readonly ReadyBlock[]
  /** Whether it speaks of goods that enter the pack's union from outside. */
  readonly entering: boolean
  readonly prohibits: boolean
  /** What it demanded before, by the facts that were unknown. */
  readonly demands: Map<number, object>
}

/** Makes a requirement ready: lists become sets and bits. */
export function ready(requirement: Requirement, from: Descent): ReadyRequirement {
  const { when } = requirement
  return {
    requirement,
    from: requirement.from,
    to: requirement.to,
    when: readyBlock(when, from),
    unless: requirement.unless.map((block) => readyBlock(block, from)),
    doubt: requirement.doubt.map((block) => readyBlock(block, from)),
    // Terms of a carrier hold on every way, also inside a union.
    entering:
      requirement.branch !== 'carrier' &&
      [when.origin, when.originOrDispatch, when.route, when.dispatch].some((test) => test?.thirdCountry === true),
    prohibits: requirement.measures.some(({ measure }) => measure === 'prohibited'),
    demands: new Map(),
  }
}

function readyBlock(block: Block, from: Descent): ReadyBlock {
  return {
    named: block.named ?? null,
    articles: (block.articles ?? []).reduce((set, wider) => set | closure(wider), 0),
    notArticles: (block.notArticles ?? []).reduce((set, wider) => set | closure(wider), 0),
    taxa: block.taxa === undefined ? null : readySet(block.taxa, from),
    notTaxa: block.notTaxa === undefined ? null : readySet(block.notTaxa, from),
    traits: (block.traits ?? []).reduce((set, trait) => set | (1 << traitNames.indexOf(trait)), 0),
    origin: readyPlaces(block.origin),
    dispatch: readyPlaces(block.dispatch),
    originOrDispatch: readyPlaces(block.originOrDispatch),
    route: readyPlaces(block.route),
    destination: readyPlaces(block.destination),
    facts: readyFacts(block),
    way: readyWay(block),
  }
}

function readyFacts({ parts, notParts, state = [], numbers = [], uses }: Block): ReadyFacts | null {
  if (parts === undefined && notParts === undefined && state.length + numbers.length === 0 && uses === undefined)
    return null
  const bitsOf = (wanted: boolean): number =>
    state.reduce((set, { fact, value }) => (value === wanted ? set | (1 << stateFacts.indexOf(fact)) : set), 0)
  return {
    parts: partBits(...(parts ?? [])),
    notParts: partBits(...(notParts ?? [])),
    yes: bitsOf(true),
    no: bitsOf(false),
    numbers,
    uses: uses ?? null,
  }
}

function readyWay({ by, reExported, recipient, months, claimed, unknown }: Block): ReadyWay | null {
  if ([by, reExported, recipient, months, claimed, unknown].every((test) => test === undefined)) return null
  return {
    by: by ?? null,
    reExported: reExported ?? null,
    recipient: recipient ?? null,
    months: months ?? null,
    claimed: claimed ?? null,
    unknown: unknown !== undefined,
  }
}

function closure(wider: (typeof articles)[number]): number {
  return articles.reduce((set, article) => (isUnder(article, wider) ? set | articleBit(article) : set), 0)
}

function readySet(named: readonly number[], from: Descent): ReadySet {
  const above = new Set<number>()
  for (const taxon of named) for (const at of lineOf(from, taxon).slice(1)) above.add(at)
  return { named: new Set(named), above }
}

function readyPlaces(test: PlaceTest | undefined): ReadyPlaces | null {
  return test === undefined ? null : { table: test.table, inside: test.inside === true }
}
