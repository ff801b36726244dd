import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** Reads a file into memory that threads share. */
export function readShared(file: string): SharedArrayBuffer {
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
