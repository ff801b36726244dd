import type { importedRanks } from '../../core/parcel/imported-taxa.ts'

export type ImportedRank = (typeof importedRanks)[number]

/** A scientific name without its authors, or a sentence that says why it is none. */
export type ReadName =
  | { readonly name: string; readonly rank: ImportedRank; readonly fault?: never }
  | { readonly fault: string }

const hybridSign = '×'
/** Words for ranks below the species, as they are written out. */
const markers: Readonly<Record<string, readonly [mark: string, rank: ImportedRank]>> = {
  subsp: ['subsp.', 'subspecies'],
  ssp: ['subsp.', 'subspecies'],
  nothosubsp: ['nothosubsp.', 'subspecies'],
  var: ['var.', 'variety'],
  nothovar: ['nothovar.', 'variety'],
  subvar: ['subvar.', 'variety'],
  convar: ['convar.', 'variety'],
  f: ['f.', 'form'],
  fo: ['f.', 'form'],
  forma: ['f.', 'form'],
}
/** Words of authors that look like epithets. */
const particles = new Set(
  'ex et in de del della der den des di da do dos du la le les van von vom zu zur af auct auctt non nec sensu emend bis fil hort pro p y e'.split(
    ' ',
  ),
)
const undetermined = /(^|\s)(spp?\.?|cf\.|aff\.|indet\.?|ined\.?|species|undet\.?)(\s|\d|$)/
const genusWord = /^\p{Lu}[\p{L}-]+$/u
const epithetWord = /^\p{Ll}[\p{Ll}'’-]*\p{Ll}$/u

/** Reads a scientific name, with or without authors, and tells its rank by its words. `rank` is what the row says. */
export function readScientificName(written: string, rank: string): ReadName {
  const words = written
    .normalize('NFC')
    .replace(/_/g, ' ')
    .replace(/\s*[×✕✖]\s*/g, ` ${hybridSign} `)
    .trim()
    .split(/\s+/)
  if (words[0] === '') return { fault: 'The name is missing. Write it or drop the row.' }
  const fault = unusable(written)
  if (fault !== null) return { fault }
  const hybrid = words[0] === hybridSign || /^x$/i.test(words[0] as string)
  const [first = '', ...rest] = hybrid ? words.slice(1) : words
  const genus = capital(first, rest[0])
  if (!genusWord.test(genus)) return { fault: `"${written}" is no scientific name. It begins with a genus.` }
  const below = belowGenus(rest, genus !== first && /^\p{Lu}+$/u.test(first))
  if (typeof below === 'string') return { fault: `"${written}" ${below}` }
  if (below.words.length === 0 && /^(sub|infra)?species$|^var|^form/.test(rank.toLowerCase()))
    return { fault: `"${written}" is said to be of rank ${rank} and has no epithet. Write the whole name.` }
  const name = [hybrid ? hybridSign + genus : genus, ...below.words].join(' ')
  return { name, rank: below.words.length === 0 ? rankOfOneWord(genus, rank) : below.rank }
}

function unusable(written: string): string | null {
  if (written.includes('\ufffd')) return `"${written}" holds letters that are not UTF-8. Save the file as UTF-8.`
  if (written.includes('?')) return `"${written}" is in doubt. Write the name without a question mark.`
  if (undetermined.test(written.replace(/^\S+/, ''))) return `"${written}" names no one taxon. Leave it out.`
  if (/['‘’"]\s*\p{Lu}[^'‘’"]*['’"]|\bcv\.\s/u.test(written)) return `"${written}" is a cultivar. Name its species.`
  return null
}

/** A genus with its capital, also where the whole name is written in small or in capital letters. */
function capital(first: string, next: string | undefined): string {
  const loud = first.length > 1 && first === first.toUpperCase() && (next === undefined || next === next.toUpperCase())
  const quiet = first === first.toLowerCase()
  return loud || quiet ? first.charAt(0).toUpperCase() + first.slice(1).toLowerCase() : first
}

/** The words below the genus without authors, and their rank; or what is wrong with them. */
function belowGenus(
  rest: readonly string[],
  loud: boolean,
): { readonly words: string[]; readonly rank: ImportedRank } | string {
  const words: string[] = []
  let rank: ImportedRank = 'species'
  let authors = false
  for (let at = 0; at < rest.length; at += 1) {
    const word = loud && at < 2 ? (rest[at] as string).toLowerCase() : (rest[at] as string)
    const next = rest[at + 1] ?? ''
    const marker = words.length > 0 ? markers[word.replace(/\.$/, '')] : undefined
    const crossed = marker !== undefined && isCross(next) && epithetWord.test(rest[at + 2] ?? '')
    if (crossed) {
      words.push(marker[0], rest[at + 2] as string)
      rank = marker[1]
      at += 2
    } else if (isCross(word)) {
      if (words.length > 0 || authors || !epithetWord.test(next))
        return 'is a hybrid formula, not a name. Leave it out.'
      words.push(hybridSign)
    } else if (marker !== undefined && epithetWord.test(next) && !particles.has(next)) {
      words.push(marker[0], next)
      rank = marker[1]
      at += 1
    } else if (words.length > 0 && isOtherMarker(word) && epithetWord.test(next) && !particles.has(next)) {
      return 'is of a rank that is not read. Leave it out.'
    } else if (!authors && epithetWord.test(word) && !particles.has(word)) {
      if (words.some((one) => one !== hybridSign)) rank = 'subspecies'
      words.push(word)
    } else if (!authors && words.length === 0 && /\d/.test(word)) return 'names no one taxon. Leave it out.'
    else authors = true
  }
  return words.at(-1) === hybridSign ? 'is a hybrid formula, not a name. Leave it out.' : { words, rank }
}

/** Words for ranks that nothing here is asked of: without them a name would be taken for that of its species. */
function isOtherMarker(word: string): boolean {
  return /^\[.*\]$|^\p{Ll}+\.$|^(lusus|proles?|stirps|race|monstr|mut|grex|subf|α|β|γ)$/u.test(word)
}

function isCross(word: string): boolean {
  return word === hybridSign || word === 'x' || word === 'X'
}

function rankOfOneWord(genus: string, rank: string): ImportedRank {
  const said = rank.toLowerCase()
  if (said === 'family' || said === 'subfamily') return said
  if (said === 'genus') return 'genus'
  return genus.endsWith('aceae') ? 'family' : 'genus'
}

/** Ranks that rows may have and that nothing here is asked of: above the family, or between family, genus and species. */
const otherRanks =
  /^(domain|realm|super|sub|infra)?(kingdom|phylum|division|class|order|tribe|section|series|clade|legion|cohort)$|^(supertribe|superfamily|subgenus|infragenus|subtribe|subsection|subseries|cultivar|cultivar_group|unranked_above.*|supergeneric.*|infrageneric.*)$/

/** Ranks that a name of one word may have here. */
const oneWordRanks = /^(|genus|nothogenus|gen\.?|family|fam\.?|subfamily|(sub|infra)?species|sp\.?|var.*|form.*)$/

/** Whether a rank is one of those that are passed over; so is any rank that is not known of a name of one word. */
export function isOtherRank(rank: string, name: string): boolean {
  const said = rank.trim().toLowerCase().replace(/\s+/g, '_')
  const one = !name.trim().includes(' ') && !name.endsWith('aceae')
  return otherRanks.test(said) || (one && !oneWordRanks.test(said))
}

/** A name as taxa are told apart by: however its hybrid sign is written. */
export function plainKey(name: string): string {
  return name.replace(/×\s*/g, '')
}
