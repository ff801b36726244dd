import { nodeSize, ofNode } from '../core/recognise/lexicon.ts'

/** A double-array trie over UTF-16 units (see `Lexicon`): the root is node 0; the term of a node is the number of the key that ends there. */
export interface Trie {
  readonly nodes: Int32Array
  /** Class of each UTF-16 unit, from 1 by frequency; 0 for units in no key. */
  readonly classOf: Uint16Array
}

/** Keys that share their first `depth` units, and the node they lead to. */
interface Branch {
  readonly node: number
  readonly from: number
  readonly to: number
  readonly depth: number
}

/** Placement of nodes: cells that are free form a ring through `next` and `previous` with cell 0 as its head. */
interface Room {
  base: Int32Array
  check: Int32Array
  termAt: Int32Array
  next: Int32Array
  previous: Int32Array
  /** Free cell where the search for nodes with several children starts; 0 for the end of the ring. */
  front: number
  used: number
}

/** How many free cells are tried for one node before the search starts later. */
const patience = 400

/** Builds the trie of keys that are sorted, distinct and not empty; a key's number is its position. */
export function buildTrie(keys: readonly string[]): Trie {
  const classOf = classesOf(keys)
  const coded = keys.map((key, number) => ({ number, code: codeOf(key, classOf) }))
  const sorted = coded.sort((one, other) => compare(one.code, other.code))
  const room = newRoom(1 << 16)
  let open: Branch[] = [{ node: 0, from: 0, to: sorted.length, depth: 0 }]
  while (open.length > 0) open = open.flatMap((branch) => placeBranch(branch, sorted, room))
  return { nodes: nodesOf(room), classOf }
}

/** The numbers of each node side by side. */
function nodesOf({ base, check, termAt, used }: Room): Int32Array {
  const nodes = new Int32Array(used * nodeSize)
  for (let node = 0; node < used; node += 1) {
    nodes[node * nodeSize + ofNode.base] = base[node] as number
    nodes[node * nodeSize + ofNode.parent] = check[node] as number
    nodes[node * nodeSize + ofNode.term] = termAt[node] as number
  }
  return nodes
}

/** A loop of its own: there are a million keys, and `from` walks each of them as an iterator. */
function codeOf(key: string, classOf: Uint16Array): Uint16Array {
  const code = new Uint16Array(key.length)
  for (let at = 0; at < key.length; at += 1) code[at] = classOf[key.charCodeAt(at)] as number
  return code
}

function classesOf(keys: readonly string[]): Uint16Array {
  const counts = new Uint32Array(65536)
  for (const key of keys) for (let at = 0; at < key.length; at += 1) (counts[key.charCodeAt(at)] as number) += 1
  const units = [...counts.keys()].filter((unit) => (counts[unit] as number) > 0)
  units.sort((one, other) => (counts[other] as number) - (counts[one] as number) || one - other)
  const classOf = new Uint16Array(65536)
  units.forEach((unit, at) => {
    classOf[unit] = at + 1
  })
  return classOf
}

function compare(one: Uint16Array, other: Uint16Array): number {
  const shared = Math.min(one.length, other.length)
  for (let at = 0; at < shared; at += 1) {
    const apart = (one[at] as number) - (other[at] as number)
    if (apart !== 0) return apart
  }
  return one.length - other.length
}

interface Coded {
  readonly number: number
  readonly code: Uint16Array
}

/** Places the children of a node; where there is only one, what is below it as well, down to where ways part. */
function placeBranch(branch: Branch, keys: readonly Coded[], room: Room): Branch[] {
  let children = placeChildren(branch, keys, room)
  while (children.length === 1) children = placeChildren(children[0] as Branch, keys, room)
  return children
}

function placeChildren({ node, from, to, depth }: Branch, keys: readonly Coded[], room: Room): Branch[] {
  let start = from
  const first = keys[start]
  if (first !== undefined && first.code.length === depth) {
    room.termAt[node] = first.number
    start += 1
  }
  const letters: number[] = []
  const starts: number[] = []
  for (let at = start; at < to; at += 1) {
    const letter = (keys[at] as Coded).code[depth] as number
    if (letters.at(-1) === letter) continue
    letters.push(letter)
    starts.push(at)
  }
  if (letters.length === 0) return []
  const base = letters.length === 1 ? baseBeside(node, letters[0] as number, room) : findBase(letters, room)
  room.base[node] = base
  return letters.map((letter, at) => {
    take(room, base + letter, node)
    return { node: base + letter, from: starts[at] as number, to: starts[at + 1] ?? to, depth: depth + 1 }
  })
}

/** How many cells behind a node are looked at for its only child. */
const near = 48

/** A base that puts an only child right behind its node where a cell is free: what is read one after another lies side by side. */
function baseBeside(node: number, letter: number, room: Room): number {
  for (let cell = Math.max(node + 1, letter); cell < node + near && cell < room.check.length; cell += 1)
    if (room.check[cell] === -1) return cell - letter
  return findBase([letter], room)
}

/** The first base at which the cells of all letters are free. Nodes with one child fill every gap, others start at the front. */
function findBase(letters: readonly number[], room: Room): number {
  const lowest = letters[0] as number
  const highest = letters.at(-1) as number
  let tried = 0
  for (let before = letters.length === 1 ? 0 : (room.previous[room.front] as number); ; ) {
    const cell = room.next[before] as number
    if (cell === 0) {
      grow(room)
      continue
    }
    before = cell
    const base = cell - lowest
    if (base < 0) continue
    while (base + highest >= room.check.length) grow(room)
    if (letters.every((letter) => room.check[base + letter] === -1)) return base
    tried += 1
    if (tried % patience === 0) room.front = cell
  }
}

function take(room: Room, cell: number, parent: number): void {
  room.check[cell] = parent
  const before = room.previous[cell] as number
  const after = room.next[cell] as number
  room.next[before] = after
  room.previous[after] = before
  if (room.front === cell) room.front = after
  room.used = Math.max(room.used, cell + 1)
}

function newRoom(size: number): Room {
  const empty = (): Int32Array => new Int32Array(0)
  const room: Room = {
    base: empty(),
    check: empty(),
    termAt: empty(),
    next: empty(),
    previous: empty(),
    front: 0,
    used: 1,
  }
  resize(room, size)
  return room
}

function grow(room: Room): void {
  resize(room, room.check.length * 2)
}

function resize(room: Room, size: number): void {
  const before = room.check.length
  const longer = (array: Int32Array, fill: number): Int32Array => {
    const next = new Int32Array(size).fill(fill, before)
    next.set(array)
    return next
  }
  room.base = longer(room.base, 0)
  room.check = longer(room.check, -1)
  room.termAt = longer(room.termAt, -1)
  room.next = longer(room.next, 0)
  room.previous = longer(room.previous, 0)
  link(room, Math.max(before, 1), size)
  if (room.front === 0) room.front = Math.max(before, 1)
}

/** Puts the cells `from .. to - 1` at the end of the ring of free cells. */
function link(room: Room, from: number, to: number): void {
  let last = room.previous[0] as number
  for (let cell = from; cell < to; cell += 1) {
    room.next[last] = cell
    room.previous[cell] = last
    last = cell
  }
  room.next[last] = 0
  room.previous[0] = last
}
