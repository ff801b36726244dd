import type { Answer } from '../core/act/answer.ts'
import type { Decision } from '../core/decide/decide.ts'
import type { Screener } from '../core/screen.ts'

const encoder = new TextEncoder()
/** Bytes of one piece of the gathered answers. */
const pieceBytes = 1 << 20
/** Most bytes that UTF-8 takes for a UTF-16 unit. */
const unitBytes = 3
/** A list longer than this is written one by one: as a whole it could be longer than a string can be. */
const longList = 1000

/** Gathers answers as NDJSON in UTF-8, one a line. `bytes` hands over what was gathered; then it begins anew in the same room. */
export function answerLines({ answer, write: textOf }: Pick<Screener, 'answer' | 'write'>): {
  add: (decision: Decision) => void
  bytes: () => Uint8Array<ArrayBuffer>
} {
  let done: Uint8Array[] = []
  let piece: Uint8Array = new Uint8Array(pieceBytes)
  let size = 0
  // Each answer is encoded by itself: one of plain letters stays a string of one byte a letter, which is quicker.
  const write = (text: string): void => {
    if (size + text.length * unitBytes > piece.length) {
      done.push(piece.subarray(0, size))
      piece = new Uint8Array(Math.max(pieceBytes, text.length * unitBytes))
      size = 0
    }
    size += encoder.encodeInto(text, size === 0 ? piece : piece.subarray(size)).written
  }
  return {
    add: (decision) => {
      if (decision.items.length <= longList) write(`${textOf(decision)}\n`)
      else {
        writeInPieces(answer(decision), write)
        write('\n')
      }
    },
    bytes: () => {
      const all = together([...done, piece.subarray(0, size)])
      done = []
      size = 0
      return all
    },
  }
}

/** One run of bytes in a buffer of its own, which may be handed to another thread. */
function together(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
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
