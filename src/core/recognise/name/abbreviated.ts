import type { Taxa } from '../../parcel/taxa.ts'

/**
 * Makes a look-up of names whose genus is abbreviated: the taxa whose genus begins so and that have the epithets, by any of
 * their names. The list of epithets is made when the first such name comes.
 */
export function abbreviatedNames(taxa: Taxa): (words: readonly string[]) => readonly number[] {
  let byEpithets: Map<string, string[]> | null = null
  return ([genus = '', ...epithets]) => {
    byEpithets ??= keysByEpithets(taxa)
    const start = genus.replace('.', '').toLowerCase()
    const keys = byEpithets.get(epithets.join(' ').toLowerCase()) ?? []
    const found = keys.filter((key) => key.startsWith(start)).map((key) => taxa.numberOf[key] as number)
    return [...new Set(found)]
  }
}

function keysByEpithets({ numberOf }: Taxa): Map<string, string[]> {
  const byEpithets = new Map<string, string[]>()
  for (const key of Object.keys(numberOf)) {
    const blank = key.indexOf(' ')
    if (blank < 2) continue
    const epithets = key.slice(blank + 1)
    const keys = byEpithets.get(epithets)
    if (keys === undefined) byEpithets.set(epithets, [key])
    else keys.push(key)
  }
  return byEpithets
}
