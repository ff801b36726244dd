import { type Fact, lowFacts, positionOf, setOf } from './situation.ts'

/** Facts of the evaluation under way that are unknown, in two halves: numbers, so that nothing is allocated on the hot path. */
export const missing = { low: 0, high: 0 }

/** Notes that a fact is unknown. */
export function miss(fact: Fact): void {
  missAt(positionOf(fact))
}

/** The same by the position of the fact. */
export function missAt(position: number): void {
  if (position < lowFacts) missing.low |= 1 << position
  else missing.high |= 1 << (position - lowFacts)
}

/** Notes that facts are unknown, as bits of the positions from `first` on. */
export function missAll(bits: number, first: number): void {
  missing.low |= (bits << first) & (2 ** lowFacts - 1)
  missing.high |= bits >>> (lowFacts - first)
}

/** Forgets what was noted since both halves were as given. */
export function forget(low: number, high: number): void {
  missing.low = low
  missing.high = high
}

/** Facts that the last `evaluate` found unknown, as a set. */
export function missingFacts(): number {
  return setOf(missing.low, missing.high)
}
