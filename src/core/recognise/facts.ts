import type { ItemLine } from '../parcel/parcel.ts'
import type { Part, State, Use } from '../parcel/state.ts'
import { numbersIn, type UnitWords } from './numbers.ts'
import type { Segments } from './segments.ts'
import type { Term } from './terms.ts'

/** State, part and use that the words tell. */
export interface Facts {
  readonly state: Partial<State>
  readonly part: Part | null
  readonly use: Use | null
}

/** What the words of a description tell of state, part and use, beside the amounts that the line declares. */
export function factsOf(segments: Segments, line: ItemLine, unitWords: UnitWords): Facts {
  const state: { -readonly [K in keyof State]?: State[K] } = {}
  let part: Part | null = null
  let use: Use | null = null
  for (const segment of segments.list) {
    for (const { term } of segment.seen) {
      part = term.part ?? part
      use = term.use ?? use
      tellState(state, term)
    }
  }
  for (const { term } of segments.without) tellAbsence(state, term)
  Object.assign(state, numbersIn(line.legible?.text ?? line.description, unitWords))
  if (line.pieces !== null) state.pieces ??= line.pieces
  if (line.grams !== null) state.grams ??= line.grams
  return { state, part, use }
}

type MutableState = { -readonly [K in keyof State]?: State[K] }

function tellState(state: MutableState, term: Term): void {
  for (const fact of term.state) {
    if (fact === 'used') state.unused = false
    else if (fact.startsWith('peat-or-coir')) tellMedium(state, !fact.endsWith(':no'))
    else if (fact.endsWith(':no')) state[fact.slice(0, -3) as 'leaves'] = false
    else state[fact as 'leaves'] = true
  }
  const { process } = term
  if (
    process === 'dried' ||
    process === 'ground' ||
    process === 'frozen' ||
    process === 'roasted' ||
    process === 'preserved' ||
    process === 'cooked'
  )
    state[process] = true
  if (process !== null && process !== 'peeled') state.fresh = false
}

/** "Coir potting mix" names both: then nothing is told. */
function tellMedium(state: MutableState, pure: boolean): void {
  state['peat-or-coir'] = state['peat-or-coir'] === !pure ? null : pure
}

function tellAbsence(state: MutableState, term: Term): void {
  if (term.part === 'leaf') state.leaves = false
  if (term.part === 'flower' || term.form === 'cut-flowers-branches') state.flowers = false
  if (term.part === 'fruit' || term.form === 'fruit-vegetables') state.fruit = false
  if (term.part === 'root') state.rooted = false
  if (term.form === 'soil' || term.form === 'growing-medium') state['in-medium'] = false
}
