import { parts } from '../core/parcel/state.ts'
import { type Taxa, type Trait, traitNames } from '../core/parcel/taxa.ts'
import { cell, listCell, oneOfCell, type Row, readTable, unknownWord } from './csv.ts'
import { type Fault, type Spot, suggestion, tell } from './fault.ts'
import { filesLike, type SourceFile } from './sources.ts'

const ranks = ['class', 'order', 'family', 'subfamily', 'genus', 'species', 'subspecies', 'variety', 'group'] as const

const columns = {
  required: ['name', 'rank', 'parent'],
  optional: ['also_under', 'synonyms', 'eppo', 'eppo_checked', 'traits', 'part', 'note'],
}

/** Of each pair a taxon has one: who names one says that the other does not hold. */
const pairs: readonly (readonly [Trait, Trait])[] = [
  ['woody', 'herbaceous'],
  ['deciduous', 'evergreen'],
  ['perennial', 'annual'],
]

/** Taxa with what only compiling needs. */
export interface TaxaRead {
  readonly taxa: Taxa
  /** Every scientific name as written, with its taxon; accepted names first. */
  readonly scientificNames: readonly { readonly name: string; readonly taxon: number }[]
  /** The row of each taxon. */
  readonly spots: readonly Spot[]
}

/** Reads `taxa/*.csv` and joins each taxon to what stands above it. */
export function readTaxa(files: readonly SourceFile[], faults: Fault[]): TaxaRead {
  const tables = filesLike(files, /^taxa\/(?!ordinary-words)[^/]+\.csv$/)
  const rows = tables.flatMap((file) => readTable(file, columns, faults)).filter((row) => hasName(row, faults))
  const numberOf = numbersOf(rows, faults)
  const parents = rows.map((row, number) => parentOf(row, number, numberOf, faults))
  breakCircles(rows, parents, faults)
  const order = fromTheTop(parents)
  const named = rows.map((row) => traitsOf(row, faults))
  const inherited = inheritTraits(named, parents, order)
  const taxa: Taxa = {
    names: rows.map((row) => cell(row, 'name')),
    ranks: rows.map((row) => oneOfCell(row, 'rank', ranks, faults) ?? ''),
    parents,
    alsoUnder: alsoUnderOf(rows, numberOf, faults),
    eppo: rows.map((row) => eppoOf(row, faults)),
    ...inherited,
    parts: inheritParts(
      rows.map((row) => partOf(row, faults)),
      parents,
      order,
    ),
    numberOf: Object.fromEntries(numberOf),
  }
  const spots = rows.map(({ file, line }) => ({ file, line }))
  return { taxa, scientificNames: scientificNamesOf(rows), spots }
}

/** A scientific name as `numberOf` keeps it. */
export function taxonKey(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase()
}

/** Number of a taxon by any of its names, or null after a fault. */
export function findTaxon(
  taxa: Taxa,
  name: string,
  spot: { file: string; line: number },
  faults: Fault[],
): number | null {
  const key = taxonKey(name)
  if (Object.hasOwn(taxa.numberOf, key)) return taxa.numberOf[key] as number
  tell(
    faults,
    spot,
    `Unknown taxon "${name}".${suggestion(name, taxa.names)} Write a name of taxa/*.csv or add a row there.`,
  )
  return null
}

function hasName(row: Row, faults: Fault[]): boolean {
  if (cell(row, 'name') !== '') return true
  tell(faults, row, 'The name is missing. Write the scientific name or drop the row.')
  return false
}

/** Accepted names first, so that no synonym takes the place of a taxon of its own. */
function numbersOf(rows: readonly Row[], faults: Fault[]): Map<string, number> {
  const numberOf = new Map<string, number>()
  rows.forEach((row, number) => {
    const name = cell(row, 'name')
    const before = numberOf.get(taxonKey(name))
    if (before === undefined) numberOf.set(taxonKey(name), number)
    else tell(faults, row, `The taxon "${name}" has a row already (${spotOf(rows[before])}). Keep one.`)
  })
  rows.forEach((row, number) => {
    for (const synonym of listCell(row, 'synonyms')) {
      const before = numberOf.get(taxonKey(synonym))
      if (before === undefined) numberOf.set(taxonKey(synonym), number)
      else if (before !== number) tell(faults, row, takenSynonym(synonym, rows[before]))
    }
  })
  addSpellings(rows, numberOf, faults)
  return numberOf
}

