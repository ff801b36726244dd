import { latinAuthors } from './latin-authors.ts'
import { isOf, looksLatin, nameCapital, nameSmall } from './letters.ts'
import { ranksBelowSpecies } from './ranks.ts'

/** What is known of words, so that a name in small letters is told from other words in small letters. */
export interface Familiar {
  /** Whether a scientific name in small letters is known: a genus, or genus and epithet. */
  readonly isName: (name: string) => boolean
  /** Whether a word or several in small letters are known as something else than a scientific name. */
  readonly isOrdinary: (words: string) => boolean
  /** Whether a word in small letters is one of trade, and no name: seeds, plant, fresh, dress. */
  readonly isOfTrade: (word: string) => boolean
  /** Whether several words in small letters are, as a whole, a common name of something in a genus. */
  readonly isOfGenus: (words: string, genus: string) => boolean
}

/** Knows nothing: only words that no other language has are then taken for names. */
export const stranger: Familiar = {
  isName: () => false,
  isOrdinary: () => false,
  isOfTrade: () => false,
  isOfGenus: () => false,
}

const capitalStart = /^×? ?\p{Lu}/u
const anySmall = /(?:^|[^×])\p{Ll}/u
const anyCapital = /\p{Lu}/u
const shoutedGenus = /^\p{Lu}{3,} \p{Ll}{3}/u

/**
 * A name in the case that the codes ask for: Rosa canina for rosa canina, ROSA CANINA and Rosa Canina. Null where the case is
 * right already, or where nothing tells that the words are a scientific name. The length stays the same.
 */
export function mendCase(text: string, familiar: Familiar): string | null {
  if (isSettled(text)) return null
  const begins = capitalStart.test(text)
  if (begins && anySmall.test(text) && !shoutedGenus.test(text)) return titleCase(text, familiar)
  if (!anySmall.test(text) && !anyCapital.test(text)) return null
  const words = small(text).split(' ')
  const at = words[0] === '×' ? 1 : 0
  if (!isName(words, at, familiar)) return null
  return cased(words, at, { familiar, shouted: !anySmall.test(text), given: text.split(' ') })
}

/** "Rosa c…": a capital and small letters, then a word that is in small letters or begins no second name. */
function isSettled(text: string): boolean {
  if (!isOf(text, 0, nameCapital) || !isOf(text, 1, nameSmall)) return false
  const blank = text.indexOf(' ')
  return blank < 0 || !isOf(text, blank + 1, nameCapital) || !isOf(text, blank + 2, nameSmall)
}

function small(text: string): string {
  return Array.from(text, smallUnit).join('')
}

function smallUnit(unit: string): string {
  const lower = unit.toLowerCase()
  return lower.length === unit.length ? lower : unit
}

function capital(word: string): string {
  const at = word.search(/[\p{Ll}]/u)
  if (at < 0) return word
  const upper = word.charAt(at).toUpperCase()
  return upper.length === 1 ? word.slice(0, at) + upper + word.slice(at + 1) : word
}

/** "Rosa Canina": only where the two words are known as a name. */
function titleCase(text: string, { isName }: Familiar): string | null {
  const match = /^(×? ?\p{Lu}[\p{Ll}-]+ ×? ?)(\p{Lu}[\p{Ll}-]{2,})(?=$|[ ,(])/u.exec(text)
  if (match === null) return null
  const [whole, before = '', second = ''] = match
  if (!isName(small(`${before.replaceAll('×', '').trim()} ${second}`))) return null
  return before + small(second) + text.slice(whole.length)
}

/** Endings that words of living languages hardly have. */
const onlyLatin = /(?:us|um|ii|ae|ensis|ense|oides|opsis|orum|arum|ifolia|iflora|icola|phyton|ytum)$/

/** Whether words in small letters are a scientific name. */
function isName(words: readonly string[], at: number, { isName: known, isOrdinary, isOfGenus }: Familiar): boolean {
  const genus = bare(words[at] ?? '')
  const second = words[at + 1] === '×' ? words[at + 2] : words[at + 1]
  if (genus.length < 3 || !/^\p{Ll}+(?:-\p{Ll}+)?$/u.test(genus)) return false
  if (second === undefined) return known(genus) && !isOrdinary(genus)
  const epithet = bare(second)
  if (known(`${genus} ${epithet}`)) return true
  if (!known(genus)) return words.length < 4 && onlyLatin.test(epithet) && looksLatin(genus) && !isOrdinary(genus)
  if (openSign.test(second)) return true
  // Common names of cultivars hold the genus: monstera thai constellation.
  if (words.length - at > 2 && isOfGenus(words.join(' '), genus)) return true
  if (isOrdinary(genus) && !/^['"]/.test(second)) return onlyLatin.test(epithet)
  return (
    goesOn(second, epithet) ||
    (looksLatin(epithet) && !isOrdinary(epithet)) ||
    isCultivar(words.slice(at + 1), isOrdinary)
  )
}

const openSign = /^(?:spp?\.?|cf\.?|aff\.?|cv\.?)$/

/** What may follow a genus and is no epithet: authors, quotes, brackets. */
function goesOn(second: string, word: string): boolean {
  return (
    /^(?:mix(?:ed)?|hybrids?)$/.test(second) || /^['"(]/.test(second) || /^\p{Ll}{1,9}\.$/u.test(second) || word === ''
  )
}

/** Two to four words that mean nothing else: Thai Constellation. */
function isCultivar(words: readonly string[], isOrdinary: Familiar['isOrdinary']): boolean {
  if (words.length < 2 || words.length > 4) return false
  return words.every((word) => /^\p{Ll}[\p{Ll}'-]+$/u.test(word) && !isOrdinary(word)) && !isOrdinary(words.join(' '))
}

function bare(word: string): string {
  return word.replace(/[.,;]+$/, '')
}

interface Case {
  readonly familiar: Familiar
  readonly shouted: boolean
  readonly given: readonly string[]
}

const joining: ReadonlySet<string> = new Set(
  'ex et and in × x f. cf. cf sp. sp spp. spp aff. nr. cv. cv mix mixed hybrid hybrids de von van der la du el y'.split(
    ' ',
  ),
)

/** Puts each word in its case: the genus with a capital, epithets small, authors and cultivars with capitals. */
function cased(words: readonly string[], start: number, { familiar, shouted, given }: Case): string {
  const epithet = words[start + 1] === '×' ? start + 2 : start + 1
  let quoted = false
  const name = `${bare(words[start] ?? '')} ${bare(words[epithet] ?? '')}`
  const scientific = familiar.isName(name) || looksLatin(bare(words[epithet] ?? ''))
  return words
    .map((word, at) => {
      if (at < start) return word
      if (at === start) return capital(word)
      quoted ||= /^['"]/.test(word)
      const inQuotes = quoted
      if (/['"][.,)]*$/.test(word)) quoted = false
      if (inQuotes) return shouted ? capital(word) : (given[at] as string)
      if (joining.has(word) || isRank(word)) return word
      if (at === epithet) return scientific && !word.endsWith('.') ? word : capital(word)
      const below = isRank(words[at - 1] ?? '') || (scientific && looksLatin(word) && !latinAuthors.has(capital(word)))
      return below ? word : capital(word)
    })
    .join(' ')
}

function isRank(word: string): boolean {
  return word.length > 1 && ranksBelowSpecies.has(word.replace(/\.$/, '')) && (word.endsWith('.') || word.length > 2)
}
