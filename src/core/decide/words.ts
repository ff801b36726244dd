/** Sentences by key, with slots as {name}: `knowledge/words/<lang>.yaml`. */
export type Words = Readonly<Record<string, string>>

/**
 * The sentence of a key with its slots filled. A slot value that begins with `@` is itself a key. A missing sentence shows its
 * key, so that nothing is silently lost.
 */
export function say(words: Words, key: string, slots: Readonly<Record<string, string>> = {}): string {
  const sentence = words[key] ?? key
  if (!sentence.includes('{')) return sentence
  return sentence.replace(/\{(\w+)\}/g, (_, slot: string) => {
    const value = slots[slot] ?? ''
    return value.startsWith('@') ? (words[value.slice(1)] ?? value.slice(1)) : value
  })
}
