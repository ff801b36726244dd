import type { Folded } from './fold.ts'
import type { Marks } from './scan.ts'
import type { TermStore } from './term-store.ts'

/**
 * Gives each mark the term as it is spelled in the text. Where two words or more, or one of several syllables, are written with
 * the accents of a language that has them typed all or none, its words of one syllable are no longer guessed: "khác nhau" is no nhàu.
 */
export function chooseSpellings(marks: Marks, { from }: Folded, text: string, store: TermStore): void {
  let [once, twice] = [0, 0]
  const lettersOf = (mark: number): string =>
    text.slice(from[marks.start[mark] as number] as number, (from[(marks.end[mark] as number) - 1] as number) + 1)
  for (let mark = 0; mark < marks.count; mark += 1) {
    const term = marks.term[mark] as number
    if (term < 0 || marks.meant[mark] !== -1 || !store.mayBeToned(term) || isPlain(text, marks, mark, from)) continue
    const letters = lettersOf(mark)
    const own = store.accentedIn(term, letters)
    twice |= letters.includes(' ') ? own : once & own
    once |= own
  }
  for (let mark = 0; mark < marks.count; mark += 1) {
    const term = marks.term[mark] as number
    if (term < 0 || marks.meant[mark] !== -1) continue
    const plain = isPlain(text, marks, mark, from)
    if (twice !== 0 && (!plain || store.mayBeToned(term)))
      marks.term[mark] = store.spelledStrictly(term, lettersOf(mark), twice)
    else if (!plain) marks.term[mark] = store.spelled(term, lettersOf(mark))
  }
}

/** Whether the letters of a mark have no accents: most have none. */
function isPlain(text: string, marks: Marks, mark: number, from: Folded['from']): boolean {
  const last = from[(marks.end[mark] as number) - 1] as number
  for (let at = from[marks.start[mark] as number] as number; at <= last; at += 1)
    if (text.charCodeAt(at) >= 0xc0) return false
  return true
}
