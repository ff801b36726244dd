import { pinyin } from 'pinyin-pro'

/** Latin letters for Cyrillic ones in the two ways that sellers write them: `ya, yu, y` and `ja, ju, j`. */
const shared: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  ґ: 'g',
  д: 'd',
  е: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  і: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
}
const ways: readonly Readonly<Record<string, string>>[] = [
  { ...shared, й: 'y', ё: 'yo', х: 'kh', ю: 'yu', я: 'ya', є: 'ye', ї: 'yi' },
  { ...shared, й: 'j', ё: 'e', х: 'h', ц: 'c', ю: 'ju', я: 'ja', є: 'je', ї: 'ji' },
  { ...shared, й: 'i', ё: 'e', х: 'h', ю: 'yu', я: 'ya', є: 'e', ї: 'i' },
]

/** Spellings of a Cyrillic text in Latin letters; none for a text in other letters. Ukrainian г is h and и is y. */
export function latinSpellings(text: string, language: string): string[] {
  if (!/^[\u0400-\u04ff ]+$/.test(text)) return []
  const own: Readonly<Record<string, string>> = language === 'uk' ? { г: 'h', и: 'y' } : {}
  return [...new Set(ways.map((way) => Array.from(text, (letter) => own[letter] ?? way[letter] ?? letter).join('')))]
}

/** A Chinese text in pinyin without tones: as one word, and by syllables. None for a text that is not all Chinese letters. */
export function pinyinSpellings(text: string): string[] {
  if (!/^[\u4e00-\u9fff]{2,8}$/.test(text)) return []
  const syllables = pinyin(text, { toneType: 'none', type: 'array', v: true })
  return [syllables.join(''), syllables.join(' ')]
}
