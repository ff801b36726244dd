import type { Entry, Shelf } from './collect.ts'

/** Words for the kingdom of plants; a row that tells none may be one. */
export const plants = new Set(['', 'plantae', 'viridiplantae', 'plants', 'plant', 'archaeplastida', 'streptophyta'])

/** What is known of rows by what stands above them. */
export interface Chains {
  readonly isPlant: (entry: Entry) => boolean
  readonly familyOf: (entry: Pick<Entry, 'parentId'>) => string
}

/** What stands above rows that tell only their parents. */
export function chains({ byId, above }: Shelf): Chains {
  const kingdoms = new Map<string, string>()
  const kingdomAbove = (id: string): string => {
    const known = kingdoms.get(id)
    if (known !== undefined) return known
    let kingdom = ''
    const seen: string[] = []
    for (let at = id; at !== '' && seen.length < 64; ) {
      seen.push(at)
      const wide = above.get(at)
      const entry = byId.get(at)
      kingdom = kingdoms.get(at) ?? (wide?.rank === 'kingdom' ? wide.name : (entry?.kingdom ?? ''))
      if (kingdom !== '') break
      at = wide?.parentId ?? entry?.parentId ?? ''
    }
    for (const one of seen) kingdoms.set(one, kingdom)
    return kingdom
  }
  return {
    isPlant: ({ parentId, acceptedId, kingdom }) => {
      if (kingdom !== '') return true
      const accepted = parentId === '' && acceptedId !== '' ? byId.get(acceptedId) : undefined
      const word = kingdomAbove(parentId || (accepted?.parentId ?? '')).split(' ')[0] as string
      return plants.has(word.toLowerCase())
    },
    familyOf: ({ parentId }) => {
      for (let at = parentId, steps = 0; at !== '' && steps < 16; steps += 1) {
        const entry = byId.get(at)
        if (entry?.rank === 'family') return entry.name
        if (entry !== undefined && entry.family !== '') return entry.family
        at = entry?.parentId ?? above.get(at)?.parentId ?? ''
      }
      return ''
    },
  }
}
