import { lineage, type Taxa } from '../../parcel/taxa.ts'
import { type NameAnswer, type NameRemark, onlyOne, type Reading } from './answer.ts'
import type { CommonName, CommonWords } from './common-names.ts'
import { looksLatin } from './letters.ts'
import type { ParsedName } from './parsed.ts'

/** Longest text that is asked about as a common name when it could be a scientific one. */
const longestCommon = 200

/**
 * Whether what reads like a scientific name is something else: its genus is not known, and the words are known as a common name
 * or as ordinary words. Years, initials, hybrid signs, ranks and Latin words speak against it.
 */
export function isCommon({ text, parsed, wordsOf }: Reading): boolean {
  const { year, hybrid, openNomenclature, words, authorship, rank } = parsed
  const open = openNomenclature !== null && openNomenclature !== 'mix'
  if (year !== null || hybrid !== null || open || text.length > longestCommon) return false
  if (authorship !== null && /[.&(),]/.test(authorship)) return false
  const [genus = '', epithet] = words
  const alone = epithet === undefined && authorship === null
  if (alone ? genus.length < 4 || rank !== null : words.length > 2 && rank !== 'infraspecific') return false
  const latin = looksLatin(genus.toLowerCase())
  const bothLatin = latin && epithet !== undefined && looksLatin(epithet)
  if (bothLatin && authorship !== null) return false
  const latinEpithet = epithet !== undefined && looksLatin(epithet)
  // A name that only WordNet tells may be a scientific one: then its epithet means nothing else.
  const known = epithet !== undefined && isWritten(wordsOf(epithet))
  const found = wordsOf(text)
  const [first] = found.names
  // "Lavender Hidcote": what reads like a genus and its author is a plant and its cultivar.
  if (first !== undefined && epithet === undefined && text.startsWith(first.text) && first.sense !== 'candidate')
    return true
  return speakOther(found, { latin, latinEpithet, alone, mayBeCandidate: alone ? !latin : known })
}

/** Whether experts wrote the words, and not WordNet alone. */
function isWritten({ names, beside, unknown }: CommonWords): boolean {
  return unknown.length === 0 && (beside.length > 0 || names.some(({ sense }) => sense !== 'candidate'))
}

interface Looks {
  readonly latin: boolean
  readonly latinEpithet: boolean
  readonly alone: boolean
  readonly mayBeCandidate: boolean
}

function speakOther({ names, beside, unknown }: CommonWords, looks: Looks): boolean {
  const { latin, latinEpithet, alone, mayBeCandidate } = looks
  if (names.some(({ whole, sense }) => whole && (sense !== 'candidate' || mayBeCandidate))) return true
  if (latin && latinEpithet) return false
  if (names.some(({ sense }) => sense !== 'candidate')) return unknown.length === 0 || !(latin || latinEpithet)
  return unknown.length === 0 && beside.length > 0 && !(latin && alone)
}

/** What a text that is no scientific name means as a common name. */
export function commonAnswer(reading: Reading): NameAnswer {
  const { text, parsed, remarks, taxa, wordsOf, placeOf } = reading
  const words = refused(parsed) ? nothing : wordsOf(text)
  const possible = taxaOf(words.names, reading)
  const means = possible.map((taxon) => taxa.names[taxon] as string)
  const checked = words.names.every(({ sense }) => sense !== 'candidate')
  const one = possible.length === 1 && checked ? (possible[0] as number) : -1
  const places = possible.map((taxon) => placeOf(taxon))
  const told = parsed.canonical === null && (possible.length === 0 || parsed.hybrid !== null) ? remarks : []
  return {
    canonical: null,
    simple: null,
    authorship: null,
    cultivar: parsed.cultivar,
    rank: null,
    hybrid: parsed.canonical === null ? parsed.hybrid : null,
    accepted: taxa.names[one] ?? null,
    genus: onlyOne(places.map(({ genus }) => genus)),
    family: onlyOne(places.map(({ family }) => family)),
    eppo: taxa.eppo[one] ?? null,
    means,
    quality: 0,
    problems: [...told, ...remarksOf(words, means, text)],
  }
}

const nothing: CommonWords = { names: [], beside: [], trade: [], unknown: [] }
const refusals: readonly string[] = ['virus', 'no-formal-name', 'place-uncertain']

/** A virus of tomatoes is no tomato. */
function refused({ problems }: ParsedName): boolean {
  return problems.some(({ kind }) => refusals.includes(kind))
}

/** Taxa that the names of a text can mean; of two names one may say more closely what the other means: phalaenopsis orchid. */
function taxaOf(names: readonly CommonName[], { text, parsed, taxa, find }: Reading): readonly number[] {
  if (parsed.hybrid === 'graft-chimera') {
    const taxon = find(text.replace(/^\+ ?/, ''))
    return taxon < 0 ? [] : [taxon]
  }
  const all = [...new Set(names.flatMap((name) => name.taxa))]
  return names.length < 2
    ? all
    : all.filter((taxon) => !all.some((other) => other !== taxon && isUnder(taxa, other, taxon)))
}

function isUnder(taxa: Taxa, taxon: number, above: number): boolean {
  return lineage(taxa, taxon).includes(above)
}

function remarksOf({ names, beside, unknown }: CommonWords, means: readonly string[], text: string): NameRemark[] {
  const [name] = names
  if (name === undefined) {
    return unknown.length === 0 && beside.length > 0 ? [{ kind: 'ordinary-words', facts: { text } }] : []
  }
  const written = [...new Set(names.map((one) => one.text))].join(', ')
  const remarks: NameRemark[] = []
  const kind =
    means.length === 0
      ? 'taxon-unknown'
      : means.length < 2
        ? 'common-name'
        : names.length > 1
          ? 'several-names'
          : 'may-be-any'
  remarks.push({ kind, facts: { text: written, others: means.join(', ') } })
  if (names.some(({ sense }) => sense === 'candidate'))
    remarks.push({ kind: 'name-unchecked', facts: { text: written } })
  if (names.some(({ sense }) => sense === 'word')) remarks.push({ kind: 'ordinary-word', facts: { text: written } })
  const more = [...beside, ...unknown]
  if (more.length > 0) remarks.push({ kind: 'other-words', facts: { text: more.join(', ') } })
  return remarks
}
