import type { Span } from '../store/record.ts'

/** Bytes that grow as texts are put in, in a room that is used again. */
export interface Room {
  /** Puts a text in as UTF-8 and tells where it stands. */
  readonly put: (text: string) => Span
  /** Hands over what was put in, in memory that threads share, and begins anew. */
  readonly take: () => SharedArrayBuffer
}

/** Most bytes that UTF-8 takes for a UTF-16 unit. */
const unitBytes = 3

/** Makes a room of at first `size` bytes. */
export function newRoom(size = 4 << 20): Room {
  let room = Buffer.allocUnsafe(size)
  let used = 0
  return {
    put: (text) => {
      const wanted = used + text.length * unitBytes
      if (wanted > room.length) {
        const larger = Buffer.allocUnsafe(Math.max(wanted, room.length * 2))
        room.copy(larger, 0, 0, used)
        room = larger
      }
      const from = used
      used += room.write(text, used, 'utf8')
      return [from, used]
    },
    take: () => {
      const shared = new SharedArrayBuffer(used)
      new Uint8Array(shared).set(room.subarray(0, used))
      used = 0
      return shared
    },
  }
}
