import { settledText } from '../imported/settled.ts'
import { type Chains, chains } from './chains.ts'
import type { Entry, Shelf } from './collect.ts'
import { type ImportedRank, plainKey, readScientificName } from './scientific-name.ts'

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
  /** Countries that an inventory lists a name for, by its accepted name and the name as listed. */
  readonly listed: Map<string, { readonly accepted: string; readonly name: string; readonly countries: Set<string> }>
  /** The first taxon that each synonym leads to. */
  readonly leadsTo: Map<string, string>
}

/** Settles what was taken: the lines of taxa, then of synonyms, then of common names. */
export function* settled(shelf: Shelf): Generator<string> {
  const { entries, counts } = shelf
  const result: Result = {
    taxa: new Map(),
    synonyms: new Map(),
    common: new Map(),
    listed: new Map(),
    leadsTo: new Map(),
  }
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
  for (const { accepted, name, countries } of result.listed.values()) {
    counts.listings += countries.size
    yield settledText({ kind: 'listed', accepted, name, countries: [...countries].sort() })
  }
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
  if (entry.country !== '') list(result, entry, accepted.name)
  if (own === key) {
    if (taxon !== undefined) shelf.counts.repeated += 1
    return
  }
  if (!result.leadsTo.has(own)) result.leadsTo.set(own, accepted.name)
  const pair = `${own}\t${key}`
  if (result.synonyms.has(pair)) shelf.counts.repeated += 1
  else result.synonyms.set(pair, { name: entry.name, accepted: accepted.name })
}

function list({ listed }: Result, { name, country }: Entry, accepted: string): void {
  const pair = `${plainKey(accepted)}\t${plainKey(name)}`
  const known = listed.get(pair)
  if (known === undefined) listed.set(pair, { accepted, name, countries: new Set([country]) })
  else known.countries.add(country)
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
