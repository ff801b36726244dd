import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { compiledKnowledge } from '../app.ts'
import { UsageError } from '../intake/table.ts'
import type { Checked } from '../knowledge/check.ts'
import type { Counts } from '../knowledge/edition.ts'
import { readArguments, usage } from './arguments.ts'

export const knowledgeHelp = `greenlane knowledge check [FOLDER]       every fault with its file and line; every example and case is run
greenlane knowledge edition               the edition that answers name, and what it holds
greenlane knowledge diff OLD [NEW]        what one folder of knowledge has that the other has not

FOLDER and NEW are the knowledge that came with Greenlane when not given.
Exit code: 0, 1 when something is wrong with the knowledge, or 2 for wrong use.
`

/** Where the knowledge lies that this build was made of. */
const sources = fileURLToPath(new URL('../../../knowledge', import.meta.url))

/** Checks what experts wrote, tells its edition, compares two folders of it. */
export async function knowledge(args: readonly string[]): Promise<number> {
  return usage(knowledgeHelp, async () => {
    const given = readArguments(args, { help: { type: 'boolean', short: 'h' } })
    const [what, ...folders] = given.words
    if (given.flag('help')) return print(knowledgeHelp)
    if (what === 'check') return check(folderOf(folders[0]))
    if (what === 'edition') return edition()
    if (what === 'diff' && folders[0] !== undefined) return diff(folderOf(folders[0]), folderOf(folders[1]))
    throw new UsageError('Say what to do with the knowledge: check, edition, or diff with a folder.')
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

async function check(folder: string): Promise<number> {
  const { checkKnowledge } = await import('../knowledge/check.ts')
  const { faultLines } = await import('../knowledge/fault.ts')
  const checked = checkKnowledge(folder)
  const wrong = [...faultLines(checked.faults), ...faultLines(checked.missed)]
  for (const line of wrong) process.stdout.write(`${line}\n`)
  print(`${wrong.length > 0 ? '\n' : ''}${countLines(checked.counts).join('\n')}\n${checkLines(checked).join('\n')}\n`)
  return wrong.length === 0 ? 0 : 1
}

function checkLines({ edition, faults, missed, examples, cases, withWordNet }: Checked): string[] {
  const ran = faults.length > 0 ? 'not run while files have faults' : `${cases} run`
  const alone = withWordNet ? [] : ['WordNet is not installed: the cases were run without its ordinary words.']
  return [
    `examples ${examples}, cases ${cases === 0 ? '0' : ran}`,
    `edition ${edition}`,
    ...alone,
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

function edition(): number {
  const file = path.join(compiledKnowledge, 'edition.json')
  const { edition, counts } = JSON.parse(readFileSync(file, 'utf8')) as { edition: string; counts: Counts }
  return print(`${edition}\n${countLines(counts).join('\n')}\n`)
}

async function diff(before: string, after: string): Promise<number> {
  const { diffKnowledge } = await import('../knowledge/diff.ts')
  const differences = diffKnowledge(before, after)
  for (const { sign, what } of differences) print(`${sign} ${what}\n`)
  return print(`${differences.length} differences\n`)
}
