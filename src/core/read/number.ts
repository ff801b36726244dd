const plain = /^[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[+-]?\d+)?$/i
/** One to three digits, a comma, three digits: a thousand and more to some writers, one and a part to others. */
const twoReadings = /^[+-]?[1-9]\d{0,2},\d{3}$/

/** The number a text tells, with a point or a comma before its decimals; null where it tells none or could mean two. */
export function numberIn(text: string): number | null {
  const bare = text.trim()
  if (!plain.test(bare) || isAmbiguous(bare)) return null
  const number = Number(bare.replace(',', '.'))
  return Number.isFinite(number) ? number : null
}

/** Whether a text is a number that writers of different countries read differently. */
export function isAmbiguous(text: string): boolean {
  return twoReadings.test(text.trim())
}
