const newline = 10
const space = 32

/**
 * Turns a JSON text into lines, one record each, without parsing it: the elements of a list, or the text itself. What is broken stays
 * in its own line and is told there; line numbers are those of the elements. Bytes are changed in place.
 */
export async function* elementLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const scan = newScanner()
  for await (const chunk of chunks) yield scan(chunk)
}

/** Makes the function that turns the next bytes of a JSON text into lines. */
export function newScanner(): (chunk: Buffer) => Buffer {
  let depth = 0
  let inString = false
  let escaped = false
  /** Whether the text began with a bracket; null before its first sign. */
  let list: boolean | null = null

  function outside(byte: number): number {
    if (byte === 0x22) inString = true
    else if (byte === 0x7b) depth += 1
    else if (byte === 0x5b) {
      if (list === null) {
        list = true
        depth += 1
        return space
      }
      depth += 1
    } else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1
      if (depth === 0 && list === true) {
        list = false
        return newline
      }
    } else if (byte === 0x2c && depth === 1 && list === true) return newline
    else if (byte === newline || byte === 13) return depth === 0 && list !== null ? newline : space
    if (list === null && byte !== space && byte !== 9) list = false
    return byte
  }

  return (chunk) => {
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] as number
      if (inString) {
        if (escaped) escaped = false
        else if (byte === 0x5c) escaped = true
        else if (byte === 0x22) inString = false
        else if (byte === newline || byte === 13) chunk[at] = space
      } else if (byte < 0x30 || byte > 0x5a) chunk[at] = outside(byte)
      else if (list === null) list = false
    }
    return chunk
  }
}
