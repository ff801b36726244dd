import { type Clean, clean } from './clean.ts'
import { type Draft, note } from './draft.ts'
import { readFormula } from './formula.ts'
import { gardenName } from './garden.ts'
import { type Familiar, mendCase, stranger } from './mend-case.ts'
import type { ParsedName } from './parsed.ts'
import { blankEnd } from './pieces.ts'
import { finish } from './put-together.ts'
import { refusalOf, virusName } from './refuse.ts'
import { remarkAt, type Word, wordsOf } from './remark.ts'
import { type IsOrdinary, readSingle } from './single.ts'

/** Most letters that are looked at: no name is as long. */
export const longestName = 1000

/**
 * Takes a scientific name apart. It never throws, and takes time in line with the length of the text. It knows no names but
 * those that `familiar` tells, which are asked only where case alone does not tell a name from other words.
 * What it cannot read as a name has `canonical` null and says why in `problems`.
 */
export function parseName(given: string, familiar: Familiar = stranger): ParsedName {
  const cut = given.length > longestName ? given.slice(0, longestName) : given
  const cleaned = clean(cut)
  const mended = mendCase(cleaned.text, familiar)
  const draft = newDraft(mended === null ? cleaned : { ...cleaned, text: mended }, ordinaryWords(familiar))
  if (mended !== null) draft.odd.push({ kind: 'case-mended', at: null, moved: false })
  if (cut !== given) draft.odd.push({ kind: 'too-long', at: [longestName, given.length], moved: true })
  for (const kind of cleaned.mended) draft.odd.push({ kind, at: null, moved: false })
  readAll(draft)
  return finish(draft)
}

/** After a known genus a word of trade is no epithet: Cycas revoluta seeds. */
function ordinaryWords({ isName, isOfTrade }: Familiar): IsOrdinary {
  return ([genus = '', ...epithets], word) => {
    const small = genus.toLowerCase()
    return isName(small) && !isName(word) && isOfTrade(word) && !isName([small, ...epithets, word].join(' '))
  }
}

function newDraft(cleaned: Clean, isOrdinary: IsOrdinary): Draft {
  const end = cleaned.text.length
  const garden = { cultivar: null, group: null, end, rest: end }
  return {
    cleaned,
    isOrdinary,
    odd: [],
    singles: [],
    candidatus: false,
    openEnd: false,
    virus: null,
    graft: false,
    garden,
  }
}

function readAll(draft: Draft): void {
  const { text } = draft.cleaned
  const words = wordsOf(text)
  draft.virus = virusName(text, words)
  if (draft.virus !== null) return
  draft.graft = text.includes('+') && /^\+ ?\p{Lu}|[^+] \+ \p{Lu}/u.test(text)
  const refused = text === '' ? 'empty' : (refusalOf(text, words) ?? (draft.graft ? 'graft-chimera' : null))
  if (refused !== null) {
    note(draft, refused)
    return
  }
  draft.garden = gardenName(text)
  readNames(draft, words)
  if (draft.singles.length > 0) return
  note(draft, /\p{Script=Latin}/u.test(text) || !/\p{L}/u.test(text) ? 'no-name' : 'other-script')
}

function readNames(draft: Draft, words: readonly Word[]): void {
  const { text } = draft.cleaned
  const { end: gardenEnd, rest: gardenRest } = draft.garden
  const start = candidatusEnd(draft)
  const remark = Math.min(remarkAt(text, words), gardenEnd)
  const name = text.slice(0, remark).trimEnd()
  const first = readSingle(name, start, draft.isOrdinary)
  if (first === null) return
  draft.singles.push(first)
  let end = readFormula(draft, name, first)
  end = blankEnd(name, end)
  if (end < name.length && /[^\s,;.:()]/.test(name.slice(end))) note(draft, 'rest-not-read', [end, name.length])
  if (remark < gardenEnd) note(draft, 'remark-left-out', [remark, gardenEnd])
  if (/[\p{L}\p{N}]/u.test(text.slice(gardenRest))) note(draft, 'rest-not-read', [gardenRest, text.length])
}

/** "Candidatus" before a name (International Code of Nomenclature of Prokaryotes, appendix 11). */
function candidatusEnd(draft: Draft): number {
  const match = /^["']?(?:Candidatus|Ca\.) (?=[A-Z][a-z]{2})/.exec(draft.cleaned.text)
  if (match === null) return 0
  draft.candidatus = true
  note(draft, 'candidatus', [0, match[0].length - 1])
  return match[0].length
}
