import type { Knowledge } from '../core/knowledge.ts'
import type { Lexicon } from '../core/recognise/lexicon.ts'
import type { PlaceTest } from '../core/require/pack.ts'

/** Arrays of the lexicon in the order in which they are stored. */
const arrays = [
  'nodes',
  'senseFrom',
  'senses',
  'senseTaxa',
  'classOf',
  'fold',
  'wordFrom',
  'wordLetters',
  'wordSays',
  'wordPlaces',
  'ordinary',
] as const
const narrow = new Set<string>(['classOf', 'fold', 'wordLetters', 'wordSays'])
type Arrays = Record<(typeof arrays)[number], Int32Array | Uint16Array>

/** Begins every lexicon file; another number means another layout. */
const mark = 0x474c5805
const headerBytes = 4 * (1 + arrays.length)

/** Packs the arrays of a lexicon one after another behind a header that holds their lengths. */
export function packLexicon(lexicon: Lexicon): Uint8Array {
  const all: Arrays = { ...lexicon, ...lexicon.spelling }
  const lengths = arrays.map((name) => all[name].length)
  const size = arrays.reduce((sum, name) => sum + padded(all[name].byteLength), headerBytes)
  const packed = new Uint8Array(size)
  new Int32Array(packed.buffer, 0, 1 + arrays.length).set([mark, ...lengths])
  let at = headerBytes
  for (const name of arrays) {
    const { buffer, byteOffset, byteLength } = all[name]
    packed.set(new Uint8Array(buffer, byteOffset, byteLength), at)
    at += padded(byteLength)
  }
  return packed
}

function padded(bytes: number): number {
  return Math.ceil(bytes / 4) * 4
}

/** The arrays of a packed lexicon as views: nothing is copied. */
export function unpackLexicon(buffer: SharedArrayBuffer): Lexicon {
  const [found, ...lengths] = new Int32Array(buffer, 0, 1 + arrays.length)
  if (found !== mark) throw new Error('The compiled lexicon has another layout. Run `npm run prepare`.')
  let at = headerBytes
  const views = arrays.map((name, number) => {
    const length = lengths[number] as number
    const view = narrow.has(name) ? new Uint16Array(buffer, at, length) : new Int32Array(buffer, at, length)
    at += padded(view.byteLength)
    return [name, view]
  })
  const { wordFrom, wordLetters, wordSays, wordPlaces, ordinary, ...rest } = Object.fromEntries(views)
  return { ...rest, spelling: { wordFrom, wordLetters, wordSays, wordPlaces, ordinary } } as Lexicon
}

/** Knowledge without its lexicon as text. Tables of places, of which many are alike, are written once, as digits. */
export function packRest(knowledge: Omit<Knowledge, 'lexicon'>): string {
  const tables = new Map<string, number>()
  const packs = JSON.stringify(knowledge.packs, (_, value: unknown) => {
    if (!isPlaceTest(value)) return value
    const digits = value.table.join('')
    if (!tables.has(digits)) tables.set(digits, tables.size)
    return { ...value, table: tables.get(digits) }
  })
  return JSON.stringify({ ...knowledge, packs: JSON.parse(packs), tables: [...tables.keys()] })
}

function isPlaceTest(value: unknown): value is PlaceTest {
  return (
    typeof value === 'object' &&
    value !== null &&
    'thirdCountry' in value &&
    'table' in value &&
    Array.isArray(value.table)
  )
}

/** The knowledge that `packRest` wrote. */
export function unpackRest(text: string): Omit<Knowledge, 'lexicon'> {
  const { tables, ...rest } = JSON.parse(text) as Omit<Knowledge, 'lexicon'> & { tables: readonly string[] }
  const full = tables.map((digits) => Array.from(digits, Number))
  for (const { requirements } of rest.packs) {
    for (const { when, unless, doubt } of requirements) {
      for (const block of [when, ...unless, ...doubt]) {
        for (const test of [block.origin, block.dispatch, block.originOrDispatch, block.route, block.destination])
          if (test) restore(test, full)
      }
    }
  }
  return rest
}

function restore(test: PlaceTest, tables: readonly (readonly number[])[]): void {
  const stored = test as { table: unknown }
  stored.table = tables[stored.table as number]
}
