const irregular: Readonly<Record<string, string>> = {
  foot: 'feet',
  tooth: 'teeth',
  goose: 'geese',
  mouse: 'mice',
  child: 'children',
  man: 'men',
  woman: 'women',
  ox: 'oxen',
  cactus: 'cacti',
  fungus: 'fungi',
  leaf: 'leaves',
  loaf: 'loaves',
  knife: 'knives',
  wife: 'wives',
  life: 'lives',
  shelf: 'shelves',
  half: 'halves',
  calf: 'calves',
  wolf: 'wolves',
  scarf: 'scarves',
  hoof: 'hooves',
  thief: 'thieves',
  sheaf: 'sheaves',
  elf: 'elves',
}

/** The English plural of a folded text, made of its last word; null when that word has none or is one already. */
export function englishPlural(text: string): string | null {
  const at = text.lastIndexOf(' ') + 1
  const word = text.slice(at)
  if (!/^[a-z]{3,}$/.test(word)) return null
  const plural = pluralOf(word)
  return plural === null ? null : text.slice(0, at) + plural
}

function pluralOf(word: string): string | null {
  for (const [one, many] of Object.entries(irregular)) {
    if (word === one || (one.length > 3 && word.endsWith(one))) return word.slice(0, word.length - one.length) + many
  }
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`
  if (/(?:ss|us|is|x|z|ch|sh)$/.test(word)) return `${word}es`
  if (word.endsWith('s')) return null
  if (/(?:tomat|potat|mang|her|ech)o$/.test(word)) return `${word}es`
  return `${word}s`
}
