import { type NumberFact, numberFacts } from '../parcel/state.ts'
import type { Block, NumberTest, Pack } from './pack.ts'
import type { Numbers } from './told.ts'

/** The limits that a pack sets to a number, from the least to the greatest. */
export interface Band {
  readonly fact: NumberFact
  readonly limits: readonly number[]
}

/** Every number that some requirement of a pack tests; no other number changes what it asks. */
export type Bands = readonly Band[]

/** The numbers that a pack tests, with their limits. */
export function bandsOf({ requirements }: Pack): Bands {
  const tests = requirements.flatMap(({ when, unless, doubt }) => [when, ...unless, ...doubt].flatMap(testsOf))
  return numberFacts.flatMap((fact) => {
    const own = tests.filter((test) => test.fact === fact)
    const limits = own.flatMap(({ atLeast, atMost, over, under }) => [atLeast, atMost, over, under])
    const set = new Set(limits.filter((limit) => limit !== null))
    return own.length === 0 ? [] : [{ fact, limits: [...set].sort((one, other) => one - other) }]
  })
}

function testsOf({ numbers = [] }: Block): readonly NumberTest[] {
  return numbers
}

/** Where a number lies: -1 not told, then below, at and above each limit in turn. All numbers of one place pass the same tests. */
export function placeIn({ fact, limits }: Band, numbers: Numbers): number {
  const told = numbers[fact]
  if (told === null) return -1
  let place = 0
  for (let at = 0; at < limits.length; at += 1) {
    const limit = limits[at] as number
    if (told < limit) break
    place = 2 * at + (told === limit ? 1 : 2)
  }
  return place
}
