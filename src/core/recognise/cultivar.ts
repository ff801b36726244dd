/**
 * Where the cultivar epithets of a description stand, as pairs of UTF-16 offsets without the quotes; null where there are none.
 * Single quotes and a capital (or a sign without case) after a word, as the International Code of Nomenclature for Cultivated
 * Plants (article 14.1) has them: "Antirrhinum majus 'Northern Lights'".
 */
export function cultivarEpithets(text: string): readonly (readonly [from: number, to: number])[] | null {
  if (!mayQuote.test(text)) return null
  const found = Array.from(text.matchAll(epithet), (match): readonly [number, number] => {
    const from = match.index + 1
    return [from, from + (match[1] as string).length]
  })
  return found.length === 0 ? null : found
}

const mayQuote = /['\u2018]/
const epithet = /(?<=[\p{L}\p{M}.)] )['\u2018]([\p{Lu}\p{Lo}][^'\u2018\u2019]{1,40})['\u2019](?![\p{L}\p{M}\p{N}])/gu
