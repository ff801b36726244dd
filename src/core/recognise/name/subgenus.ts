import { latinAuthors } from './latin-authors.ts'
import { authorCapital, hybridSign, isOf, nameSmall } from './letters.ts'
import { blankEnd, type Single } from './pieces.ts'

/** "(Cerasus)", "(C.)" and "(cerasus)" after the genus; an author in brackets is left where it is. */
export function readSubgenus(text: string, single: Single): void {
  const at = blankEnd(text, single.end)
  if (text.charAt(at) !== '(') return
  const close = text.indexOf(')', at)
  if (close < 0 || close - at > 40) return
  const inside = text.slice(at + 1, close).trim()
  const next = blankEnd(text, close + 1)
  const small = isOf(text, next, nameSmall) || text.charCodeAt(next) === hybridSign
  if (!/^(?:\p{Lu}\p{Ll}*\.?|\p{Lu}\p{Ll}+-\p{L}\p{Ll}+|\p{Ll}{3,}|\p{Lu}\p{Ll}{1,3}\.)$/u.test(inside)) return
  if (small) single.end = close + 1
  else if (isSubgenusAlone(inside, isOf(text, next, authorCapital))) {
    single.pieces.push({ name: inside, sign: 'subgen. ' })
    single.combined = true
    single.rank = 'subgenus'
    single.end = close + 1
  }
}

/** Endings of genera that surnames hardly have; those after which an author stands, and those after which none may stand. */
const ofGenera = /(?:a|us|um|ys|yx|ix|ax|ops|opsis|odon|pogon|dendron|phyton|ites)$/
const ofGeneraAlone = /(?:e|o|is|es|as|os|ion)$/

/** Without a species after it a bracketed word is a subgenus when it reads as one, else the author of the basionym. */
function isSubgenusAlone(word: string, beforeAuthor: boolean): boolean {
  if (word.endsWith('.') || word.length < 5 || latinAuthors.has(word)) return false
  return ofGenera.test(word) || (!beforeAuthor && word.length > 5 && ofGeneraAlone.test(word))
}
