import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import path from 'node:path'
import type { Knowledge } from '../core/knowledge.ts'
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

function readShared(file: string): SharedArrayBuffer {
  const descriptor = openSync(file, 'r')
  try {
    const { size } = fstatSync(descriptor)
    const buffer = new SharedArrayBuffer(size)
    const bytes = new Uint8Array(buffer)
    let at = 0
    while (at < size) {
      const read = readSync(descriptor, bytes, at, size - at, at)
      if (read === 0) throw new Error(`${file} ends early. Run \`npm run prepare\`.`)
      at += read
    }
    return buffer
  } finally {
    closeSync(descriptor)
  }
}
