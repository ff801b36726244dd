/**
 * Characters that no reader sees or that move what a reader sees: controls, overrides of direction, blanks without width, tags,
 * halves of characters. The joiners that Indic scripts, Persian and emoji need are not among them.
 */
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /\r\n|[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e00ff}]|\p{Cs}/gu

/** The text with every unseen character shown: what cannot be seen can neither steer a terminal nor turn letters around. */
export function visible(text: string): string {
  return text.replace(unseen, shown)
}

function shown(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code === 0x0a || code === 0x0d) return '↵'
  if (code === 0x09) return ' '
  return `⟨${code.toString(16).toUpperCase().padStart(4, '0')}⟩`
}
