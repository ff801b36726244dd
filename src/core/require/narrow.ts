import type { Descent } from './descent.ts'
import { evaluate } from './evaluate.ts'
import type { Pack } from './pack.ts'
import type { ReadyRequirement } from './ready.ts'
import type { Situation } from './situation.ts'
import { numbersOf } from './told.ts'
import { no, type Value } from './value.ts'

/** Requirements that could apply to a taxon as an article, with how each stands to the taxon. */
export interface Candidates {
  readonly numbers: readonly number[]
  /** Whether the taxon is one that the requirement names: yes, unknown (it names narrower ones), or -1 to be looked up. */
  readonly relations: readonly (Value | -1)[]
  /** Those that also could between places, by number of the three places; null where they were asked for once. */
  readonly between: Map<number, Candidates | null>
}

/** What candidates are narrowed with. */
export interface Narrowing {
  readonly pack: Pack
  readonly from: Descent
  readonly requirements: readonly ReadyRequirement[]
}

/** Most lists that are kept for one taxon as one article. */
const listsKept = 256

/** Room for the number of a place and "not told" in a key. */
const placesRoom = 4096

/**
 * Of candidates those that could still apply between the places of a situation, whatever else is told: what does not apply while
 * everything else is unknown never applies (three-valued logic is monotone). A list is made when places are asked for a second time.
 */
export function narrowed(wide: Candidates, situation: Situation, index: Narrowing): Candidates {
  if (situation.via.length > 0 || situation.noNarrower) return wide
  const { origin, dispatch, destination } = situation
  const key = ((origin + 1) * placesRoom + dispatch + 1) * placesRoom + destination + 1
  const known = wide.between.get(key)
  if (known === undefined) {
    if (wide.between.size >= listsKept) wide.between.clear()
    wide.between.set(key, null)
    return wide
  }
  if (known !== null) return known
  const list = narrow(wide, situation, index)
  wide.between.set(key, list)
  return list
}

function narrow({ numbers, relations }: Candidates, situation: Situation, index: Narrowing): Candidates {
  const open: Situation = {
    ...situation,
    yes: 0,
    no: 0,
    numbers: numbersOf({}),
    part: null,
    use: null,
    by: null,
    recipient: null,
    on: '',
  }
  const kept = numbers.flatMap((at, position) => {
    const one = index.requirements[at] as ReadyRequirement
    const may = hangsOnPapers(one) || evaluate(one, open, index, relations[position] ?? -1) !== no
    return may ? [position] : []
  })
  return {
    numbers: kept.map((position) => numbers[position] as number),
    relations: kept.map((position) => relations[position] ?? -1),
    between: new Map(),
  }
}

/** Papers are claimed or not, never unknown: what hangs on them is always looked at. */
function hangsOnPapers({ requirement: { when, unless, doubt } }: ReadyRequirement): boolean {
  return [when, ...unless, ...doubt].some(({ claimed }) => claimed !== undefined)
}
