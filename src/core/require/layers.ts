import type { Pack, Requirement } from './pack.ts'

/**
 * All that speaks of goods for a destination, as one pack: its law, the terms of carriers for it, and what may be expected where
 * its law is silent. Null when nothing does. Where no law is loaded the pack is of layer `world` and complete for nothing.
 */
export function packFor(packs: readonly Pack[], destination: number): Pack | null {
  const law = packs.find((pack) => pack.layer === 'law' && pack.destinations.includes(destination))
  const served = law?.destinations ?? [destination]
  const beside = packs
    .filter(({ layer }) => layer !== 'law')
    .flatMap((pack) => pack.requirements.filter((one) => reaches(one, served)))
  if (law !== undefined) return beside.length === 0 ? law : { ...law, requirements: [...law.requirements, ...beside] }
  if (beside.length === 0) return null
  const world = packs.find(({ layer }) => layer === 'world')
  const places = packs[0]?.union.length ?? 0
  return {
    place: world?.place ?? 'world',
    title: world?.title ?? '',
    layer: 'world',
    destinations: served,
    union: Array.from({ length: places }, (_, place) => (place === destination ? 2 : 0)),
    coverage: [],
    requirements: beside,
  }
}

function reaches({ when }: Requirement, served: readonly number[]): boolean {
  const test = when.destination
  return test === undefined || served.some((place) => (test.table[place] ?? 0) > 0)
}
