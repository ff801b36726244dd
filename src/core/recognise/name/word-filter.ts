/** Whether the letters from `from` to `to` may be one of some words: by first letter and length, without cutting them out. */
export type MayBe = (text: string, from: number, to: number) => boolean

/** Makes a quick filter for words of at most 30 letters. What it lets pass is looked up; most words of a text do not pass. */
export function wordFilter(words: Iterable<string>): MayBe {
  const lengths = new Int32Array(1024)
  for (const word of words) {
    const unit = word.charCodeAt(0)
    lengths[unit] = (lengths[unit] as number) | (1 << word.length)
  }
  return (text, from, to) => {
    const unit = text.charCodeAt(from)
    return to - from < 31 && unit < 1024 && ((lengths[unit] as number) & (1 << (to - from))) !== 0
  }
}
