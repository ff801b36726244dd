import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { compiledKnowledge } from '../app.ts'
import type { Knowledge } from '../core/knowledge.ts'
import { UsageError } from '../intake/table.ts'
import { type Imported, type ImportOrder, importFile } from '../knowledge/import/import-file.ts'
import { type Format, formatNames, formats } from '../knowledge/import/row.ts'
import { compileShelf } from '../knowledge/imported/compile-shelf.ts'
import { readInventories, unknownPlaces } from '../knowledge/imported/inventories.ts'
import { differencesOf } from '../knowledge/imported/link.ts'
import { withImported } from '../knowledge/imported/load-imported.ts'
import { type ImportedEdition, listImports, places, removeImport } from '../knowledge/imported/shelf.ts'
import { loadKnowledge } from '../knowledge/load.ts'
import { readOrdinary } from '../knowledge/ordinary.ts'
import { type Arguments, oneOf } from './arguments.ts'
import { importProgress } from './import-progress.ts'
import { namedFolder } from './imports-folder.ts'
import { visible } from './visible.ts'

const faultsShown = 20
const notesShown = 5

/** Imports files of names, lists what was imported, takes an import away. */
export async function importNames(words: readonly string[], given: Arguments): Promise<number> {
  const folder = namedFolder(given)
  if (given.flag('list')) return list(folder)
  const gone = given.text('remove')
  if (gone !== null) return remove(folder, gone)
  if (given.flag('compile')) return compileAll(folder)
  if (words.length === 0)
    throw new UsageError('Name at least one file of names, or say --list, --remove NAME or --compile.')
  const { files, format } = namedFormat(words, oneOf(given, 'format', formats))
  const name = given.text('name')
  if (name !== null && files.length > 1) throw new UsageError('--name names one import: give one file with it.')
  const on = new Date().toISOString().slice(0, 10)
  let wrong = false
  for (const file of files) {
    const whole = await importTold({ file, name: name === null ? nameOf(file) : checkedName(name), folder, format, on })
    if (!whole) wrong = true
  }
  await compileAll(folder)
  return wrong ? 1 : 0
}

/** The files, and the format that is named by --format or by a word before the first file. */
function namedFormat(
  words: readonly string[],
  asked: Format | null,
): { readonly files: readonly string[]; readonly format: Format | null } {
  const [first, ...files] = words
  const word = formats.find((one) => one === first)
  if (word === undefined || files.length === 0) return { files: words, format: asked }
  if (asked === null || asked === word) return { files, format: word }
  throw new UsageError(`The word ${word} before the file and --format ${asked} do not agree. Keep one.`)
}

/** Imports one file and tells what came of it; true where every row was taken. What is wrong with one file does not stop others. */
async function importTold(order: ImportOrder): Promise<boolean> {
  const start = performance.now()
  try {
    const imported = await importOne(order)
    tellImported(order, imported, (performance.now() - start) / 1000)
    return imported.record !== null && imported.broken === 0
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    process.stderr.write(`${visible(error.message)}\n`)
    return false
  }
}

/** The name of a file without its endings, in letters that every file system takes. */
function nameOf(file: string): string {
  const plain = path.basename(file).replace(/(\.(gz|zip|csv|tsv|txt|tab))+$/i, '')
  const name = plain
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  if (name !== '') return name
  throw new UsageError(`${file} tells no name for the import: give one with --name.`)
}

function checkedName(name: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,63}$/.test(name)) return name
  throw new UsageError(`--name ${name}: use small letters, digits and hyphens.`)
}

async function importOne(order: ImportOrder): Promise<Imported> {
  const shown = importProgress(order.file)
  let faults = 0
  try {
    return await importFile(order, {
      found: (format) => shown.say(`${visible(order.file)}: ${foundSentence(format, order.format)}`),
      read: shown.read,
      fault: (line) => {
        faults += 1
        if (faults <= faultsShown) shown.say(`  ${visible(line)}`)
      },
    })
  } finally {
    shown.end()
    if (faults > faultsShown) process.stderr.write(`  … and ${faults - faultsShown} more.\n`)
  }
}

function foundSentence(format: Format, asked: Format | null): string {
  return asked === null
    ? `${formatNames[format]}, by what is in it (--format says otherwise)`
    : `read as ${formatNames[format]}`
}

function number(value: number): string {
  return value.toLocaleString('en')
}

