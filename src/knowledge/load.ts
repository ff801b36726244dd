import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Knowledge } from '../core/knowledge.ts'
import { readShared } from './read-shared.ts'
import { unpackLexicon, unpackRest } from './stored.ts'

/** Knowledge in the form in which threads pass it on: the lexicon is shared, never copied. */
export interface SharedKnowledge {
  readonly lexicon: SharedArrayBuffer
  readonly rest: string
}

/** Loads compiled knowledge from its folder. */
export function loadKnowledge(folder: string): Knowledge {
  return attachKnowledge(shareKnowledge(folder))
}

/** Reads compiled knowledge so that other threads can attach to it. */
export function shareKnowledge(folder: string): SharedKnowledge {
  return {
    lexicon: readShared(path.join(folder, 'lexicon.bin')),
    rest: readFileSync(path.join(folder, 'knowledge.json'), 'utf8'),
  }
}

/** Knowledge over a lexicon that another thread has read. */
export function attachKnowledge({ lexicon, rest }: SharedKnowledge): Knowledge {
  return Object.freeze({ ...unpackRest(rest), lexicon: unpackLexicon(lexicon) })
}
