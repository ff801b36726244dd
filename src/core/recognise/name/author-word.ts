import { apostrophe, authorCapital, authorSmall, dash, digit, fullStop, isOf, kindOf, space } from './letters.ts'

/** The letters up to a blank: short words only. */
export function wordAt(text: string, at: number): string {
  let end = at
  while (end < text.length && end - at < 12 && text.charCodeAt(end) !== space) end += 1
  return text.slice(at, end)
}

/** Words that stand before the names of authors. */
export const prefixes: ReadonlySet<string> = new Set(
  (
    'ab af bis da das degli der des den del della delle dello de di do dos du e el i la las le les los ten ter van vander vande von v vom zu zum zur ' +
    "y d' 't in't an auf dem te het op"
  ).split(' '),
)

/** Whether a word stands before the names of authors: de, van der, von. */
export function isPrefix(word: string): boolean {
  return prefixes.has(word)
}

/** End of a word that stands before a name, -1 when there is none. It must be followed by a name or another such word. */
export function readPrefix(text: string, at: number): number {
  if (!isOf(text, at, authorSmall) && text.charCodeAt(at) !== apostrophe) return -1
  if (text.charCodeAt(at + 1) === fullStop) {
    const short = /^v\. ?d\. ?/.exec(text.slice(at, at + 6)) ?? /^v\. ?(?=\p{Lu})/u.exec(text.slice(at, at + 5))
    return short === null ? -1 : at + short[0].trimEnd().length
  }
  const word = wordAt(text, at)
  if (!prefixes.has(word)) return -1
  const next = at + word.length + 1
  if (isOf(text, next, authorCapital) || text.charCodeAt(next) === apostrophe) return at + word.length
  return isNameFollowing(text, next) ? at + word.length : -1
}

/** Whether a name comes after one or two more words of this kind, or after "d'" or "l'". */
function isNameFollowing(text: string, at: number): boolean {
  let next = at
  for (let step = 0; step < 3; step += 1) {
    const word = wordAt(text, next)
    if (/^(?:d|l|t|duP|de[A-Z])'?\p{Lu}/u.test(word)) return true
    if (!prefixes.has(word) && !/^(?:d|dem|v|d\.|v\.)$/.test(word)) return false
    next += word.length + 1
    if (isOf(text, next, authorCapital)) return true
  }
  return false
}

const glued =
  /^(?:[dDlLOMtT]|Mc|Mac|in|van)'(?=\p{L})|^(?:du|de|le|la|van|von|ter|den|der|di|da)(?=\p{Lu}\p{Ll})|^'t |^(?:der|dem)(?= \p{Lu})/u

/** End of one word of a name: Linnaeus, L., McLeod, H.-J.Wolff, O'Brien, ARNOTT; -1 when there is none. */
export function readAuthorWord(text: string, at: number): number {
  const plain =
    isOf(text, at, authorCapital) && text.charCodeAt(at + 1) !== apostrophe && !/^Ma?c'/.test(text.slice(at, at + 4))
  const before = plain ? null : glued.exec(text.slice(at, at + 6))
  let next = before === null ? at : at + before[0].length
  if (isLost(text, at)) next = at + 1
  else if (!isOf(text, next, authorCapital) && !(before !== null && isOf(text, next, authorSmall))) return -1
  next = lettersEnd(text, next)
  if (text.charCodeAt(next) === fullStop) next += 1
  while (text.charCodeAt(next) === dash && isOf(text, next + 1, authorCapital | authorSmall)) {
    next = lettersEnd(text, next + 1)
    if (text.charCodeAt(next) === fullStop) next += 1
  }
  // A code with digits is no name.
  return isOf(text, next, digit) ? -1 : next
}

/** A capital that was lost on the way: ?imek. */
function isLost(text: string, at: number): boolean {
  return text.charCodeAt(at) === 63 && /^\?\p{Ll}+\./u.test(text.slice(at, at + 16))
}

/** Letters, with apostrophes between them. */
function lettersEnd(text: string, at: number): number {
  let next = at
  for (; next < text.length; next += 1) {
    const unit = text.charCodeAt(next)
    if ((kindOf(unit) & (authorCapital | authorSmall)) !== 0) continue
    // A letter that was lost on the way: M?ller, Wei?.
    if (unit === 63 && next > at && !(text.charCodeAt(next + 1) === 93)) continue
    if (unit !== apostrophe || !isOf(text, next + 1, authorCapital | authorSmall)) break
  }
  return next
}
