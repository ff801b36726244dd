import type { Places } from '../core/parcel/places.ts'
import { cell, listCell, type Row, readTable } from './csv.ts'
import { type Fault, type Spot, suggestion, tell } from './fault.ts'
import { filesLike, type SourceFile } from './sources.ts'

/** Reads `places/countries.csv` and `places/zones.csv`. */
export function readPlaces(files: readonly SourceFile[], faults: Fault[]): Places {
  const columns = { required: ['code', 'name'], optional: ['alpha3', 'part_of', 'aliases', 'note'] }
  const rows = filesLike(files, /^places\/countries\.csv$/).flatMap((file) => readTable(file, columns, faults))
  const kept = rows.filter((row) => isCode(row, faults))
  const codes = kept.map((row) => cell(row, 'code'))
  const numberOf = numbersOf(kept, faults)
  return {
    codes,
    names: kept.map((row) => cell(row, 'name')),
    partOf: kept.map((row) => partOf(row, codes, faults)),
    numberOf: Object.fromEntries(numberOf),
    zones: readZones(files, codes, faults),
  }
}

/** Number of a place by its code, or null after a fault. Names and other codes are not used in law. */
export function findCode(places: Places, code: string, spot: Spot, faults: Fault[]): number | null {
  const number = places.codes.indexOf(code)
  if (number >= 0) return number
  tell(
    faults,
    spot,
    `Unknown place "${code}".${suggestion(code, places.codes)} Write a code of places/countries.csv or add a row there.`,
  )
  return null
}

function isCode(row: Row, faults: Fault[]): boolean {
  const code = cell(row, 'code')
  if (/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(code)) return true
  tell(faults, row, `"${code}" is no code. Write two capitals (FR), or a part after a dash (US-HI).`)
  return false
}

function numbersOf(rows: readonly Row[], faults: Fault[]): Map<string, number> {
  const numberOf = new Map<string, number>()
  const add = (row: Row, text: string, number: number): void => {
    const before = numberOf.get(text.toUpperCase())
    if (before === undefined) numberOf.set(text.toUpperCase(), number)
    else if (before !== number)
      tell(faults, row, `"${text}" means ${cell(rows[before] as Row, 'name')} already. Keep it in one row.`)
  }
  rows.forEach((row, number) => {
    const code = cell(row, 'code')
    if (numberOf.has(code)) tell(faults, row, `The place "${code}" has a row already. Keep one.`)
    else numberOf.set(code, number)
  })
  rows.forEach((row, number) => {
    for (const text of [cell(row, 'alpha3'), ...listCell(row, 'aliases')]) if (text !== '') add(row, text, number)
  })
  return numberOf
}

function partOf(row: Row, codes: readonly string[], faults: Fault[]): number {
  const country = cell(row, 'part_of')
  if (country === '') return -1
  const number = codes.indexOf(country)
  if (number < 0)
    tell(faults, row, `Unknown place "${country}" in part_of.${suggestion(country, codes)} Write a code of this file.`)
  return number
}

function readZones(files: readonly SourceFile[], codes: readonly string[], faults: Fault[]): Places['zones'] {
  const columns = { required: ['country', 'postcode', 'zone'], optional: ['note'] }
  const rows = filesLike(files, /^places\/zones\.csv$/).flatMap((file) => readTable(file, columns, faults))
  return rows.map((row) => {
    for (const column of ['country', 'zone']) {
      const code = cell(row, column)
      if (!codes.includes(code))
        tell(faults, row, `Unknown place "${code}".${suggestion(code, codes)} Write a code of countries.csv.`)
    }
    if (cell(row, 'postcode') === '') tell(faults, row, 'The beginning of the postcode is missing.')
    return { country: cell(row, 'country'), postcode: cell(row, 'postcode').toUpperCase(), zone: cell(row, 'zone') }
  })
}
