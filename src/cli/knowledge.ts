import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { compiledKnowledge } from '../app.ts'
import { UsageError } from '../intake/table.ts'
import type { Checked } from '../knowledge/check.ts'
import type { Counts } from '../knowledge/edition.ts'
import { readImportedEdition } from '../knowledge/imported/shelf.ts'
import { type Arguments, dayArgument, readArguments, usage } from './arguments.ts'
import { importOptions } from './import-options.ts'
import { importsFolder } from './imports-folder.ts'
import { storeHelp, storeOptions } from './store-place.ts'

export const knowledgeHelp = `greenlane knowledge check [FOLDER]       every fault with its file and line; every example and case is run; how many taxa they hit
greenlane knowledge edition               the edition that answers name, and what it holds
greenlane knowledge diff OLD [NEW]        what changed in law, in sentences, and what else differs between two folders of knowledge
greenlane knowledge review                law that nobody has read, or not for a year: what most parcels meet first; how far each pack goes
greenlane knowledge publish FOLDER        checks and compiles FOLDER and makes it the edition of a service, also while that runs
greenlane knowledge import FILE...        takes names from FILE and compiles them beside the built-in ones
greenlane knowledge import griis FILE     takes an inventory of invasive species: its names, and labels that decide nothing
greenlane knowledge import --list         what was imported; --remove NAME takes one away; --compile makes the look-up anew

FOLDER and NEW are the knowledge that came with Greenlane when not given.

  --warnings           with check: each name that is an ordinary word too and does not say so, or is very short
  --unhit              with check: each taxon that nothing has hit, and that no law and no common name means
  --titles FILE        with check and review: titles or parcels that count as hits as well, TSV, CSV or NDJSON; several times
  --parcels FILE       with diff: parcels, and which of them would now get another proposal; several times
  --on DAY             with review: the day from which a year is counted back; with diff --parcels: the day whose law counts; today
  --limit N            with review: how many requirements are shown, 40 when not given
  --output FORM        with review: text, json, or html: a page with a map of the world

  --package            with publish, in place of FOLDER: what came with Greenlane counts again
  --without-wordnet    with publish: also where WordNet is not installed, so that fewer ordinary words are known
${storeHelp}

FILE, plain, gzip or zip: Darwin Core archives, Catalogue of Life data packages, WFO and WCVP exports, GRIIS checklists, EPPO's
name files or SQLite, or any CSV, TSV or table with | that has a column of scientific names. What it is, is told by what is in it.

  --knowledge DIR      where imports go and come from; GREENLANE_KNOWLEDGE when not given, else ./greenlane-knowledge
  --name NAME          name of the import; the file's own when not given. The same name again replaces what was there
  --format FORMAT      table, dwca, coldp, wfo, wcvp, griis or eppo, where the content tells it wrongly; the word before FILE does too

A broken row is told with file and line, and skipped; all are written to imports/NAME/faults.txt. What the built-in knowledge says
of a name wins, and the difference is told. Common names come in as candidates: nobody has checked them.
Exit code: 0, 1 when something is wrong with the knowledge or a row was skipped, or 2 for wrong use.
`

/** Where the knowledge lies that this build was made of. */
const sources = fileURLToPath(new URL('../../../knowledge', import.meta.url))

/** Checks what experts wrote, tells its edition, compares two folders of it, imports names. */
export async function knowledge(args: readonly string[]): Promise<number> {
  return usage(knowledgeHelp, async () => {
    const given = readArguments(args, {
      ...importOptions,
      ...checkOptions,
      ...storeOptions,
      ...publishOptions,
      help: { type: 'boolean', short: 'h' },
    })
    const [what, ...folders] = given.words
    if (given.flag('help')) return print(knowledgeHelp)
    if (what === 'check') return check(folderOf(folders[0]), given)
    if (what === 'review') return (await import('./knowledge-review.ts')).review(folderOf(folders[0]), given)
    if (what === 'publish') return (await import('./knowledge-publish.ts')).publish(folders, given)
    if (what === 'edition') return edition(importsFolder(given))
    if (what === 'diff' && folders[0] !== undefined) return diff(folderOf(folders[0]), folderOf(folders[1]), given)
    if (what === 'import') return (await import('./knowledge-import.ts')).importNames(folders, given)
    throw new UsageError(
      'Say what to do with the knowledge: check, edition, review, diff or publish with a folder, or import with a file.',
    )
  })
}

function print(text: string): number {
  process.stdout.write(text)
  return 0
}

function folderOf(given: string | undefined): string {
  if (given === undefined) return sources
  if (existsSync(given)) return given
  throw new UsageError(`There is no folder ${given}.`)
}

