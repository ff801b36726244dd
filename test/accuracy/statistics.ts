/** A share with Wilson's 95 % interval (Wilson 1927), all in percent. */
export function wilson(hits: number, rows: number): { share: number; low: number; high: number } {
  if (rows === 0) return { share: Number.NaN, low: 0, high: 100 }
  const z = 1.959964
  const share = hits / rows
  const middle = (share + (z * z) / (2 * rows)) / (1 + (z * z) / rows)
  const half = (z / (1 + (z * z) / rows)) * Math.sqrt((share * (1 - share)) / rows + (z * z) / (4 * rows * rows))
  return { share: 100 * share, low: 100 * Math.max(0, middle - half), high: 100 * Math.min(1, middle + half) }
}

/** A share as it is printed: `97.1 % [95.0, 98.3] of 412`. */
export function shareText(hits: number, rows: number): string {
  if (rows === 0) return '–'
  const { share, low, high } = wilson(hits, rows)
  return `${share.toFixed(1)} % [${low.toFixed(1)}, ${high.toFixed(1)}]`
}

/**
 * Area under the curve: how often a value of `positive` is larger than one of `negative`, ties counted half (Mann and Whitney
 * 1947), with the 95 % interval of Hanley and McNeil (1982).
 */
export function areaUnderCurve(
  positive: readonly number[],
  negative: readonly number[],
): { area: number; half: number } {
  const all = [...positive.map((value) => ({ value, one: true })), ...negative.map((value) => ({ value, one: false }))]
  all.sort((one, other) => one.value - other.value)
  let ranks = 0
  for (let at = 0; at < all.length; ) {
    let next = at
    while (next < all.length && all[next]?.value === all[at]?.value) next += 1
    for (let tied = at; tied < next; tied += 1) if (all[tied]?.one === true) ranks += (at + 1 + next) / 2
    at = next
  }
  const [many, few] = [positive.length, negative.length]
  const area = (ranks - (many * (many + 1)) / 2) / (many * few)
  const [above, below] = [area / (2 - area), (2 * area * area) / (1 + area)]
  const spread = area * (1 - area) + (many - 1) * (above - area * area) + (few - 1) * (below - area * area)
  return { area, half: 1.959964 * Math.sqrt(spread / (many * few)) }
}
