import { availableParallelism } from 'node:os'
import { engineName, knowledge as loadKnowledge, screening } from '../app.ts'
import { say } from '../core/decide/words.ts'
import type { Knowledge } from '../core/knowledge.ts'
import { modes } from '../core/parcel/parcel.ts'
import { type WeightUnit, weightUnits } from '../core/read/flat.ts'
import type { Defaults } from '../core/read/read.ts'
import { formats } from '../intake/formats.ts'
import { type Input, sizeOf } from '../intake/screening.ts'
import { UsageError } from '../intake/table.ts'
import { type Arguments, dayArgument, oneOf, placeArgument, readArguments, usage } from './arguments.ts'
import { importsFolder } from './imports-folder.ts'
import { checkPlace, outputFor } from './outputs.ts'
import { progress } from './progress.ts'
import { stopper } from './stopper.ts'
import { visible } from './visible.ts'

export const screenHelp = `greenlane screen FILE... [--to FR] [options]     FILE may be - for standard input, plain or gzip

  --to PLACE           where parcels go that do not say it themselves (ISO 3166-1; XI Northern Ireland, IC Canary Islands)
  --dispatch PLACE     country they are sent from, where the record does not say it
  --origin PLACE       country where the material grew, where the record does not say it; never the same as dispatch by itself
  --on DAY             day whose law counts, as 2026-11-24; today when not given
  --by WAY             post, courier, luggage or cargo, where the record does not show it
  --input FORMAT       auto, ndjson, json, csv or tsv
  --column NAME=COLUMN which column of a table holds what: id, description, hs, origin, dispatch, destination, quantity, weight,
                       value, currency, sender, recipient; may be given several times
  --weight-unit UNIT   unit of a table's weights: kg, g, oz, lb; a unit beside the number wins. When not given: the unit that the
                       column's name tells, else kg, and that is said
  --weight-basis BASIS line (when not given) or unit: what a table's weight stands for
  --output FORM        table, ndjson, csv or html; table on a terminal when not given, else ndjson
  --out FILE           where the answers go; standard output when not given
  --workers NUMBER     threads for large files; 2 when not given, 0 for none
  --knowledge DIR      names that were imported; GREENLANE_KNOWLEDGE when not given, else ./greenlane-knowledge where it is there

Exit code: 0 every record was read, 1 at least one could not be read (the rest was screened), 2 wrong use or the answers could
not be written, 130 stopped by Ctrl-C (what was done is written).
`

const outputs = ['table', 'ndjson', 'csv', 'html'] as const

/** The options of a screening, as `readArguments` takes them. */
export const screenOptions = {
  to: { type: 'string' },
  dispatch: { type: 'string' },
  origin: { type: 'string' },
  on: { type: 'string' },
  by: { type: 'string' },
  input: { type: 'string' },
  output: { type: 'string' },
  out: { type: 'string' },
  column: { type: 'string', multiple: true },
  'weight-unit': { type: 'string' },
  'weight-basis': { type: 'string' },
  workers: { type: 'string' },
  knowledge: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

/** Screens files and writes an answer for each record. */
export async function screen(args: readonly string[]): Promise<number> {
  return usage(screenHelp, async () => {
    const given = readArguments(args, screenOptions)
    if (given.flag('help')) {
      process.stdout.write(screenHelp)
      return 0
    }
    if (given.words.length === 0) throw new UsageError('Name at least one file to screen, or - for standard input.')
    return screenGiven(given.words, given)
  })
}

/** Screens the files named, with the options given. */
export async function screenGiven(files: readonly string[], given: Arguments): Promise<number> {
  const out = given.text('out')
  const form = oneOf(given, 'output', outputs) ?? (process.stdout.isTTY === true && out === null ? 'table' : 'ndjson')
  checkPlace(out, files)
  const told = {
    format: oneOf(given, 'input', ['auto', ...formats] as const) ?? 'auto',
    columns: given.list('column'),
    weightUnit: oneOf(given, 'weight-unit', Object.keys(weightUnits) as WeightUnit[]),
    weightBasis: oneOf(given, 'weight-basis', ['line', 'unit'] as const) ?? 'line',
  }
  const workers = workersOf(given)
  const on = dayArgument(given)
  const stop = stopper()
  const knowledge = await loadKnowledge(importsFolder(given))
  const options = { on, defaults: defaultsOf(given, knowledge), engine: await engineName() }
  const output = outputFor(form, { out, knowledge, options, files: files.map(nameOf) })
  const input: Input = { ...told, files, wanted: output.wanted, stopped: stop.stopped }
  const shown = progress(sizeOf(files), knowledge.policy.order)
  const faults = faultTeller(knowledge)
  try {
    for await (const step of screening({ knowledge, options, input, workers })) {
      const file = nameOf(step.file)
      if (step.kind === 'file-problem') faults.file(file, step.problem, step.facts)
      else {
        faults.records(file, step.screened.faults)
        shown.add(step.screened, step.bytes)
        await output.add(file, step.screened)
      }
      if (output.closed()) break
    }
    await output.end()
  } finally {
    shown.end()
    stop.end()
    faults.end()
  }
  if (output.failed()) return 2
  return stop.stopped() ? 130 : faults.any() ? 1 : 0
}

/** A file as people are told of it. */
function nameOf(file: string): string {
  return file === '-' ? 'standard input' : file
}

function defaultsOf(given: Arguments, knowledge: Knowledge): Defaults {
  return {
    destination: placeArgument(given, 'to', knowledge),
    dispatch: placeArgument(given, 'dispatch', knowledge),
    origin: placeArgument(given, 'origin', knowledge),
    by: oneOf(given, 'by', modes),
  }
}

function workersOf(given: Arguments): number {
  const text = given.text('workers')
  if (text === null) return Math.min(2, availableParallelism())
  const number = Number(text)
  if (Number.isInteger(number) && number >= 0 && number <= 64) return number
  throw new UsageError(`--workers ${text}: give a whole number from 0 to 64.`)
}

const faultsShown = 20
/** What is said of a file without that anything in it could not be read. */
const notes: readonly string[] = ['encoding', 'table-empty', 'unit-assumed']

/** Tells on standard error what could not be read, by file and line: the first ones, then how many more. */
function faultTeller({ words }: Knowledge): {
  file: (file: string, kind: string, facts: Readonly<Record<string, string>>) => void
  records: (file: string, faults: readonly { line: number; sentence: string }[]) => void
  any: () => boolean
  end: () => void
} {
  let count = 0
  let unread = 0
  const tell = (sentence: string): void => {
    count += 1
    if (count <= faultsShown) process.stderr.write(`${visible(sentence)}\n`)
  }
  return {
    file: (file, kind, facts) => {
      if (!notes.includes(kind)) unread += 1
      tell(`${file}: ${say(words, `problem.${kind}`, facts)}`)
    },
    records: (file, faults) => {
      unread += faults.length
      for (const { line, sentence } of faults) tell(`${file}:${line}: ${sentence}`)
    },
    any: () => unread > 0,
    end: () => {
      if (count > faultsShown) process.stderr.write(`… and ${count - faultsShown} more.\n`)
    },
  }
}
