import type { ImportedNames } from '../../core/recognise/imported.ts'

/** Arrays of compiled imports in the order in which they are stored, each with its kind. */
const arrays = {
  wordSlots: Int32Array,
  wordFrom: Int32Array,
  nameSlots: Int32Array,
  nameWord: Int32Array,
  restFrom: Int32Array,
  nameTaxon: Int32Array,
  several: Int32Array,
  ownName: Int32Array,
  taxonNameFrom: Int32Array,
  taxonParent: Int32Array,
  wordText: Uint16Array,
  rest: Uint16Array,
  taxonNames: Uint16Array,
  wordLongest: Uint8Array,
  nameSense: Uint8Array,
  nameLanguage: Uint8Array,
  taxonRank: Uint8Array,
  eppo: Uint8Array,
} as const

/** Compiled imports before they are linked with the built-in knowledge. */
export type CompiledNames = Omit<
  ImportedNames,
  'link' | 'nameLink' | 'languages' | 'wordGenus' | 'former' | 'formerTaxa'
> & {
  /** Name that each taxon is accepted under, or -1. */
  readonly ownName: Int32Array
}

type Name = keyof typeof arrays
const order = Object.keys(arrays) as Name[]
/** Begins every file of compiled imports; another number means another layout. */
const mark = 0x474c4e01
const headerBytes = 4 * (1 + order.length)

/** Packs the arrays one after another behind a header that holds their lengths. */
export function packNames(names: CompiledNames): Uint8Array {
  const size = order.reduce((sum, name) => sum + padded(names[name].byteLength), headerBytes)
  const packed = new Uint8Array(size)
  new Int32Array(packed.buffer, 0, 1 + order.length).set([mark, ...order.map((name) => names[name].length)])
  let at = headerBytes
  for (const name of order) {
    const { buffer, byteOffset, byteLength } = names[name]
    packed.set(new Uint8Array(buffer, byteOffset, byteLength), at)
    at += padded(byteLength)
  }
  return packed
}

function padded(bytes: number): number {
  return Math.ceil(bytes / 4) * 4
}

/** The arrays as views, or null where the file has another layout or is cut short: nothing is copied. */
export function unpackNames(buffer: SharedArrayBuffer): CompiledNames | null {
  if (buffer.byteLength < headerBytes) return null
  const [found, ...lengths] = new Int32Array(buffer, 0, 1 + order.length)
  const size = order.reduce(
    (sum, name, at) => sum + padded((lengths[at] as number) * arrays[name].BYTES_PER_ELEMENT),
    headerBytes,
  )
  if (found !== mark || size !== buffer.byteLength) return null
  let at = headerBytes
  const views = order.map((name, number) => {
    const View = arrays[name] as new (buffer: SharedArrayBuffer, at: number, length: number) => Int32Array
    const view = new View(buffer, at, lengths[number] as number)
    at += padded(view.byteLength)
    return [name, view] as const
  })
  return Object.fromEntries(views) as unknown as CompiledNames
}