function tellImported(
  { file, name, folder }: ImportOrder,
  { record, counts, rows, broken }: Imported,
  seconds: number,
): void {
  const say = (line: string): boolean => process.stdout.write(`${line}\n`)
  if (record === null) {
    say(
      `Nothing could be taken from ${visible(file)}: ${number(rows)} rows, ${number(broken)} of them broken. What was there stays.`,
    )
    return
  }
  say(`Imported as "${name}": ${number(rows)} rows in ${seconds.toFixed(1)} s`)
  const parts: readonly (readonly [number, string])[] = [
    [record.taxa, 'taxa'],
    [record.synonyms, 'synonyms'],
    [record.commonNames, 'common names, which nobody has checked'],
    [counts.listings, 'listings of an inventory, which label and decide nothing'],
    [counts.unplaced, 'of the taxa stand for themselves: their place is not settled'],
    [counts.repeated, 'said before in the file'],
    [counts.passedOver, 'passed over: other kingdoms and ranks'],
    [counts.leftOut, 'left out: misapplied or invalid'],
    [broken, `broken, skipped: ${path.join(places.one(folder, name), 'faults.txt')}`],
  ]
  for (const [count, what] of parts) if (count > 0) say(`  ${number(count)} ${what}`)
}

async function compileAll(folder: string): Promise<number> {
  const start = performance.now()
  const compiled = compileShelf(folder, readOrdinary(compiledKnowledge))
  if (compiled === null) {
    process.stdout.write(`There are no imports in ${folder}.\n`)
    return 0
  }
  const { edition, collisions } = compiled
  const seconds = (performance.now() - start) / 1000
  const builtIn = loadKnowledge(compiledKnowledge)
  const differences = tellDifferences(folder, builtIn)
  tellUnknownPlaces(edition, folder, builtIn)
  process.stdout.write(`${compiledSentence(edition, seconds)}\n`)
  tellNotes('names that may mean several taxa', collisions, path.join(places.compiled(folder), 'collisions.txt'))
  tellNotes(
    "names that Greenlane's own knowledge tells otherwise",
    differences,
    path.join(places.compiled(folder), 'differences.txt'),
  )
  process.stdout.write(`Used from ${folder}: answers name the edition ${edition.edition} beside Greenlane's own.\n`)
  return 0
}

function compiledSentence({ counts, imports }: ImportedEdition, seconds: number): string {
  const ordinary =
    counts.ordinary === 0 ? '' : `; ${number(counts.ordinary)} common names left out that are ordinary words`
  const of = imports.length === 1 ? '1 import' : `${imports.length} imports`
  return `Compiled ${of} in ${seconds.toFixed(1)} s: ${number(counts.taxa)} taxa, ${number(counts.names)} names${ordinary}`
}

/** Compares with the built-in knowledge, and keeps what differs beside what was compiled. */
function tellDifferences(folder: string, builtIn: Knowledge): string[] {
  const { imported, taxa, lexicon, languages } = withImported(builtIn, folder)
  const differences = imported === undefined ? [] : differencesOf(imported, { taxa, fold: lexicon.fold, languages })
  writeFileSync(path.join(places.compiled(folder), 'differences.txt'), differences.map((line) => `${line}\n`).join(''))
  return differences
}

/** Places of inventories that are not known here, such as islands that share a code: what is listed for them labels nothing. */
function tellUnknownPlaces({ inventories }: ImportedEdition, folder: string, builtIn: Knowledge): void {
  const unknown = inventories === undefined ? [] : unknownPlaces(readInventories(folder), builtIn.places)
  if (unknown.length > 0)
    process.stdout.write(`Listed for places that are not known here, and never told: ${visible(unknown.join(', '))}\n`)
}

function tellNotes(what: string, lines: readonly string[], file: string): void {
  if (lines.length === 0) return
  process.stdout.write(`${number(lines.length)} ${what}: ${file}\n`)
  for (const line of lines.slice(0, notesShown)) process.stdout.write(`  ${visible(line)}\n`)
}

function list(folder: string): number {
  const imports = listImports(folder)
  if (imports.length === 0) process.stdout.write(`There are no imports in ${folder}.\n`)
  for (const { name, file, format, taxa, synonyms, commonNames, listings, broken, on } of imports) {
    const listed = listings === undefined ? '' : `, ${number(listings)} listings`
    const counts = `${number(taxa)} taxa, ${number(synonyms)} synonyms, ${number(commonNames)} common names${listed}`
    process.stdout.write(`${name}  ${counts}, ${number(broken)} broken rows  (${format}, ${visible(file)}, ${on})\n`)
  }
  return 0
}

async function remove(folder: string, name: string): Promise<number> {
  if (!removeImport(folder, name)) {
    const there = listImports(folder).map((one) => one.name)
    throw new UsageError(
      `There is no import "${name}" in ${folder}. ${there.length === 0 ? 'There are none.' : `There are ${there.join(', ')}.`}`,
    )
  }
  process.stdout.write(`Removed "${name}".\n`)
  return compileAll(folder)
}
