/** Kinds of signs of made goods, as bits: what `hintsIn` finds that a sign of that kind cannot do without. */
export const hints = {
  unit: 1,
  scale: 2,
  liquid: 4,
  part: 8,
  cloth: 16,
  model: 32,
  audience: 64,
  item: 128,
} as const

const behindNumber = hints.unit | hints.scale | hints.liquid | hints.part

/**
 * Kinds of signs that may stand in a text, in one walk through its letters: most texts have none, and are spared the search. What is
 * found may still be no sign; what is not found is none.
 */
export function hintsIn(text: string): number {
  let found = 0
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (isDigit(unit)) {
      let end = at + 1
      while (isDigit(text.charCodeAt(end))) end += 1
      if (end - at > 4) found |= hints.item
      found |= hintsBefore(text, at) | hintsBehind(text, end)
      at = end - 1
    } else if ((unit | 32) === x && isSizeBehindX(text.charCodeAt(at + 1))) found |= hints.cloth
    else if ((unit | 32) === f && isFor(text, at)) found |= hints.audience
  }
  return found
}

const [a, f, k, m, s, u, w, x, z] = Array.from('afkmsuwxz', (letter) => letter.charCodeAt(0)) as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
]
const hyphen = 45
const slash = 47
const colon = 58
/** Letters beyond ASCII that are an s or a k to a pattern that knows no case. */
const [longS, kelvin] = [0x17f, 0x212a]
/** No space and no letter of those patterns lies from here on, but for the last one. */
const firstIdeograph = 0x3001
const byteOrderMark = 0xfeff

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57
}

function isLetter(unit: number): boolean {
  return ((unit | 32) >= a && (unit | 32) <= z) || unit === longS || unit === kelvin
}

/** Whether a unit beyond ASCII may be a space, a dash or one of those letters. */
function isDoubtful(unit: number): boolean {
  return unit > 127 && (unit < firstIdeograph || unit === byteOrderMark)
}

/** What stands before a number: SPF 50, M8, W32, EU 42, a model's letters. */
function hintsBefore(text: string, at: number): number {
  const before = text.charCodeAt(at - 1)
  if (isDoubtful(before)) return hints.liquid | hints.cloth | hints.model
  let found = isLetter(before) || before === hyphen ? hints.model : 0
  if ((before | 32) === m) found |= hints.part
  if ((before | 32) === w) found |= hints.cloth
  const letter = before <= 32 ? text.charCodeAt(at - 2) : before
  if ((letter | 32) === f) found |= hints.liquid
  if ((letter | 32) === u || (letter | 32) === k || (letter | 32) === s || isDoubtful(letter)) found |= hints.cloth
  return found
}

/** What stands behind a number: 5 V, 1:32, 30 ml, 2019-2023, 12ab3. */
function hintsBehind(text: string, end: number): number {
  const after = text.charCodeAt(end)
  if (isDoubtful(after)) return behindNumber | hints.model
  const found = isLetter(after) || after === hyphen ? hints.model : 0
  const next = after <= 32 ? end + 1 : end
  const letter = text.charCodeAt(next)
  if (isDoubtful(letter)) return found | behindNumber
  if (letter === colon || letter === slash) return found | hints.scale
  if (letter === hyphen) return found | hints.part
  return found | unitHints(letter, text.charCodeAt(next + 1))
}

/** The first two letters of what `signs.ts` counts in, and of liquids and doses. */
const unitStarts = startsOf('ma wh gh mh kh kw gb tb mb rp ps bt dp fp vd va vo wa lu am aw mp hz')
const liquidStarts = startsOf('ml fl mg mc iu ta ca so')

function startsOf(list: string): ReadonlySet<number> {
  return new Set(list.split(' ').map((pair) => startOf(pair.charCodeAt(0), pair.charCodeAt(1))))
}

function startOf(first: number, second: number): number {
  return ((first | 32) << 8) | second | 32
}

function unitHints(first: number, second: number): number {
  if (!isLetter(first)) return 0
  if (isDoubtful(second)) return hints.unit | hints.liquid
  // A unit of one letter: 5 V, 60 W.
  if (!isLetter(second)) return hints.unit
  const start = startOf(first, second)
  return (unitStarts.has(start) ? hints.unit : 0) | (liquidStarts.has(start) ? hints.liquid : 0)
}

function isSizeBehindX(unit: number): boolean {
  const letter = unit | 32
  return letter === x || letter === s || letter === l || unit === longS
}

const [l, o, r, space] = Array.from('lor ', (letter) => letter.charCodeAt(0)) as [number, number, number, number]

function isFor(text: string, at: number): boolean {
  return (
    (text.charCodeAt(at + 1) | 32) === o && (text.charCodeAt(at + 2) | 32) === r && text.charCodeAt(at + 3) === space
  )
}
