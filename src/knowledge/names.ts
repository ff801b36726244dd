import { articles } from '../core/parcel/articles.ts'
import type { Taxa } from '../core/parcel/taxa.ts'
import { conceptValues } from '../core/recognise/lexicon.ts'
import { cell, listCell, oneOfCell, type Row, readTable } from './csv.ts'
import { type Fault, tell } from './fault.ts'
import type { Languages } from './languages.ts'
import type { WrittenSense } from './senses.ts'
import { goodsArticles } from './situations.ts'
import { filesLike, type SourceFile } from './sources.ts'
import { findTaxon } from './taxa.ts'

const columns = { required: ['name', 'taxa', 'sense'], optional: ['article', 'note'] }

/** What experts may say of a name; `candidate` is what nobody has looked at. */
const nameSenses = conceptValues.name.filter((word) => word !== 'candidate')

/** Reads `names/<language>/*.csv`. */
export function readNames(
  files: readonly SourceFile[],
  taxa: Taxa,
  languages: Languages,
  faults: Fault[],
): WrittenSense[] {
  const seen = new Map<string, Row>()
  return filesLike(files, /^names\/[^/]+\/[^/]+\.csv$/).flatMap((file) => {
    const language = languageOf(file, languages, faults)
    return readTable(file, columns, faults).flatMap((row) => {
      const key = `${language} ${cell(row, 'name').toLowerCase()}`
      const before = seen.get(key)
      if (before !== undefined)
        tell(
          faults,
          row,
          `The name "${cell(row, 'name')}" has a row already (${before.file}:${before.line}). Keep one, with all its taxa.`,
        )
      seen.set(key, row)
      return readName(row, language, taxa, faults) ?? []
    })
  })
}

/** Number of the language that a file belongs to. */
export function languageOf(file: SourceFile, languages: Languages, faults: Fault[]): number {
  const code = (file.path.split('/')[1] as string).replace('.csv', '')
  const number = languages.findIndex((language) => language.code === code)
  if (number >= 0) return number
  tell(faults, { file: file.shown, line: 1 }, `The language "${code}" is not in languages.yaml. Add it there.`)
  return 0
}

function readName(row: Row, language: number, taxa: Taxa, faults: Fault[]): WrittenSense | null {
  const name = cell(row, 'name')
  if (name === '') {
    tell(faults, row, 'The name is missing. Write it or drop the row.')
    return null
  }
  const named = listCell(row, 'taxa')
  if (named.length === 0) tell(faults, row, `"${name}" has no taxa. Write at least one scientific name.`)
  const found = named.flatMap((one) => findTaxon(taxa, one, row, faults) ?? [])
  const value = oneOfCell(row, 'sense', nameSenses, faults)
  const article = cell(row, 'article') === '' ? 'none' : oneOfCell(row, 'article', goodsArticles, faults)
  if (value === null || article === null) return null
  return {
    text: name,
    concept: 'name',
    value: conceptValues.name.indexOf(value),
    strength: 0,
    language,
    taxa: [...new Set(found)],
    article: articles.indexOf(article),
    from: 'written',
    at: { file: row.file, line: row.line },
  }
}
