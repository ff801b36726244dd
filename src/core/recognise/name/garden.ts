import { isOf, nameCapital } from './letters.ts'

/** What names of cultivated plants have besides a scientific name, and where the scientific name ends. */
export interface Garden {
  readonly cultivar: string | null
  readonly group: string | null
  readonly end: number
  /** Where the rest after the cultivar begins. */
  readonly rest: number
}

const longestEpithet = 60
const nothing = { cultivar: null, group: null }

/**
 * Looks for a cultivar epithet in quotes or after "cv." (ICNCP article 14) and for a cultivar-group (article 15), each after
 * the first word. A quote that is never closed, and "'t" before an author, begin no epithet.
 */
export function gardenName(text: string): Garden {
  if (!mayBeGarden.test(text)) return { ...nothing, end: text.length, rest: text.length }
  const found = quoted(text)
  const group = found === null ? null : grouped(text.slice(0, found.end))
  if (found !== null) return group === null ? found : { ...found, group: group.group, end: group.end }
  return afterSign(text) ?? grouped(text) ?? { ...nothing, end: text.length, rest: text.length }
}

const mayBeGarden = /['"]|\bcv|Group\b|\bGp\b/

function quoted(text: string): Garden | null {
  for (let at = text.search(/['"]/); at >= 0 && at < text.length; at += 1) {
    const quote = text.charAt(at)
    if (quote !== "'" && quote !== '"') continue
    if (at < 2 || !' (.'.includes(text.charAt(at - 1)) || text.slice(at - 3, at) === 'as ') continue
    const double = text.startsWith("''", at)
    const from = double ? at + 2 : at + 1
    const to = closingQuote(text, from, quote)
    if (to < 0 || to - from > longestEpithet) continue
    const epithet = text.slice(from, to).trim()
    const rest = to + (double && text.startsWith("''", to) ? 2 : 1)
    if (epithet.length < 2 || /^(?:t|s) /.test(epithet) || !/\p{L}/u.test(epithet)) continue
    if (quote === '"' && rest < text.length) continue
    return { cultivar: epithet, group: null, end: signBefore(text, at), rest }
  }
  return null
}

/** A quote inside a word is an apostrophe: 'Jack O'Lantern', 'Hens' Delight'. */
function closingQuote(text: string, from: number, quote: string): number {
  for (let at = from + 1; at < text.length && at - from <= longestEpithet; at += 1) {
    if (text.charAt(at) === quote && !/[\p{L}\p{N}]/u.test(text.charAt(at + 1))) return at
  }
  return -1
}

/** Where the name ends before a quote: "cv." before it belongs to the quote. */
function signBefore(text: string, at: number): number {
  const before = /(?: \(?cv\.?)? ?\(?$/.exec(text.slice(Math.max(0, at - 8), at))
  return at - (before?.[0].length ?? 0)
}

function afterSign(text: string): Garden | null {
  const match = /^(.+?) \(?(?:cvs?\.|cv(?= )|cultivar(?= )) ?/.exec(text.slice(0, 400))
  if (match === null) return null
  const [whole, before = ''] = match
  const epithet = /^[^,;()[\]×]{1,60}/.exec(text.slice(whole.length))?.[0].trim() ?? ''
  if (epithet === '') return { ...nothing, end: before.length, rest: text.length }
  return { cultivar: epithet, group: null, end: before.length, rest: whole.length + epithet.length }
}

/** "Brassica oleracea Capitata Group", "(Cristata Group)". */
function grouped(text: string): Garden | null {
  const match = / \(?((?:[\p{Lu}][\p{L}-]+ ){1,3})(?:Group|Gp)\b\)?/u.exec(text.slice(0, 400))
  if (match === null || !isOf(text, 0, nameCapital)) return null
  return {
    cultivar: null,
    group: `${(match[1] as string).trim()} Group`,
    end: match.index,
    rest: match.index + match[0].length,
  }
}
