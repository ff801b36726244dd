import { readdirSync } from 'node:fs'
import path from 'node:path'
import { modelUses } from '../../src/core/recognise/model.ts'
import { loadKnowledge } from '../../src/knowledge/load.ts'
import { articleRight, genusRight, measurer, type Outcome, withModel } from './measure.ts'
import { type Row, readRows } from './rows.ts'
import { areaUnderCurve, shareText } from './statistics.ts'

/**
 * Screens labelled descriptions and prints, for each stratum of each file, what share was flagged, alarmed and left unclear,
 * and whether article and genus are right, with 95 % intervals; for vague against specific lines the area under the curve.
 */
const usage = `npm run accuracy -- [FR] [FILE...]   labelled descriptions (TSV with a header: title, stratum or kind, lang, hs, article, genus;
                                     for misspelt names: title, name, correct, kind); the rows of test/accuracy/rows when no file is given
  --show TEXT     print every row of the strata whose name holds TEXT
  --wrong TEXT    print the rows that come out wrong
  --model         print each stratum by rules only, by the learned model only, and by both
`
const given = process.argv.slice(2)
const option = (name: string): string | null => {
  const at = given.indexOf(name)
  return at < 0 ? null : (given.splice(at, 2)[1] ?? '')
}
const flag = (name: string): boolean => {
  const at = given.indexOf(name)
  if (at >= 0) given.splice(at, 1)
  return at >= 0
}
const [show, wrong, compared] = [option('--show'), option('--wrong'), flag('--model')]
const destination = given.find((one) => /^[A-Z]{2}$/.test(one)) ?? 'FR'
const files = given.filter((one) => !/^[A-Z]{2}$/.test(one))

if (given.includes('--help')) {
  process.stdout.write(usage)
  process.exit(0)
}
if (files.length === 0) files.push(...ownRows())

const knowledge = loadKnowledge(path.resolve(import.meta.dirname, '../../dist/knowledge'))
const measure = measurer(knowledge, destination)
const measures = modelUses.map((use) => measurer(withModel(knowledge, use), destination))
const useNames = { off: 'rules', on: 'both', alone: 'model' } as const
const all: Outcome[] = []
for (const file of files) {
  try {
    const rows = readRows(file)
    if (compared) compareFile(file, rows)
    else tellFile(file, rows.map(measure))
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(2)
  }
}
tellVague(all)

/** The rows that come with Greenlane. */
function ownRows(): string[] {
  const folder = path.join(import.meta.dirname, 'rows')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.tsv'))
    .sort()
    .map((name) => path.join(folder, name))
}

function tellFile(file: string, outcomes: readonly Outcome[]): void {
  all.push(...outcomes)
  process.stdout.write(`\n${path.basename(file)}, to ${destination}\n`)
  const strata = Map.groupBy(outcomes, ({ row }) => stratumOf(row))
  for (const [name, own] of [...strata].sort(([one], [other]) => (one < other ? -1 : 1))) {
    process.stdout.write(`${stratumLine(name, own)}\n`)
    for (const outcome of own) {
      if (show !== null && name.includes(show)) process.stdout.write(rowLine(outcome))
      else if (wrong !== null && name.includes(wrong) && isWrong(outcome)) process.stdout.write(rowLine(outcome))
    }
  }
}

/** Each stratum by rules only, by the model only, and by both. */
function compareFile(file: string, rows: readonly Row[]): void {
  process.stdout.write(`\n${path.basename(file)}, to ${destination}\n`)
  const outcomes = measures.map((one) => Map.groupBy(rows.map(one), ({ row }) => stratumOf(row)))
  for (const name of [...(outcomes[0]?.keys() ?? [])].sort()) {
    for (const use of ['off', 'alone', 'on'] as const) {
      const own = outcomes[modelUses.indexOf(use)]?.get(name) ?? []
      process.stdout.write(`${useNames[use].padEnd(6)}${stratumLine(name, own)}\n`)
    }
  }
}

function stratumOf({ stratum, language }: Row): string {
  const name = stratum === '' ? 'all rows' : stratum
  return language === '' ? name : `${language} ${name}`
}

function stratumLine(name: string, own: readonly Outcome[]): string {
  const share = (wanted: (one: Outcome) => boolean, of = own): string => shareText(of.filter(wanted).length, of.length)
  const plants = own.filter(({ row }) => saysPlant(row))
  const named = own.filter(({ row }) => row.genus !== '')
  const misspelt = own.filter(({ right }) => right !== null)
  const parts = [
    `${String(own.length).padStart(6)} rows`,
    `flagged ${share(({ flagged }) => flagged)}`,
    `alarm ${share(({ alarmed }) => alarmed)}`,
    `unclear ${share(({ unclear }) => unclear)}`,
    ...(plants.length === 0 ? [] : [`article ${share(articleRight, plants)}`]),
    ...(named.length === 0 ? [] : [`genus ${share(genusRight, named)}`]),
    ...(misspelt.length === 0 ? [] : [`right ${share(({ right }) => right === true, misspelt)}`]),
  ]
  return `${name.padEnd(40)} ${parts.join('  ')}`
}

/** Whether a row says which plant article it is. */
function saysPlant({ stratum, article }: Row): boolean {
  return stratum !== 'other' && !['', 'none', 'unclear'].includes(article)
}

function isWrong(one: Outcome): boolean {
  const { article, genus } = one.row
  if (article === '' || article === 'none' || one.row.stratum === 'other') return one.flagged
  if (article === 'unclear') return !one.unclear
  return !articleRight(one) || (genus !== '' && !genusRight(one))
}

function rowLine({ row, proposal, article, probability, clarity, genera }: Outcome): string {
  const found = [...new Set(genera)].join(',')
  return `  ${[proposal, `${row.article}→${article}`, probability.toFixed(2), clarity.toFixed(2), `${row.genus}→${found}`, row.title, row.hs].join('\t')}\n`
}

/** Lines too vague to tell against specific ones: how well clarity tells them apart, over all files. */
function tellVague(outcomes: readonly Outcome[]): void {
  const isVague = ({ row }: Outcome): boolean => row.stratum === 'vague' || row.file.includes('too-vague')
  const isSpecific = ({ row }: Outcome): boolean => row.stratum === 'specific' || row.file === 'parcel-descriptions.tsv'
  const [vague, specific] = [outcomes.filter(isVague), outcomes.filter(isSpecific)].map((list) =>
    list.map(({ clarity }) => -clarity),
  )
  if (vague === undefined || specific === undefined || vague.length === 0 || specific.length === 0) return
  const { area, half } = areaUnderCurve(vague, specific)
  process.stdout.write(
    `\ntoo vague (${vague.length} rows) against specific (${specific.length}): area under the curve ${area.toFixed(3)} ± ${half.toFixed(3)}\n`,
  )
}
