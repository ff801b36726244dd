import { describe, expect, it } from 'vitest'
import { someRequirement } from '../../../test/require/requirement.fixture.ts'
import { packFor } from './layers.ts'
import type { Pack, PlaceTest } from './pack.ts'

/** Places: 0 Austria, 1 Algeria. */
const [austria, algeria] = [0, 1] as const
const to = (place: number): PlaceTest => ({
  table: [place === austria ? 2 : 0, place === algeria ? 2 : 0],
  thirdCountry: false,
})

function pack(own: Partial<Pack>): Pack {
  return {
    place: 'test',
    title: 'Test',
    layer: 'law',
    destinations: [],
    union: [0, 0],
    coverage: [],
    requirements: [],
    ...own,
  }
}

const union = pack({ destinations: [austria], union: [2, 0], requirements: [someRequirement('law')] })
const post = pack({
  layer: 'carrier',
  requirements: [
    someRequirement('post to Austria', { branch: 'carrier', when: { destination: to(austria) } }),
    someRequirement('post to Algeria', { branch: 'carrier', when: { destination: to(algeria) } }),
  ],
})
const world = pack({
  layer: 'world',
  title: 'Everywhere else',
  requirements: [someRequirement('seed', { branch: 'expectation' })],
})

const idsOf = (found: Pack | null): string[] => found?.requirements.map(({ id }) => id) ?? []

describe('what speaks of a destination', () => {
  it('is its law, with the terms of carriers for it', () => {
    expect(idsOf(packFor([union, post], austria))).toEqual(['law', 'post to Austria'])
  })
  it('is the terms of carriers and what may be expected, where no law is loaded: complete for nothing', () => {
    const found = packFor([union, post, world], algeria)
    expect(idsOf(found)).toEqual(['post to Algeria', 'seed'])
    expect(found).toMatchObject({ layer: 'world', title: 'Everywhere else', coverage: [], union: [0, 2] })
  })
  it('is nothing where nobody speaks of it', () => {
    expect(packFor([union], algeria)).toBeNull()
  })
  it('is the law itself where nothing stands beside it', () => {
    expect(packFor([union], austria)).toBe(union)
  })
})
