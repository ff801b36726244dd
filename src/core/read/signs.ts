const signs: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  times: '×',
  dagger: '†',
  szlig: 'ß',
  AElig: 'Æ',
  aelig: 'æ',
  OElig: 'Œ',
  oelig: 'œ',
  eth: 'ð',
  thorn: 'þ',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  hellip: '…',
  bull: '•',
  middot: '·',
  trade: '™',
  reg: '®',
  copy: '©',
  deg: '°',
}

/** Names of letters with an accent are made of the letter and the accent: `&eacute;`. */
const accents: Readonly<Record<string, string>> = {
  acute: '\u0301',
  grave: '\u0300',
  circ: '\u0302',
  uml: '\u0308',
  tilde: '\u0303',
  cedil: '\u0327',
  ring: '\u030a',
  caron: '\u030c',
}

/** The letter that HTML names so (`eacute`, `times`), or null. */
export function namedSign(name: string): string | null {
  const found = Object.hasOwn(signs, name) ? signs[name] : undefined
  if (found !== undefined) return found
  if (/^[a-z]slash$/i.test(name)) return name.startsWith('O') ? 'Ø' : 'ø'
  const accent = Object.hasOwn(accents, name.slice(1)) ? accents[name.slice(1)] : undefined
  return accent === undefined ? null : (name.charAt(0) + accent).normalize('NFC')
}

/** Whether a number is that of a letter or sign: no control character and no half of a pair. */
export function isLetterCode(code: number): boolean {
  return code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
}
