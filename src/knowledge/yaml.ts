import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  type Node as Parsed,
  parseDocument,
} from 'yaml'
import { unknownWord } from './csv.ts'
import { type Fault, type Spot, suggestion, tell } from './fault.ts'
import type { SourceFile } from './sources.ts'

/** A value of a YAML file that knows its line. */
export type Node = MapNode | ListNode | PlainNode

export interface MapNode extends Spot {
  readonly kind: 'map'
  readonly entries: ReadonlyMap<string, Node>
  /** Spot of each key. */
  readonly keys: ReadonlyMap<string, Spot>
}

export interface ListNode extends Spot {
  readonly kind: 'list'
  readonly items: readonly Node[]
}

export interface PlainNode extends Spot {
  readonly kind: 'plain'
  readonly value: string | number | boolean | null
}

interface Reading {
  readonly file: string
  readonly lines: LineCounter
  readonly document: Document
}

/** Reads a YAML file; null after faults, or when the file is empty. */
export function readYaml(file: SourceFile, faults: Fault[]): Node | null {
  const lines = new LineCounter()
  const document = parseDocument(file.text, { lineCounter: lines, uniqueKeys: true })
  for (const { message, linePos } of document.errors) {
    const sentence = `The YAML is broken: ${(message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '')}. Put texts with ": " or " #" in quotes and close every bracket.`
    tell(faults, { file: file.shown, line: linePos?.[0].line ?? 1 }, sentence)
  }
  if (document.errors.length > 0 || document.contents === null) return null
  return nodeOf(document.contents as Parsed, { file: file.shown, lines, document }, 1)
}

function nodeOf(parsed: unknown, reading: Reading, above: number): Node {
  const { file } = reading
  const line = isNode(parsed) && parsed.range ? reading.lines.linePos(parsed.range[0]).line : above
  if (isAlias(parsed)) return nodeOf(parsed.resolve(reading.document), reading, line)
  if (isMap(parsed)) return mapNodeOf(parsed.items, reading, line)
  if (isSeq(parsed)) return { kind: 'list', file, line, items: parsed.items.map((item) => nodeOf(item, reading, line)) }
  const value = isScalar(parsed) ? parsed.value : null
  const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
  return { kind: 'plain', file, line, value: plain }
}

function mapNodeOf(pairs: readonly Pair[], reading: Reading, line: number): MapNode {
  const entries = new Map<string, Node>()
  const keys = new Map<string, Spot>()
  for (const { key, value } of pairs) {
    const name = String(isScalar(key) ? key.value : key)
    const at = isNode(key) && key.range ? reading.lines.linePos(key.range[0]).line : line
    entries.set(name, nodeOf(value, reading, at))
    keys.set(name, { file: reading.file, line: at })
  }
  return { kind: 'map', file: reading.file, line, entries, keys }
}

/** What a value is, in a word that an author knows. */
function kindWord(node: Node): string {
  if (node.kind === 'list') return 'a list'
  if (node.kind === 'map') return 'a block of keys'
  if (node.value === null) return 'nothing'
  return typeof node.value === 'string' ? `the text "${node.value}"` : `${node.value}`
}

function expected(node: Node, what: string, wanted: string, faults: Fault[]): null {
  tell(faults, node, `"${what}" must be ${wanted}, here is ${kindWord(node)}.`)
  return null
}

/** The value as a block of keys, or null after a fault. */
export function asMap(node: Node, what: string, faults: Fault[]): MapNode | null {
  return node.kind === 'map' ? node : expected(node, what, 'a block of keys', faults)
}

/** The items of a list; none after a fault. */
export function asList(node: Node, what: string, faults: Fault[]): readonly Node[] {
  if (node.kind === 'list') return node.items
  expected(node, what, 'a list in [brackets] or with dashes', faults)
  return []
}

/** The value as text, or null after a fault. Numbers count as text. */
export function asText(node: Node, what: string, faults: Fault[]): string | null {
  if (node.kind === 'plain' && node.value !== null && typeof node.value !== 'boolean' && node.value !== '')
    return String(node.value)
  return expected(node, what, 'a text', faults)
}

export function asNumber(node: Node, what: string, faults: Fault[]): number | null {
  if (node.kind === 'plain' && typeof node.value === 'number') return node.value
  return expected(node, what, 'a number', faults)
}

export function asTruth(node: Node, what: string, faults: Fault[]): boolean | null {
  if (node.kind === 'plain' && typeof node.value === 'boolean') return node.value
  return expected(node, what, 'true or false', faults)
}

/** The value as one of some words, or null after a fault. */
export function asOneOf<T extends string>(node: Node, what: string, known: readonly T[], faults: Fault[]): T | null {
  const word = asText(node, what, faults)
  if (word === null) return null
  if (known.includes(word as T)) return word as T
  tell(faults, node, unknownWord(what, word, known))
  return null
}

/** The value as a day written 2026-11-24 that is in the calendar, or null after a fault. */
export function asDay(node: Node, what: string, faults: Fault[]): string | null {
  const text = asText(node, what, faults)
  if (text === null) return null
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text)) return text
  tell(faults, node, `"${what}" must be a day written as 2026-11-24, here is "${text}".`)
  return null
}

/** The texts of a list; what is no text is a fault and left out. */
export function asTexts(node: Node, what: string, faults: Fault[]): string[] {
  return asList(node, what, faults).flatMap((item) => asText(item, what, faults) ?? [])
}

/** The words of a list, each one of those known. */
export function asWords<T extends string>(node: Node, what: string, known: readonly T[], faults: Fault[]): T[] {
  return asList(node, what, faults).flatMap((item) => asOneOf(item, what, known, faults) ?? [])
}

/** Tells keys that a block may not have, and keys that it must have. */
export function checkKeys(
  map: MapNode,
  required: readonly string[],
  optional: readonly string[],
  faults: Fault[],
): void {
  const known = [...required, ...optional]
  for (const [key, spot] of map.keys) {
    if (!known.includes(key))
      tell(faults, spot, `Unknown key "${key}".${suggestion(key, known)} Keys here are ${known.join(', ')}.`)
  }
  for (const key of required) if (!map.entries.has(key)) tell(faults, map, `The key "${key}" is missing.`)
}

/** Reads the value under a key with `as`; null when the key is not there or after a fault. */
export function under<T>(
  map: MapNode,
  key: string,
  as: (node: Node, what: string, faults: Fault[]) => T,
  faults: Fault[],
): T | null {
  const node = map.entries.get(key)
  return node === undefined ? null : as(node, key, faults)
}
