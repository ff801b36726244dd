import { plants } from './chains.ts'
import { languageCode } from './language-codes.ts'
import type { ImportRow } from './row.ts'
import { type ImportedRank, isOtherRank, readScientificName } from './scientific-name.ts'
import { settled } from './settle.ts'

/** What became of the rows of a file. */
export interface ImportCounts {
  taxa: number
  synonyms: number
  commonNames: number
  /** Species that an inventory lists for a country. */
  listings: number
  /** Said before in the same file. */
  repeated: number
  /** Of another kingdom, or of a rank that nothing here is asked of. */
  passedOver: number
  /** Misapplied names, and invalid ones that lead nowhere. */
  leftOut: number
  /** Names that stand for themselves because their place is not settled. */
  unplaced: number
}

/** Where a row stands, for what is told of it. */
export interface Spot {
  readonly file: string
  readonly line: number
}

/** A row whose name could be read. */
export interface Entry {
  readonly name: string
  readonly rank: ImportedRank
  readonly family: string
  readonly eppo: string
  readonly kingdom: string
  readonly parentId: string
  readonly acceptedId: string
  readonly acceptedName: string
  readonly country: string
  readonly spot: Spot
}

/** Takes the rows of one import and settles them when all have been read: ids may point ahead. */
export interface Collector {
  readonly take: (row: ImportRow, file: string) => void
  /** The settled lines: taxa, then synonyms, then common names. */
  readonly settle: () => Iterable<string>
  readonly counts: Readonly<ImportCounts>
}

/** All that was taken of an import. */
export interface Shelf {
  readonly entries: Entry[]
  readonly byId: Map<string, Entry>
  /** Rows of ranks above the family, which only tell what stands above others. */
  readonly above: Map<string, { readonly parentId: string; readonly rank: string; readonly name: string }>
  readonly common: { readonly id: string; readonly name: string; readonly language: string; readonly spot: Spot }[]
  readonly counts: ImportCounts
  readonly tell: (spot: Spot, sentence: string) => void
}

/** Makes a collector; `tell` hears what is wrong with a row. */
export function collector(tell: (spot: Spot, sentence: string) => void): Collector {
  const shelf: Shelf = {
    entries: [],
    byId: new Map(),
    above: new Map(),
    common: [],
    counts: { taxa: 0, synonyms: 0, commonNames: 0, listings: 0, repeated: 0, passedOver: 0, leftOut: 0, unplaced: 0 },
    tell,
  }
  return {
    take: (row, file) => take(shelf, row, { file, line: row.line }),
    settle: () => settled(shelf),
    counts: shelf.counts,
  }
}

function take(shelf: Shelf, row: ImportRow, spot: Spot): void {
  const { counts, tell } = shelf
  if (!plants.has(row.kingdom.toLowerCase())) {
    counts.passedOver += 1
    return
  }
  if (row.name === '' && row.vernacular !== '') {
    shelf.common.push({ id: row.id, name: row.vernacular, language: languageCode(row.language), spot })
    return
  }
  if (isOtherRank(row.rank, row.name)) {
    if (row.id !== '') shelf.above.set(row.id, { parentId: row.parentId, rank: row.rank.toLowerCase(), name: row.name })
    counts.passedOver += 1
    return
  }
  const read = readScientificName(withoutAuthors(row.name, row.authorship), row.rank)
  if (read.fault !== undefined) tell(spot, read.fault)
  else if (isMisapplied(row)) counts.leftOut += 1
  else keep(shelf, { ...row, name: read.name, rank: read.rank }, spot)
}

/** A name as some authors used it for another plant; as a synonym it would lead to the wrong one. */
function isMisapplied({ name, authorship, status, acceptedId, acceptedName }: ImportRow): boolean {
  if (/misapplied/i.test(status)) return true
  return (acceptedId !== '' || acceptedName !== '') && /(^|\s)(auctt?|sensu)\b/.test(`${name} ${authorship}`)
}

function withoutAuthors(name: string, authorship: string): string {
  return authorship !== '' && name.endsWith(` ${authorship}`) ? name.slice(0, -authorship.length - 1) : name
}

/** Keeps a row whose name could be read; a name without a settled place stands for itself. */
function keep(shelf: Shelf, row: ImportRow & { readonly rank: ImportedRank }, spot: Spot): void {
  const { counts, tell } = shelf
  const status = row.status.toLowerCase()
  const points = (row.acceptedId !== '' && row.acceptedId !== row.id) || row.acceptedName !== ''
  if (!points && status.includes('synonym')) {
    tell(spot, `"${row.name}" is a synonym of nothing. Write its accepted name or the id of it.`)
    return
  }
  if (!points && /illegitimate|invalid|orthographic|superfluous|rejected/.test(status)) {
    counts.leftOut += 1
    return
  }
  if (!points && /unplaced|unresolved|unchecked|doubtful|bare|ambiguous/.test(status)) counts.unplaced += 1
  const { name, rank, family, kingdom, parentId, acceptedId, acceptedName } = row
  const eppo = eppoOf(shelf, row, spot)
  const entry: Entry = {
    name,
    rank,
    family: familyName(family),
    eppo,
    kingdom,
    parentId,
    acceptedId,
    acceptedName,
    country: countryOf(shelf, row, spot),
    spot,
  }
  if (row.id !== '' && shelf.byId.has(row.id)) {
    tell(spot, `The id "${row.id}" stands on an earlier row as well. Give every row an id of its own.`)
    return
  }
  if (row.id !== '') shelf.byId.set(row.id, entry)
  shelf.entries.push(entry)
  for (const common of row.vernacular === '' ? [] : row.vernacular.split(/\s*[;|]\s*/))
    shelf.common.push({ id: `name ${name}`, name: common, language: languageCode(row.language), spot })
}

function familyName(written: string): string {
  const read = written === '' ? null : readScientificName(written, 'family')
  return read === null || read.fault !== undefined || read.name.includes(' ') ? '' : read.name
}

/** Code of the country or of the part of one that an inventory lists a species for, or ''. */
function countryOf({ tell }: Shelf, { country }: ImportRow, spot: Spot): string {
  if (country === '' || /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/i.test(country)) return country.toUpperCase()
  tell(spot, `"${country}" is no country code. Write two letters (ISO 3166-1); the names of the row were taken.`)
  return ''
}

function eppoOf({ tell }: Shelf, { eppo }: ImportRow, spot: Spot): string {
  if (eppo === '' || /^[0-9A-Z]{5,6}$/.test(eppo)) return eppo
  tell(spot, `"${eppo}" is no EPPO code. Write five or six capitals or digits; the rest of the row was taken.`)
  return ''
}
