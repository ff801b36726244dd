import type { Taxa } from '../parcel/taxa.ts'
import type { NameFound } from '../recognise/finding.ts'

/** The plants that names mean, without those that only widen another one. */
export function distinctNames(names: readonly NameFound[], taxa: Taxa): (readonly number[])[] {
  const groups: (readonly number[])[] = []
  for (const { taxa: own } of names) {
    if (groups.some((other) => sameOrWider(own, other, taxa))) continue
    for (let at = groups.length - 1; at >= 0; at -= 1)
      if (sameOrWider(groups[at] as readonly number[], own, taxa)) groups.splice(at, 1)
    groups.push(own)
  }
  return groups
}

/** Whether every taxon of `other` is, or stands under, a taxon of `wide`. */
function sameOrWider(wide: readonly number[], other: readonly number[], taxa: Taxa): boolean {
  return other.every((taxon) => {
    for (let at = taxon, steps = 0; at >= 0 && steps < 32; at = taxa.parents[at] ?? -1, steps += 1)
      if (wide.includes(at)) return true
    return false
  })
}
