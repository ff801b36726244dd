import type { Article } from '../parcel/articles.ts'
import type { ItemLine, Parcel } from '../parcel/parcel.ts'
import { type Part, parts, type State, type Use } from '../parcel/state.ts'
import type { Taxa } from '../parcel/taxa.ts'
import type { Finding, Thing } from '../recognise/finding.ts'
import { type Situation, usualUse } from '../require/situation.ts'
import { type Numbers, nothingTold, numbersOf, over, type Told, toldBy, withSettled } from '../require/told.ts'
import type { Court } from './court.ts'
import { distinctNames } from './distinct-names.ts'

/** A supposition that replaces what is told: how questions are weighed. */
export interface Suppose {
  readonly origin?: number
  readonly dispatch?: number
  readonly destination?: number
  readonly part?: Part
  readonly use?: Use
  readonly by?: Situation['by']
  readonly recipient?: Situation['recipient']
  readonly state?: Partial<State>
  readonly taxa?: readonly number[]
  readonly noNarrower?: boolean
  readonly article?: Article
  /** Kinds of paper that are claimed besides. */
  readonly claimed?: readonly string[]
}

/** Two suppositions as one; of what both suppose, the second. */
export function both(one: Suppose, other: Suppose): Suppose {
  const state = one.state === undefined ? other.state : { ...one.state, ...other.state }
  const claimed = [...(one.claimed ?? []), ...(other.claimed ?? [])]
  return { ...one, ...other, ...(state === undefined ? {} : { state }), ...(claimed.length === 0 ? {} : { claimed }) }
}

/** One item line, what was found in it, and the day that counts. */
export interface ItemCase {
  readonly line: ItemLine
  readonly finding: Finding
  readonly parcel: Parcel
  readonly on: string
  readonly court: Court
}

/** The way, the day and the papers of an item: the same for everything it may be. */
type Way = Pick<
  Situation,
  'origin' | 'dispatch' | 'reExported' | 'via' | 'destination' | 'by' | 'recipient' | 'on' | 'claimed'
>

/** What is told of one thing, whatever article it is. */
interface ToldThing {
  readonly thing: Thing
  /** The plants it may be, each with the taxa its name may mean. */
  readonly plants: readonly (readonly number[])[]
  readonly state: Told
  readonly presumed: Told
  readonly numbers: Numbers
}

/** Everything that is told of an item: worked out once, however many answers are then supposed. */
export interface ToldItem {
  readonly item: ItemCase
  readonly way: Way
  readonly things: readonly ToldThing[]
}

/** What is told of an item. */
export function tell(item: ItemCase): ToldItem {
  const { line, finding, parcel, on, court } = item
  const { route, by, recipient, documents } = parcel
  const origin = court.placeOf(line.origin)
  const dispatch = court.placeOf(route.dispatch)
  const via = route.transit.length === 0 ? none : route.transit.map(court.placeOf).filter((place) => place >= 0)
  const way: Way = {
    origin,
    dispatch,
    reExported: court.isReExported(origin, dispatch),
    via,
    destination: court.placeOf(route.destination),
    by,
    recipient,
    on,
    claimed: documents.length === 0 ? none : documents.map(({ kind }) => kind),
  }
  return { item, way, things: finding.things.map((thing) => tellThing(thing, court)) }
}

const none: readonly never[] = []
const noPlant: readonly (readonly number[])[] = [none]

function tellThing(thing: Thing, { policy, taxa }: Court): ToldThing {
  const plants = distinctNames(thing.names, taxa)
  return {
    thing,
    plants: plants.length === 0 ? noPlant : plants,
    state: toldBy(thing.state),
    // What is taken for granted of a thing that words speak of; a situation given by hand (no evidence) presumes nothing.
    presumed: thing.given === true ? nothingTold : toldBy(policy.presume),
    numbers: numbersOf(thing.state),
  }
}

/** The way as it is supposed to be. */
export function supposedWay(way: Way, suppose: Suppose, court: Court): Way {
  const origin = suppose.origin ?? way.origin
  const dispatch = suppose.dispatch ?? way.dispatch
  const same = origin === way.origin && dispatch === way.dispatch
  return {
    origin,
    dispatch,
    reExported: same ? way.reExported : court.isReExported(origin, dispatch),
    via: way.via,
    destination: suppose.destination ?? way.destination,
    by: suppose.by ?? way.by,
    recipient: suppose.recipient ?? way.recipient,
    on: way.on,
    claimed: suppose.claimed === undefined ? way.claimed : [...way.claimed, ...suppose.claimed],
  }
}

/** One situation for each plant named; names that only widen another ("rose" beside Rosa rugosa) add nothing. */
export function situationsOf(
  { thing, plants, state, presumed, numbers }: ToldThing,
  article: Article,
  { way, suppose, taxa }: { readonly way: Way; readonly suppose: Suppose; readonly taxa: Taxa },
): Situation[] {
  const own = suppose.state === undefined ? state : over(toldBy(suppose.state), state)
  const { yes, no } = withSettled(article, over(own, presumed))
  const amounts = suppose.state === undefined ? numbers : supposedNumbers(numbers, suppose.state)
  const use = suppose.use ?? thing.use ?? usualUse(article)
  const part = suppose.part ?? thing.part
  return (suppose.taxa === undefined ? plants : [suppose.taxa]).map((one) => ({
    taxa: one,
    noNarrower: suppose.noNarrower ?? false,
    article,
    part: part ?? (thing.given === true ? null : usualPart(one, article, taxa)),
    yes,
    no,
    numbers: amounts,
    use,
    origin: way.origin,
    dispatch: way.dispatch,
    reExported: way.reExported,
    via: way.via,
    destination: way.destination,
    by: way.by,
    recipient: way.recipient,
    on: way.on,
    claimed: way.claimed,
  }))
}

function supposedNumbers(numbers: Numbers, state: Partial<State>): Numbers {
  return numbersOf({ ...numbers, ...state })
}

/** The part a plant is traded as, where the article leaves it open. */
export function usualPart(taxa: readonly number[], article: Article, known: Taxa): Part | null {
  if (article !== 'fruit-vegetables' && article !== 'bulbs-tubers') return null
  const found = new Set(taxa.map((taxon) => known.parts[taxon] ?? -1))
  const [only] = found
  return found.size === 1 && only !== undefined && only >= 0 ? (parts[only] ?? null) : null
}
