import { settledText } from '../imported/settled.ts'
import { languageCode } from './language-codes.ts'
import type { ImportRow } from './row.ts'
import { type ImportedRank, isOtherRank, plainKey, readScientificName } from './scientific-name.ts'

/** What became of the rows of a file. */
export interface ImportCounts {
  taxa: number
  synonyms: number
  commonNames: number
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
interface Spot {
  readonly file: string
  readonly line: number
}

interface Entry {
  readonly name: string
  readonly rank: ImportedRank
  readonly family: string
  readonly eppo: string
  readonly kingdom: string
  readonly parentId: string
  readonly acceptedId: string
  readonly acceptedName: string
  readonly spot: Spot
}

/** Takes the rows of one import and settles them when all have been read: ids may point ahead. */
export interface Collector {
  readonly take: (row: ImportRow, file: string) => void
  /** The settled lines: taxa, then synonyms, then common names. */
  readonly settle: () => Iterable<string>
  readonly counts: Readonly<ImportCounts>
}

interface Shelf {
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
    counts: { taxa: 0, synonyms: 0, commonNames: 0, repeated: 0, passedOver: 0, leftOut: 0, unplaced: 0 },
    tell,
  }
  return {
    take: (row, file) => take(shelf, row, { file, line: row.line }),
    settle: () => settled(shelf),
    counts: shelf.counts,
  }
}

const plants = new Set(['', 'plantae', 'viridiplantae', 'plants', 'plant', 'archaeplastida', 'streptophyta'])

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
  if (isOtherRank(row.rank)) {
    if (row.id !== '') shelf.above.set(row.id, { parentId: row.parentId, rank: row.rank.toLowerCase(), name: row.name })
    counts.passedOver += 1
    return
  }
  const read = readScientificName(withoutAuthors(row.name, row.authorship), row.rank)
  if (read.fault !== undefined) tell(spot, read.fault)
  else keep(shelf, { ...row, name: read.name, rank: read.rank }, spot)
}

function withoutAuthors(name: string, authorship: string): string {
  return authorship !== '' && name.endsWith(` ${authorship}`) ? name.slice(0, -authorship.length - 1) : name
}

