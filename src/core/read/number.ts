const plain = /^[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[+-]?\d+)?$/i
/** One to three digits, a comma, three digits: a thousand and more to some writers, one and a part to others. */
const twoReadings = /^[+-]?[1-9]\d{0,2},\d{3}$/

/** The number a text tells, with a point or a comma before its decimals; null where it tells none or could mean two. */
export function numberIn(text: string): number | null {
  if (isBare(text)) return Number(text)
  const bare = text.trim()
  if (!plain.test(bare) || isAmbiguous(bare)) return null
  const number = Number(bare.replace(',', '.'))
  return Number.isFinite(number) ? number : null
}

/** Whether a text is nothing but digits, with a point between two of them at most: most numbers are written so. */
function isBare(text: string): boolean {
  if (text.length > 15) return false
  let digits = 0
  let points = 0
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit >= 48 && unit <= 57) digits += 1
    else if (unit === 46 && digits > 0 && points === 0 && at < text.length - 1) points += 1
    else return false
  }
  return digits > 0
}

/** Whether a text is a number that writers of different countries read differently. */
export function isAmbiguous(text: string): boolean {
  return twoReadings.test(text.trim())
}
