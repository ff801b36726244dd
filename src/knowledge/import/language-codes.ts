/** Three-letter codes and English names of languages by their two-letter codes. */
const others: Readonly<Record<string, readonly string[]>> = {
  en: ['eng', 'english'],
  zh: ['zho', 'chi', 'cmn', 'chinese', 'mandarin', 'mandarin chinese'],
  es: ['spa', 'spanish'],
  fr: ['fra', 'fre', 'french'],
  de: ['deu', 'ger', 'german'],
  pt: ['por', 'portuguese'],
  it: ['ita', 'italian'],
  nl: ['nld', 'dut', 'dutch'],
  pl: ['pol', 'polish'],
  ru: ['rus', 'russian'],
  uk: ['ukr', 'ukrainian'],
  tr: ['tur', 'turkish'],
  ja: ['jpn', 'japanese'],
  ko: ['kor', 'korean'],
  ar: ['ara', 'arabic'],
  hi: ['hin', 'hindi'],
  vi: ['vie', 'vietnamese'],
  th: ['tha', 'thai'],
  id: ['ind', 'indonesian'],
}
const known = new Map(Object.entries(others).flatMap(([code, names]) => names.map((name) => [name, code] as const)))

/** The two-letter code of a language however it is written; other languages stay as they are. */
export function languageCode(written: string): string {
  const plain = written.trim().toLowerCase()
  return known.get(plain) ?? (/^[a-z]{2}([-_]|$)/.test(plain) ? plain.slice(0, 2) : plain)
}
