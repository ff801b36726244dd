import { type Draft, note } from './draft.ts'
import { hybridSign, space } from './letters.ts'
import { blankEnd, type Piece, type Single } from './pieces.ts'
import { readSingle } from './single.ts'
import { readEpithet } from './word.ts'

/** The other parents of a hybrid formula; returns where it ends. */
export function readFormula(draft: Draft, text: string, first: Single): number {
  let before = first
  for (let end = first.end; ; ) {
    const sign = blankEnd(text, end)
    if (text.charCodeAt(sign) !== hybridSign || (sign === end && sign > 0 && text.charCodeAt(sign - 1) !== space))
      return end
    const at = blankEnd(text, sign + 1)
    const next = readSingle(text, at, draft.isOrdinary) ?? readParent(text, at, before)
    if (next === null) {
      draft.openEnd = true
      note(draft, 'formula-incomplete', [sign, text.length])
      return text.length
    }
    spellOut(next, before)
    draft.singles.push(next)
    before = next
    end = next.end
  }
}

/** "Lilium longiflorum × candidum": the genus is the same. */
function readParent(text: string, at: number, before: Single): Single | null {
  if (readEpithet(text, at) === null) return null
  const genus = before.pieces[0] as Piece
  const whole = `${genus.name} ${text.slice(at)}`
  const single = readSingle(whole, 0, () => false)
  if (single === null) return null
  const shift = at - genus.name.length - 1
  const odd = single.odd.map(({ kind, at: [from, to] }) => ({ kind, at: [from + shift, to + shift] as const }))
  return { ...single, end: single.end + shift, odd }
}

/** "S. caprea" after Salix is Salix caprea. */
function spellOut(next: Single, { pieces }: Single): void {
  const [own] = next.pieces
  const genus = pieces[0] as Piece
  if (!next.abbreviated || own === undefined || !genus.name.startsWith(own.name.slice(0, -1))) return
  next.pieces[0] = { ...own, name: genus.name }
  next.abbreviated = false
  const at = next.odd.findIndex(({ kind }) => kind === 'genus-abbreviated')
  if (at >= 0) next.odd.splice(at, 1)
}
