const weights = [8, 6, 4, 2, 3, 5, 9, 7]

/**
 * Whether an S10 identifier (UPU S10) has the right form and check digit: two letters, eight digits, a check digit and two
 * letters. Null when the text is not of that form at all.
 */
export function s10CheckDigitFits(text: string): boolean | null {
  const id = text.trim().toUpperCase()
  if (!/^[A-Z]{2}\d{9}[A-Z]{2}$/.test(id)) return null
  let sum = 0
  for (let at = 0; at < 8; at += 1) sum += (id.charCodeAt(at + 2) - 48) * (weights[at] as number)
  const check = 11 - (sum % 11)
  return (check === 10 ? 0 : check === 11 ? 5 : check) === id.charCodeAt(10) - 48
}
