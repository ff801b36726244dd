/** Sentences by key, with slots as {name}: `knowledge/words/<lang>.yaml`. */
export type Words = Readonly<Record<string, string>>

/**
 * The sentence of a key with its slots filled. A slot value that begins with `@` is itself a key. A missing sentence shows its
 * key, so that nothing is silently lost.
 */
export function say(words: Words, key: string, slots: Readonly<Record<string, string>> = {}): string {
  const sentence = Object.hasOwn(words, key) ? (words[key] as string) : key
  const pieces = piecesOf(sentence)
  let said = pieces[0] as string
  for (let at = 1; at < pieces.length; at += 2) {
    const value = slots[pieces[at] as string] ?? ''
    said += slotText(words, value) + (pieces[at + 1] as string)
  }
  return said
}

function slotText(words: Words, value: string): string {
  if (!value.startsWith('@')) return value
  const key = value.slice(1)
  // What was declared may begin with @ too: it is no key, and stands as it is.
  return Object.hasOwn(words, key) ? (words[key] as string) : value
}

const cut = new Map<string, readonly string[]>()

/** A sentence cut at its slots: text, slot, text, slot … text. Each sentence is cut once. */
function piecesOf(sentence: string): readonly string[] {
  const known = cut.get(sentence)
  if (known !== undefined) return known
  const pieces = sentence.split(/\{(\w+)\}/)
  if (cut.size < 5000) cut.set(sentence, pieces)
  return pieces
}
