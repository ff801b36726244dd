import type { Article } from '../parcel/articles.ts'
import type { Folded } from './fold.ts'
import { type Marks, unknownWord } from './scan.ts'
import type { Term } from './terms.ts'

/** A description as it was scanned. */
interface Scanned {
  readonly text: string
  readonly marks: Marks
  readonly room: Folded
  readonly termOf: (number: number) => Term
}

/**
 * Whether a word with a capital that is no term, or a colour, stands behind a plant's name ("Marchew Nantejska", "буряк Червона
 * куля"): vegetables are sown, and not eaten, by the names of their cultivars. Only in languages that put the name first, and not
 * where every word has its capital.
 */
export function cultivarBehind(scanned: Scanned, mark: number): boolean {
  const { marks, termOf } = scanned
  const next = mark + 1
  if (next >= marks.count || marks.part[next] !== marks.part[mark]) return false
  if (!termOf(marks.term[mark] as number).headFirst) return false
  const number = marks.term[next] as number
  const mayName = number === unknownWord || (number >= 0 && isOnlyColour(termOf(number)))
  return mayName && /^\p{Lu}\p{Ll}{2}/u.test(lettersFrom(scanned, next)) && !isTitleCase(scanned.text)
}

/**
 * Takes back the reading of a capitalised word behind a plant's name as a misspelt word of something else: "Огурец Кураж" is a
 * cultivar, no misspelt курага.
 */
export function keepCultivars(scanned: Scanned): void {
  const { marks, termOf, text } = scanned
  for (let mark = 1; mark < marks.count; mark += 1) {
    if ((marks.meant[mark] as number) < 0 || marks.part[mark] !== marks.part[mark - 1]) continue
    const before = marks.term[mark - 1] as number
    if (before < 0 || (marks.meant[mark - 1] as number) >= 0) continue
    const { name, headFirst } = termOf(before)
    if (name === null || !name.fresh || !headFirst || isTitleCase(text)) continue
    if (!/^\p{Lu}\p{Ll}{2}/u.test(lettersFrom(scanned, mark))) continue
    const read = termOf(marks.term[mark] as number)
    if (
      (read.form !== null && !harmless.includes(read.form)) ||
      read.name?.taxa.some((taxon) => name.taxa.includes(taxon)) === true
    )
      continue
    marks.term[mark] = unknownWord
    marks.meant[mark] = -1
  }
}

/** Forms that a cultivar must not be misread as. */
const harmless: readonly Article[] = ['dried-plant-product', 'processed-plant-product']

function isOnlyColour(term: Term): boolean {
  return term.attribute === 'look' && !term.plantish && term.goodsStrength === 0 && term.process === null
}

function lettersFrom({ text, marks, room }: Scanned, mark: number): string {
  const from = room.from[marks.start[mark] as number] as number
  return text.slice(from, from + 3)
}

/** Whether a text of three words and more writes each of them with a capital. */
function isTitleCase(text: string): boolean {
  const words = text.match(/\p{L}{3,}/gu) ?? []
  return words.length > 2 && words.every((word) => /^\p{Lu}/u.test(word))
}
