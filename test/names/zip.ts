import { crc32, deflateRawSync } from 'node:zlib'

/** A zip archive of some files, as a reader of archives would get it. */
export function zipOf(files: Readonly<Record<string, string | Buffer>>): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content)
    const packed = deflateRawSync(bytes)
    const path = Buffer.from(name)
    const sizes = [crc32(bytes), packed.length, bytes.length]
    const local = Buffer.concat([header(0x04034b50, sizes, path), packed])
    parts.push(local)
    directory.push(entry(sizes, path, at))
    at += local.length
  }
  const index = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(index.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, index, end])
}

function header(mark: number, sizes: readonly number[], path: Buffer): Buffer {
  const bytes = Buffer.alloc(30)
  bytes.writeUInt32LE(mark, 0)
  bytes.writeUInt16LE(20, 4)
  bytes.writeUInt16LE(0x0800, 6)
  bytes.writeUInt16LE(8, 8)
  for (const [place, size] of sizes.entries()) bytes.writeUInt32LE(size, 14 + place * 4)
  bytes.writeUInt16LE(path.length, 26)
  return Buffer.concat([bytes, path])
}

function entry(sizes: readonly number[], path: Buffer, at: number): Buffer {
  const bytes = Buffer.alloc(46)
  bytes.writeUInt32LE(0x02014b50, 0)
  bytes.writeUInt16LE(20, 4)
  bytes.writeUInt16LE(20, 6)
  bytes.writeUInt16LE(0x0800, 8)
  bytes.writeUInt16LE(8, 10)
  for (const [place, size] of sizes.entries()) bytes.writeUInt32LE(size, 16 + place * 4)
  bytes.writeUInt16LE(path.length, 28)
  bytes.writeUInt32LE(at, 42)
  return Buffer.concat([bytes, path])
}
