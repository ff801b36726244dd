import type { Pack } from './pack.ts'

/**
 * A pack as it was known on a day: what was read later is left out, and so is what was declared complete later. What nobody has
 * read has no day and stays, since it can only make an answer stricter.
 */
export function knownOn(pack: Pack, day: string): Pack {
  return {
    ...pack,
    requirements: pack.requirements.filter(({ source }) => source.read === null || source.read.on <= day),
    coverage: pack.coverage.filter(({ on }) => on <= day),
  }
}
