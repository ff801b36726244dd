import type { NumberFact, State } from '../parcel/state.ts'

/** Words that turn a number into a fact: `knowledge/policy/units.yaml`. Keys are lower case. */
export type UnitWords = Readonly<Record<string, { readonly fact: NumberFact | 'length'; readonly times: number }>>

const number = /(\d{1,6}(?:[.,]\d{1,3})?)\s*[-x×]?\s*(\p{L}{1,12}\.?)/gu
const stemWords = /stem|trunk|caliper|calliper|diameter|girth|ø|tronc|tige|stamm|durchmesser|tallo|tronco|直径|胸径/iu
const heightWords = /height|tall|high|hauteur|höhe|alto|altura|高/iu

/** "3 boxes of 24" and "3 x 24": what follows is counted several times. */
const manyTimes = /\d\s*(?:[x×*]|\p{L}{1,12}\s+(?:of|with|à|de|di|von|mit|van|met|med))\s*$/iu

/**
 * Numbers a description tells: pieces, grams, years, and lengths where a word says what they measure. A length without such
 * a word says nothing, and neither do packets that are counted several times: a limit would be taken for kept.
 */
export function numbersIn(description: string, words: UnitWords): Partial<State> {
  const told: { -readonly [K in NumberFact]?: number } = {}
  if (!/\d/u.test(description)) return told
  const text = description.slice(0, 2000)
  number.lastIndex = 0
  for (let match = number.exec(text); match !== null; match = number.exec(text)) {
    const value = Number((match[1] as string).replace(',', '.'))
    const word = (match[2] as string).toLowerCase().replace('.', '')
    const unit = Object.hasOwn(words, word) ? words[word] : undefined
    if (unit === undefined || !Number.isFinite(value)) continue
    if (unit.fact === 'packets' && manyTimes.test(text.slice(Math.max(0, match.index - 24), match.index))) continue
    if (unit.fact !== 'length') told[unit.fact] ??= value * unit.times
    else {
      const around = text.slice(Math.max(0, match.index - 24), match.index + match[0].length + 24)
      if (stemWords.test(around)) told.stemMillimetres ??= value * unit.times
      else if (heightWords.test(around)) told.heightCentimetres ??= (value * unit.times) / 10
    }
  }
  return told
}