const checkOptions = {
  warnings: { type: 'boolean' },
  unhit: { type: 'boolean' },
  titles: { type: 'string', multiple: true },
  parcels: { type: 'string', multiple: true },
  on: { type: 'string' },
  limit: { type: 'string' },
  output: { type: 'string' },
} as const

const publishOptions = { package: { type: 'boolean' }, 'without-wordnet': { type: 'boolean' } } as const

async function check(folder: string, given: Arguments): Promise<number> {
  const { checkKnowledge } = await import('../knowledge/check.ts')
  const { faultLines } = await import('../knowledge/fault.ts')
  const titles = given.list('titles')
  for (const file of titles) if (!existsSync(file)) throw new UsageError(`--titles ${file}: there is no such file.`)
  const checked = checkKnowledge(folder, titles)
  const wrong = [...faultLines(checked.faults), ...faultLines(checked.missed)]
  const told = [
    ...(given.flag('unhit') ? faultLines(checked.hits?.unhit ?? []) : []),
    ...(given.flag('warnings') ? faultLines(checked.warnings) : []),
    ...wrong,
  ]
  for (const line of told) process.stdout.write(`${line}\n`)
  const [taxa, ...counts] = countLines(checked.counts)
  const lines = [`${taxa}${hitLine(checked)}`, ...counts, ...checkLines(checked)]
  print(`${told.length > 0 ? '\n' : ''}${lines.join('\n')}\n`)
  return wrong.length === 0 ? 0 : 1
}

function hitLine({ hits }: Checked): string {
  return hits === null ? '' : `, of which ${hits.taxa} were hit by a case, example or sample`
}

function checkLines({ edition, faults, warnings, missed, hits, examples, cases, withWordNet }: Checked): string[] {
  const ran = hits === null ? 'not run while files have faults' : `${cases} run`
  const unasked =
    hits === null ? [] : [`${hits.unhit.length} taxa not hit and named by no law and no common name (--unhit)`]
  const alone = withWordNet ? [] : ['WordNet is not installed: the cases were run without its ordinary words.']
  return [
    `examples ${examples}, cases ${cases === 0 ? '0' : ran}`,
    `edition ${edition}`,
    ...alone,
    ...unasked,
    `${warnings.length} names that may need the sense word or may be too short (--warnings)`,
    `${faults.length} faults, ${missed.length} examples and cases that come out otherwise`,
  ]
}

function countLines({ taxa, names, terms, requirements }: Counts): string[] {
  const list = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([code, count]) => `${code} ${count}`)
      .join(', ')
  const law = Object.entries(requirements).map(([place, { read, unverified }]) => {
    return `requirements of ${place}: ${read} read, ${unverified} unverified`
  })
  return [`taxa ${taxa}`, `names: ${list(names) || 'none'}`, `terms: ${list(terms) || 'none'}`, ...law]
}

async function edition(imports: string | null): Promise<number> {
  const file = path.join(compiledKnowledge, 'edition.json')
  const { edition, counts } = JSON.parse(readFileSync(file, 'utf8')) as { edition: string; counts: Counts }
  print(`${edition}\n${countLines(counts).join('\n')}\n`)
  return imports === null ? 0 : print(importedLines(imports))
}

/** The edition of imported names, which answers name beside Greenlane's own, and what it holds. */
function importedLines(folder: string): string {
  const { edition, counts, imports, inventories } = readImportedEdition(folder)
  const labels = inventories === undefined ? '' : `; inventories that only label: ${inventories.join(', ')}`
  const names = imports.map(({ name }) => name).join(', ')
  return `imported ${edition}: ${counts.taxa} taxa, ${counts.names} names (${names}${labels}; in ${folder})\n`
}

async function diff(before: string, after: string, given: Arguments): Promise<number> {
  const { diffKnowledge } = await import('../knowledge/diff.ts')
  const files = given.list('parcels')
  for (const file of files) if (!existsSync(file)) throw new UsageError(`--parcels ${file}: there is no such file.`)
  const { law, other } = diffKnowledge(before, after)
  for (const { requirement, sentence } of law) print(`${requirement}: ${sentence}\n`)
  for (const { sign, what } of other) print(`${sign} ${what}\n`)
  print(`${law.length} changes of law, ${other.length} other differences\n`)
  if (files.length === 0) return 0
  const [{ diffParcels }, { recordsOf }] = await Promise.all([
    import('../knowledge/diff-parcels.ts'),
    import('../knowledge/titles.ts'),
  ])
  const records = files.flatMap((file) => recordsOf(file))
  const changed = diffParcels({ before, after }, records, dayArgument(given))
  print('\n')
  for (const { line, id, before: one, after: now } of changed) {
    const why = now.reasons[0]?.sentence ?? ''
    print(`${id ?? `line ${line}`}: ${one.proposal} is now ${now.proposal}. ${why}\n`)
  }
  return print(`${changed.length} of ${records.length} parcels get another proposal\n`)
}
