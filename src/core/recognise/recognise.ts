import { type ItemLine, longestDescription } from '../parcel/parcel.ts'
import { type Part, parts } from '../parcel/state.ts'
import { findTaxon, lineage, type Taxa, traitNames } from '../parcel/taxa.ts'
import { evidenceBesideWords, isPlantCode } from './beside-words.ts'
import { countMarks } from './census.ts'
import { chooseSpellings } from './choose-spellings.ts'
import { cultivarEpithets } from './cultivar.ts'
import { cultivarBehind, keepCultivars } from './cultivar-behind.ts'
import { declared } from './declared.ts'
import type { Finding, Letters } from './finding.ts'
import { fold, foldedRoom } from './fold.ts'
import { importedTerms } from './imported-terms.ts'
import type { Lexicon } from './lexicon.ts'
import { ordinaryFinding } from './ordinary.ts'
import { plantFinding } from './plant.ts'
import { weighPlausibility } from './plausibility.ts'
import type { RecogniserKnowledge } from './recogniser-knowledge.ts'
import { respell } from './respell.ts'
import { marksRoom, scan } from './scan.ts'
import { segmentsOf } from './segments.ts'
import { termStore } from './term-store.ts'

export type Recogniser = (line: ItemLine) => Finding

/**
 * Makes the function that tells what an item line is. Its working room is used again for each line; the same line always
 * gives the same finding.
 */
export function recogniser(knowledge: RecogniserKnowledge): Recogniser {
  const { lexicon, weights } = knowledge
  const room = foldedRoom()
  const marks = marksRoom()
  const headFirst = knowledge.languages.map(({ head }) => head === 'first')
  // Scientific names stand as the last language of all.
  const scientific = 1 << (knowledge.languages.length - 1)
  const compounds = knowledge.languages.map((language) => language.compounds)
  const scents = new Set(knowledge.scents.map((name) => findTaxon(knowledge.taxa, name)))
  const isScent = (taxon: number): boolean => lineage(knowledge.taxa, taxon).some((one) => scents.has(one))
  const isAnnual = (taxon: number): boolean => ((knowledge.taxa.traits[taxon] ?? 0) & annualTrait) !== 0
  const isSown = (taxon: number): boolean => isSownTaxon(knowledge.taxa, taxon)
  const international = knowledge.languages.reduce((bits, one, at) => (one.international ? bits | (1 << at) : bits), 0)
  const toned = knowledge.languages.reduce((bits, one, at) => (one.tones === true ? bits | (1 << at) : bits), 0)
  const facts = { headFirst, international, toned, parts: knowledge.taxa.parts, isScent, isAnnual, isSown }
  const store = termStore(lexicon, facts, importedTerms({ ...knowledge, headFirst }))
  const { termOf } = store
  const besideWords = evidenceBesideWords(knowledge.headings, {
    lexicon,
    categories: knowledge.categories,
    compounds,
    weights,
    termOf,
  })
  return (line) => {
    const text = line.legible?.text ?? line.description
    fold(text, lexicon.fold, room, longestDescription)
    scan(room, lexicon, marks, compounds, knowledge.imported)
    respell(room.units, room.length, lexicon, marks)
    const lettersOf = (mark: number): Letters => {
      const from = room.from[marks.start[mark] as number] as number
      const to = endOf(text, room.from[(marks.end[mark] as number) - 1] as number)
      return declared(line, from, to)
    }
    chooseSpellings(marks, room, text, store)
    keepCultivars({ text, marks, room, termOf })
    const meantOf = (mark: number): string | null => wordOf(lexicon, marks.meant[mark] as number)
    const census = countMarks(marks, termOf)
    const hs = besideWords(line)
    const plantCode = isPlantCode(hs)
    const clings =
      !census.plantish && census.medium > census.bestGoods && knowledge.soiledKinds.includes(census.bestGoodsKind ?? '')
    if (clings && census.soiled < 0) census.soiled = census.medium
    const heard = (found: Finding): Finding => knowledge.hearing?.({ text, marks, termOf, census, hs }, found) ?? found
    const settled = (found: Finding): Finding => weighPlausibility(heard(found), line, census.bestGoodsKind, knowledge)
    if (!census.plantish)
      return settled(ordinaryFinding(line, { census, hs, weights, lettersOf, meantOf, plantCode, knowledge }))
    const epithets = cultivarEpithets(text)
    const isEpithet =
      epithets === null
        ? null
        : (mark: number): boolean => {
            const from = room.from[marks.start[mark] as number] as number
            return epithets.some(([start, end]) => from >= start && from < end)
          }
    const segments = segmentsOf(marks, termOf, { scientific, isEpithet })
    const namesCultivar = (mark: number): boolean => cultivarBehind({ text, marks, room, termOf }, mark)
    return settled(
      plantFinding(line, { segments, census, hs, knowledge, lettersOf, meantOf, plantCode, namesCultivar }),
    )
  }
}

/** A word of the spellings as text; null for none. */
function wordOf({ spelling: { wordFrom, wordLetters } }: Lexicon, word: number): string | null {
  return word < 0 ? null : String.fromCharCode(...wordLetters.subarray(wordFrom[word], wordFrom[word + 1]))
}

const annualTrait = 1 << traitNames.indexOf('annual')
const [herbaceousTrait, perennialTrait] = [1 << traitNames.indexOf('herbaceous'), 1 << traitNames.indexOf('perennial')]
const planted: readonly (Part | undefined)[] = ['bulb', 'tuber']

/** Whether a plant that is eaten is raised from seeds: herbaceous, not known to live for years, with no bulb or tuber. */
function isSownTaxon({ traits, parts: freshParts }: Taxa, taxon: number): boolean {
  const own = traits[taxon] ?? 0
  return (
    (own & herbaceousTrait) !== 0 && (own & perennialTrait) === 0 && !planted.includes(parts[freshParts[taxon] ?? -1])
  )
}

function endOf(text: string, last: number): number {
  const unit = text.charCodeAt(last)
  return last + (unit >= 0xd800 && unit < 0xdc00 ? 2 : 1)
}
