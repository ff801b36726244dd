/** How much may be asked at once, and how much comes back each second. */
export interface BucketSize {
  readonly burst: number
  readonly perSecond: number
}

/** Token buckets by name. `take` gives 0 where there was enough, else the whole seconds until there is. */
export interface Buckets {
  readonly take: (name: string, tokens?: number) => number
}

interface Bucket {
  tokens: number
  at: number
}

/** Buckets remembered at most; beyond, the one asked of longest ago is forgotten and thereby full again. */
const most = 50_000

/** Makes buckets that are full at first. The clock, in milliseconds, is an argument; one that jumps back gives nothing and takes nothing. */
export function openBuckets({ burst, perSecond }: BucketSize, now: () => number): Buckets {
  const buckets = new Map<string, Bucket>()
  return {
    take: (name, tokens = 1) => {
      const at = now()
      const known = buckets.get(name)
      const gained = known === undefined ? burst : Math.max(0, at - known.at) * (perSecond / 1000)
      const held = Math.min(burst, (known?.tokens ?? 0) + gained)
      const enough = held >= tokens
      buckets.delete(name)
      buckets.set(name, { tokens: enough ? held - tokens : held, at })
      if (buckets.size > most) buckets.delete(buckets.keys().next().value as string)
      return enough ? 0 : Math.max(1, Math.ceil((tokens - held) / perSecond))
    },
  }
}
