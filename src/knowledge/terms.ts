import { articles } from '../core/parcel/articles.ts'
import { parts, uses } from '../core/parcel/state.ts'
import { type Concept, concepts, conceptValues } from '../core/recognise/lexicon.ts'
import { cell, oneOfCell, type Row, readTable } from './csv.ts'
import { type Fault, tell } from './fault.ts'
import type { Languages } from './languages.ts'
import { languageOf } from './names.ts'
import type { WrittenSense } from './senses.ts'
import { goodsArticles } from './situations.ts'
import { filesLike, type SourceFile } from './sources.ts'

const columns = { required: ['term', 'concept', 'value', 'strength'], optional: ['note'] }

/** What an author may write for each concept; a concept that is not here has no value. */
const known: Partial<Record<Concept, readonly string[]>> = {
  form: goodsArticles,
  goods: conceptValues.goods.filter((word) => word !== 'thing'),
  attribute: conceptValues.attribute,
  process: conceptValues.process,
  state: conceptValues.state,
  part: parts,
  use: uses,
  joint: conceptValues.joint,
  sold: conceptValues.sold,
}

/** The list in which the number of a value is its position. */
const numbered: Partial<Record<Concept, readonly string[]>> = { ...known, form: articles, goods: conceptValues.goods }

/** Reads `terms/<language>.csv`. */
export function readTerms(files: readonly SourceFile[], languages: Languages, faults: Fault[]): WrittenSense[] {
  return filesLike(files, /^terms\/[^/]+\.csv$/).flatMap((file) => {
    const language = languageOf(file, languages, faults)
    const seen = new Map<string, Row>()
    return readTable(file, columns, faults).flatMap((row) => {
      const key = ['term', 'concept', 'value'].map((column) => cell(row, column).toLowerCase()).join('\n')
      const before = seen.get(key)
      if (before !== undefined)
        tell(faults, row, `"${cell(row, 'term')}" says the same already (line ${before.line}). Keep one row.`)
      seen.set(key, row)
      return readTerm(row, language, faults) ?? []
    })
  })
}

function readTerm(row: Row, language: number, faults: Fault[]): WrittenSense | null {
  const text = cell(row, 'term')
  if (text === '') tell(faults, row, 'The term is missing. Write it or drop the row.')
  const concept = oneOfCell(row, 'concept', concepts, faults)
  if (concept === null || text === '') return null
  if (concept === 'name') {
    tell(faults, row, 'Names of plants stand in names/<language>/*.csv. Move the row there.')
    return null
  }
  const value = valueNumber(row, concept, faults)
  const strength = strengthOf(row, concept, faults)
  if (value === null || strength === null) return null
  const at = { file: row.file, line: row.line }
  return { text, concept, value, strength, language, taxa: [], article: 0, from: 'written', at }
}

function valueNumber(row: Row, concept: Concept, faults: Fault[]): number | null {
  const words = known[concept]
  if (words !== undefined) {
    const word = oneOfCell(row, 'value', words, faults)
    return word === null ? null : (numbered[concept] ?? words).indexOf(word)
  }
  if (cell(row, 'value') === '') return 0
  tell(faults, row, `"${concept}" takes no value. Empty the cell.`)
  return null
}

/** Forms and goods say how strongly they speak; 2 where goods say nothing. */
function strengthOf(row: Row, concept: Concept, faults: Fault[]): number | null {
  const text = cell(row, 'strength')
  if (text === '') {
    if (concept !== 'form') return concept === 'goods' ? 2 : 0
    tell(faults, row, 'The strength is missing. Write 3 (nearly always), 2 (usually) or 1 (often something else).')
    return null
  }
  if (/^[123]$/.test(text)) return Number(text)
  tell(faults, row, `The strength is 1, 2 or 3, here is "${text}".`)
  return null
}