/** Keeps a row whose name could be read; a name without a settled place stands for itself. */
function keep(shelf: Shelf, row: ImportRow & { readonly rank: ImportedRank }, spot: Spot): void {
  const { counts, tell } = shelf
  const status = row.status.toLowerCase()
  if (status.includes('misapplied')) {
    counts.leftOut += 1
    return
  }
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

function eppoOf({ tell }: Shelf, { eppo }: ImportRow, spot: Spot): string {
  if (eppo === '' || /^[0-9A-Z]{5,6}$/.test(eppo)) return eppo
  tell(spot, `"${eppo}" is no EPPO code. Write five or six capitals or digits; the rest of the row was taken.`)
  return ''
}

interface SettledTaxon {
  readonly name: string
  rank: ImportedRank
  family: string
  eppo: string
}

interface Result {
  readonly taxa: Map<string, SettledTaxon>
  readonly synonyms: Map<string, { readonly name: string; readonly accepted: string }>
  readonly common: Map<string, string>
  /** The first taxon that each synonym leads to. */
  readonly leadsTo: Map<string, string>
}

function* settled(shelf: Shelf): Generator<string> {
  const { entries, counts } = shelf
  const result: Result = { taxa: new Map(), synonyms: new Map(), common: new Map(), leadsTo: new Map() }
  const chain = chains(shelf)
  for (const entry of entries) {
    if (chain.isPlant(entry)) settleEntry(shelf, entry, { result, chain })
    else counts.passedOver += 1
  }
  for (const one of shelf.common) settleCommon(shelf, one, { result, chain })
  for (const { name, rank, family, eppo } of result.taxa.values())
    yield settledText({ kind: 'taxon', name, rank, family, eppo })
  for (const { name, accepted } of result.synonyms.values()) yield settledText({ kind: 'synonym', name, accepted })
  yield* result.common.values()
  counts.taxa = result.taxa.size
  counts.synonyms = result.synonyms.size
  counts.commonNames = result.common.size
}

interface Settling {
  readonly result: Result
  readonly chain: Chains
}

function settleEntry(shelf: Shelf, entry: Entry, { result, chain }: Settling): void {
  const accepted = acceptedOf(shelf, entry)
  if (accepted === null) return
  const key = plainKey(accepted.name)
  const taxon = result.taxa.get(key)
  const family = accepted.family || chain.familyOf(accepted)
  if (taxon === undefined)
    result.taxa.set(key, { name: accepted.name, rank: accepted.rank, family, eppo: accepted.eppo })
  else {
    if (taxon.family === '') taxon.family = family
    if (taxon.eppo === '') taxon.eppo = accepted.eppo
  }
  const own = plainKey(entry.name)
  if (own === key) {
    if (taxon !== undefined) shelf.counts.repeated += 1
    return
  }
  if (!result.leadsTo.has(own)) result.leadsTo.set(own, accepted.name)
  const pair = `${own}\t${key}`
  if (result.synonyms.has(pair)) shelf.counts.repeated += 1
  else result.synonyms.set(pair, { name: entry.name, accepted: accepted.name })
}

/** The accepted taxon of an entry, itself or what it is a synonym of; null after a fault. */
function acceptedOf(
  { byId, tell }: Shelf,
  entry: Entry,
): Pick<Entry, 'name' | 'rank' | 'family' | 'eppo' | 'parentId'> | null {
  let at = entry
  for (let steps = 0; ; steps += 1) {
    if (steps > 8) {
      tell(entry.spot, `"${entry.name}" leads from synonym to synonym without an end. Correct the accepted ids.`)
      return null
    }
    if (at.acceptedName !== '') break
    const next = at.acceptedId === '' ? at : byId.get(at.acceptedId)
    if (next === at) return at
    if (next === undefined) {
      tell(entry.spot, `"${entry.name}" is said to be "${at.acceptedId}", which is the id of no row that was taken.`)
      return null
    }
    at = next
  }
  const read = readScientificName(at.acceptedName, '')
  if (read.fault === undefined)
    return { name: read.name, rank: read.rank, family: at.family, eppo: at.eppo, parentId: '' }
  tell(entry.spot, `The accepted name: ${read.fault}`)
  return null
}

interface Chains {
  readonly isPlant: (entry: Entry) => boolean
  readonly familyOf: (entry: Pick<Entry, 'parentId'>) => string
}

/** What stands above rows that tell only their parents. */
function chains({ byId, above }: Shelf): Chains {
  const kingdoms = new Map<string, string>()
  const kingdomAbove = (id: string): string => {
    const known = kingdoms.get(id)
    if (known !== undefined) return known
    let kingdom = ''
    const seen: string[] = []
    for (let at = id; at !== '' && seen.length < 64; ) {
      seen.push(at)
      const wide = above.get(at)
      const entry = byId.get(at)
      kingdom = kingdoms.get(at) ?? (wide?.rank === 'kingdom' ? wide.name : (entry?.kingdom ?? ''))
      if (kingdom !== '') break
      at = wide?.parentId ?? entry?.parentId ?? ''
    }
    for (const one of seen) kingdoms.set(one, kingdom)
    return kingdom
  }
  return {
    isPlant: ({ parentId, acceptedId, kingdom }) => {
      if (kingdom !== '') return true
      const accepted = parentId === '' && acceptedId !== '' ? byId.get(acceptedId) : undefined
      const word = kingdomAbove(parentId || (accepted?.parentId ?? '')).split(' ')[0] as string
      return plants.has(word.toLowerCase())
    },
    familyOf: ({ parentId }) => {
      for (let at = parentId, steps = 0; at !== '' && steps < 16; steps += 1) {
        const entry = byId.get(at)
        if (entry?.rank === 'family') return entry.name
        if (entry !== undefined && entry.family !== '') return entry.family
        at = entry?.parentId ?? above.get(at)?.parentId ?? ''
      }
      return ''
    },
  }
}

function settleCommon(
  shelf: Shelf,
  { id, name, language, spot }: Shelf['common'][number],
  { result, chain }: Settling,
): void {
  const own = id.startsWith('name ') ? id.slice(5) : null
  const entry = own === null ? shelf.byId.get(id) : null
  if (entry === undefined) {
    // Names of rows that were passed over, such as animals', belong to nothing here.
    shelf.counts.passedOver += 1
    return
  }
  const accepted = entry === null ? acceptedNamed(result, own as string) : acceptedOf(quiet(shelf), entry)?.name
  if (accepted === undefined || (entry !== null && !chain.isPlant(entry))) return
  const fault = commonFault(name)
  if (fault !== null) shelf.tell(spot, fault)
  else {
    const line = settledText({ kind: 'common', name: name.trim(), language, accepted })
    if (result.common.has(line)) shelf.counts.repeated += 1
    else result.common.set(line, line)
  }
}

function acceptedNamed({ taxa, leadsTo }: Result, name: string): string | undefined {
  return taxa.get(plainKey(name))?.name ?? leadsTo.get(plainKey(name))
}

/** What is wrong with a taxon is told once, with its own row. */
function quiet(shelf: Shelf): Shelf {
  return { ...shelf, tell: () => {} }
}

/** What is wrong with a common name, or null. Several names in one cell cannot be told from one with a comma. */
function commonFault(name: string): string | null {
  if (name.includes('\ufffd')) return `"${name}" holds letters that are not UTF-8. Save the file as UTF-8.`
  if (/[,()[\]{}<>/\\?!]|\d/.test(name))
    return `The common name "${name}" has signs or digits. Write one plain name a row.`
  return /\p{L}.*\p{L}|\p{sc=Han}|\p{sc=Hiragana}|\p{sc=Katakana}/u.test(name)
    ? null
    : `"${name}" is no name. Leave it out.`
}
