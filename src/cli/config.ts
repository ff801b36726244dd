import { UsageError } from '../intake/table.ts'
import { type ConfigReading, type Environment, faultLines, readConfig } from '../running/config.ts'
import { settingRows, settingsMarkdown } from '../running/settings-table.ts'
import { oneOf, readArguments, usage } from './arguments.ts'
import { plainTable } from './plain-table.ts'

export const configHelp = `greenlane config [--output FORM]

Tells every variable of the environment that the service reads: what it does, what counts when it is not set, and what it is now.
Secrets are shown as set or not set. Every fault is told, with what is allowed and an example.

  --output FORM        table, json or markdown; table when not given. Markdown tells nothing of this environment

Exit code: 0, 1 when a variable is faulty, or 2 for wrong use.
`

const forms = ['table', 'json', 'markdown'] as const

/** Tells the configuration of the service and what is wrong with it. */
export async function config(args: readonly string[]): Promise<number> {
  return usage(configHelp, async () => {
    const given = readArguments(args, { output: { type: 'string' }, help: { type: 'boolean', short: 'h' } })
    if (given.flag('help')) return print(configHelp)
    if (given.words.length > 0) throw new UsageError(`"${given.words[0]}" is nothing to do here.`)
    return show(oneOf(given, 'output', forms) ?? 'table', process.env)
  })
}

function show(form: (typeof forms)[number], environment: Environment): number {
  if (form === 'markdown') return print(settingsMarkdown())
  const reading = readConfig(environment)
  if (form === 'json') print(`${JSON.stringify(jsonOf(reading, environment), null, 2)}\n`)
  else showTable(reading, environment)
  return reading.kind === 'faulty' ? 1 : 0
}

function jsonOf(reading: ConfigReading, environment: Environment): object {
  const faults = reading.kind === 'faulty' ? reading.faults : []
  return { variables: settingRows(environment), faults, notices: reading.notices }
}

function showTable(reading: ConfigReading, environment: Environment): void {
  const rows = settingRows(environment).map(({ variable, does, usual, now }) => [
    variable,
    does,
    usual,
    now ?? 'not set',
  ])
  print(`${plainTable(['variable', 'what it does', 'when not set', 'now'], rows)}\n`)
  const told = [...(reading.kind === 'faulty' ? reading.faults : []), ...reading.notices]
  if (told.length > 0) process.stderr.write(`\n${faultLines(told)}`)
}

function print(text: string): number {
  process.stdout.write(text)
  return 0
}