/** A name without its hybrid sign or its ranks is the same name: two taxa cannot share it. */
function addSpellings(rows: readonly Row[], numberOf: Map<string, number>, faults: Fault[]): void {
  rows.forEach((row, number) => {
    for (const name of [cell(row, 'name'), ...listCell(row, 'synonyms')]) {
      // What is told as a fault under its own spelling is not told again under the others.
      if (numberOf.get(taxonKey(name)) !== number) continue
      for (const other of otherSpellings(name)) {
        const before = numberOf.get(taxonKey(other))
        if (before === undefined) numberOf.set(taxonKey(other), number)
        else if (before !== number) tell(faults, row, sharedSpelling(name, other, rows[before]))
      }
    }
  })
}

function sharedSpelling(name: string, other: string, taken: Row | undefined): string {
  const owner = taken === undefined ? '' : cell(taken, 'name')
  return `"${name}" is also written "${other}", which names ${owner} already (${spotOf(taken)}). Keep it in one place.`
}

function takenSynonym(synonym: string, taken: Row | undefined): string {
  const other = taken === undefined ? '' : cell(taken, 'name')
  const what = taxonKey(other) === taxonKey(synonym) ? 'is a taxon of its own' : `is a synonym of ${other} already`
  return `The synonym "${synonym}" ${what} (${spotOf(taken)}). Keep it in one place.`
}

function spotOf(row: Row | undefined): string {
  return row === undefined ? '' : `${row.file}:${row.line}`
}

/** Other ways to write a name: hybrids without the sign or with a letter x, ranks below the species left out. */
export function otherSpellings(name: string): string[] {
  const letter = name.replace(/×\s*/g, 'x ')
  const plain = letter.replace(/(^|\s)x\s+/g, '$1')
  const short = plain.replace(/\s(?:subsp|ssp|var|f|convar|cv)\.\s/g, ' ')
  return [...new Set([letter, plain, short])].filter((other) => other !== name)
}

function parentOf(row: Row, number: number, numberOf: ReadonlyMap<string, number>, faults: Fault[]): number {
  const named = cell(row, 'parent')
  if (named !== '') return knownParent(row, named, numberOf, faults)
  const rank = cell(row, 'rank')
  const implied = impliedParent(cell(row, 'name'), rank)
  if (implied === null) return -1
  const parent = numberOf.get(taxonKey(implied))
  if (parent !== undefined && parent !== number) return parent
  tell(
    faults,
    row,
    `The ${rank} "${cell(row, 'name')}" has no parent and there is no taxon "${implied}". Add a row for it or name the parent.`,
  )
  return -1
}

function knownParent(row: Row, named: string, numberOf: ReadonlyMap<string, number>, faults: Fault[]): number {
  const parent = numberOf.get(taxonKey(named))
  if (parent !== undefined) return parent
  tell(
    faults,
    row,
    `Unknown parent "${named}".${suggestion(named, [...numberOf.keys()].map(asWritten))} Add a row for it or correct the name.`,
  )
  return -1
}

function asWritten(key: string): string {
  return key.charAt(0).toUpperCase() + key.slice(1)
}

/** A species stands under its genus, a subspecies or variety under its species. */
function impliedParent(name: string, rank: string): string | null {
  const words = (otherSpellings(name).at(-1) ?? name).split(' ')
  if (rank === 'species' || (rank === 'group' && words.length > 1)) return words[0] ?? null
  if (rank === 'subspecies' || rank === 'variety') return words.slice(0, 2).join(' ')
  return null
}

function breakCircles(rows: readonly Row[], parents: number[], faults: Fault[]): void {
  for (let number = 0; number < parents.length; number += 1) {
    let steps = 0
    for (let at = number; at >= 0; at = parents[at] ?? -1) {
      steps += 1
      if (steps < 32) continue
      tell(
        faults,
        rows[number] as Row,
        `"${cell(rows[number] as Row, 'name')}" stands above itself. Correct its parents.`,
      )
      parents[number] = -1
      break
    }
  }
}

