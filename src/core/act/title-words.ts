const plainLetters = /^[ -~]*$/

/**
 * Words of a title, each once and in the order of letters: signs, capitals and accents tell no two titles apart. Plain letters, which
 * most titles are of, need no folding.
 */
export function titleWords(title: string): readonly string[] {
  if (plainLetters.test(title)) return [...new Set(title.toLowerCase().match(/[a-z0-9]+/g) ?? [])].sort()
  const folded = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().normalize('NFC')
  return [...new Set(folded.match(/[\p{L}\p{N}]+/gu) ?? [])].sort()
}

/** A title by its words alone: rewritten with other signs or in another order it stays the same. */
export function normalTitle(title: string): string {
  return titleWords(title).join(' ')
}
