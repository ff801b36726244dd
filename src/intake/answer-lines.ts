import type { Answer } from '../core/act/answer.ts'
import type { Decision } from '../core/decide/decide.ts'
import type { Screener } from '../core/screen.ts'

const encoder = new TextEncoder()
/** UTF-16 units that are gathered before they are encoded: far below the longest string there can be. */
const gathered = 1 << 20
/** A list longer than this is written one by one: as a whole it could be longer than a string can be. */
const longList = 1000

/** Gathers answers as NDJSON in UTF-8, one a line. */
export function answerLines({ answer, write: textOf }: Pick<Screener, 'answer' | 'write'>): {
  add: (decision: Decision) => void
  bytes: () => Uint8Array
} {
  const done: Uint8Array[] = []
  let texts: string[] = []
  let size = 0
  const flush = (): void => {
    if (texts.length > 0) done.push(encoder.encode(texts.join('')))
    texts = []
    size = 0
  }
  const write = (text: string): void => {
    texts.push(text)
    size += text.length
    if (size > gathered) flush()
  }
  return {
    add: (decision) => {
      if (decision.items.length <= longList) write(textOf(decision))
      else writeInPieces(answer(decision), write)
      write('\n')
    },
    bytes: () => {
      flush()
      return done.length === 1 ? (done[0] as Uint8Array) : together(done)
    },
  }
}

function together(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** The same text as `JSON.stringify(answer)`, a piece at a time. */
function writeInPieces(answer: Answer, write: (text: string) => void): void {
  let before = '{'
  for (const [key, value] of Object.entries(answer)) {
    write(`${before}${JSON.stringify(key)}:`)
    if (Array.isArray(value) && value.length > longList) {
      value.forEach((one, at) => {
        write((at === 0 ? '[' : ',') + JSON.stringify(one))
      })
      write(']')
    } else write(JSON.stringify(value))
    before = ','
  }
  write('}')
}