/** Numbers of taxa with parents before children. */
function fromTheTop(parents: readonly number[]): number[] {
  const order: number[] = []
  const seen = new Set<number>()
  const visit = (number: number): void => {
    if (number < 0 || seen.has(number)) return
    seen.add(number)
    visit(parents[number] ?? -1)
    order.push(number)
  }
  for (let number = 0; number < parents.length; number += 1) visit(number)
  return order
}

interface TraitBits {
  readonly has: number
  readonly hasNot: number
}

function traitsOf(row: Row, faults: Fault[]): TraitBits {
  let has = 0
  let hasNot = 0
  for (const word of listCell(row, 'traits')) {
    const at = traitNames.indexOf(word as Trait)
    if (at < 0) tell(faults, row, unknownWord('trait', word, traitNames))
    else has |= 1 << at
  }
  for (const [one, other] of pairs) {
    const [first, second] = [1 << traitNames.indexOf(one), 1 << traitNames.indexOf(other)]
    if ((has & first) !== 0 && (has & second) === 0) hasNot |= second
    if ((has & second) !== 0 && (has & first) === 0) hasNot |= first
  }
  return { has, hasNot }
}

/** A taxon has the traits of its parent, but for the pairs of which it names one itself. */
function inheritTraits(named: readonly TraitBits[], parents: readonly number[], order: readonly number[]) {
  const traits = named.map(({ has }) => has)
  const notTraits = named.map(({ hasNot }) => hasNot)
  for (const number of order) {
    const parent = parents[number] ?? -1
    if (parent < 0) continue
    const own = named[number] as TraitBits
    const settled = pairs.reduce((bits, pair) => bits | settledBy(own, pair), 0)
    traits[number] = own.has | ((traits[parent] as number) & ~settled)
    notTraits[number] = own.hasNot | ((notTraits[parent] as number) & ~settled)
  }
  return { traits, notTraits }
}

function settledBy({ has }: TraitBits, [one, other]: readonly [Trait, Trait]): number {
  const both = (1 << traitNames.indexOf(one)) | (1 << traitNames.indexOf(other))
  return (has & both) === 0 ? 0 : both
}

function partOf(row: Row, faults: Fault[]): number {
  const word = cell(row, 'part')
  if (word === '') return -1
  const known = oneOfCell(row, 'part', parts, faults)
  return known === null ? -1 : parts.indexOf(known)
}

function inheritParts(own: readonly number[], parents: readonly number[], order: readonly number[]): number[] {
  const all = [...own]
  for (const number of order) {
    const parent = parents[number] ?? -1
    if (all[number] === -1 && parent >= 0) all[number] = all[parent] as number
  }
  return all
}

function alsoUnderOf(
  rows: readonly Row[],
  numberOf: ReadonlyMap<string, number>,
  faults: Fault[],
): Record<number, number[]> {
  const alsoUnder: Record<number, number[]> = {}
  rows.forEach((row, number) => {
    const others = listCell(row, 'also_under').map((name) => knownParent(row, name, numberOf, faults))
    const known = others.filter((other) => other >= 0)
    if (known.length > 0) alsoUnder[number] = known
  })
  return alsoUnder
}

/** Only a code that was compared with a published source is told to anyone. */
function eppoOf(row: Row, faults: Fault[]): string | null {
  const code = cell(row, 'eppo')
  const checked = cell(row, 'eppo_checked')
  if (code !== '' && !/^[0-9A-Z]{5,6}$/.test(code))
    tell(faults, row, `"${code}" is no EPPO code. Write five or six capitals or digits.`)
  if (!['', 'yes', 'no'].includes(checked)) tell(faults, row, `"eppo_checked" is yes or empty, here is "${checked}".`)
  if (checked === 'yes' && code === '')
    tell(faults, row, '"eppo_checked" is yes, but there is no code. Write the code or empty the cell.')
  return code !== '' && checked === 'yes' ? code : null
}

function scientificNamesOf(rows: readonly Row[]): TaxaRead['scientificNames'] {
  const accepted = rows.map((row, taxon) => ({ name: cell(row, 'name'), taxon }))
  const synonyms = rows.flatMap((row, taxon) => listCell(row, 'synonyms').map((name) => ({ name, taxon })))
  return [...accepted, ...synonyms]
}
