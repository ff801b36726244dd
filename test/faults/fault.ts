import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Place } from './serving.ts'

/** What faults are tried with. */
export interface Trial {
  /** Fewer and shorter, for every change of the code. */
  readonly short: boolean
  /** Between 0 and 1, the same run after run for one seed. */
  readonly random: () => number
  /** A new and empty place for data; all places are taken away in the end. */
  readonly newPlace: (variables?: Readonly<Record<string, string>>) => Place
  /** Tells how far it is. */
  readonly tell: (progress: string) => void
  /** Processes started by it and not ended yet are ended then. */
  readonly atEnd: (end: () => void | Promise<void>) => void
}

/** One way in which things go wrong, and what must hold all the same. */
export interface Fault {
  readonly name: string
  readonly does: string
  /** Tells what was seen. Throws where what must hold does not, NotHere where it cannot be tried on this machine. */
  readonly run: (trial: Trial) => Promise<string>
}

/** A fault that cannot be tried on this machine. */
export class NotHere extends Error {
  override readonly name = 'NotHere'
}

/** Makes what one fault is tried with; `end` ends and takes away what it left. */
export function newTrial({ short, random, tell }: Pick<Trial, 'short' | 'random' | 'tell'>): {
  readonly trial: Trial
  readonly end: () => Promise<void>
} {
  const folder = mkdtempSync(path.join(tmpdir(), 'greenlane-faults-'))
  const ends: (() => void | Promise<void>)[] = [() => rmSync(folder, { recursive: true, force: true })]
  let places = 0
  const newPlace: Trial['newPlace'] = (variables = {}) => {
    places += 1
    const own = path.join(folder, String(places))
    mkdirSync(own, { mode: 0o700 })
    return { folder: own, variables }
  }
  return {
    trial: { short, random, tell, newPlace, atEnd: (one) => ends.push(one) },
    end: async () => {
      for (const one of ends.reverse()) await Promise.resolve(one()).catch(() => {})
    },
  }
}
