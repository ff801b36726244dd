import { parseArgs } from 'node:util'
import type { Knowledge } from '../core/knowledge.ts'
import { findPlace } from '../core/parcel/places.ts'
import { UsageError } from '../intake/table.ts'

type OptionKinds = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>

export interface Arguments {
  readonly words: readonly string[]
  readonly text: (name: string) => string | null
  readonly list: (name: string) => readonly string[]
  readonly flag: (name: string) => boolean
}

/** Reads the arguments of a command. Throws UsageError that names the option and what to do. */
export function readArguments(args: readonly string[], options: OptionKinds): Arguments {
  const parsed = parse(args, options)
  const values = parsed.values as Record<string, string | boolean | (string | boolean)[] | undefined>
  return {
    words: parsed.positionals,
    text: (name) => (typeof values[name] === 'string' ? values[name] : null),
    list: (name) =>
      Array.isArray(values[name]) ? values[name].filter((one): one is string => typeof one === 'string') : [],
    flag: (name) => values[name] === true,
  }
}

function parse(args: readonly string[], options: OptionKinds): { values: object; positionals: string[] } {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? sentenceOf(error.message) : String(error))
  }
}

/** The engine's message without its hints for programmers, ended as a sentence. */
function sentenceOf(message: string): string {
  const first = (message.split('. To specify')[0] as string).split('\n')[0] as string
  return /[.!?]$/.test(first) ? first : `${first}.`
}

/** One of a closed list, or null when not given. */
export function oneOf<T extends string>(args: Arguments, name: string, allowed: readonly T[]): T | null {
  const text = args.text(name)
  if (text === null) return null
  if ((allowed as readonly string[]).includes(text)) return text as T
  throw new UsageError(`--${name} ${text}: give one of ${allowed.join(', ')}.`)
}

/** A place by its code, or null when not given. */
export function placeArgument(args: Arguments, name: string, knowledge: Knowledge): string | null {
  const text = args.text(name)
  if (text === null) return null
  const number = findPlace(knowledge.places, text)
  if (number >= 0) return knowledge.places.codes[number] as string
  throw new UsageError(
    `--${name} ${text}: there is no such country. Give two letters of ISO 3166-1 (FR, CN), XI for Northern Ireland, or a part that law names (US-HI).`,
  )
}

/** The day that counts; today when not given. */
export function dayArgument(args: Arguments): string {
  return dayText(args, 'on') ?? new Date().toISOString().slice(0, 10)
}

/** A day, or null when not given. */
export function dayText(args: Arguments, name: string): string | null {
  const text = args.text(name)
  if (text === null) return null
  const day = new Date(`${text}T00:00:00Z`)
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text))
    return text
  throw new UsageError(`--${name} ${text}: give a day as 2026-11-24.`)
}

/** Runs a command; wrong use is told in a sentence that says where all is told, and ends with 2. */
export async function usage(help: string, run: () => Promise<number>): Promise<number> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    const command = help.split(' ', 2).join(' ')
    process.stderr.write(`${error.message}\nTry \`${command} --help\`.\n`)
    return 2
  }
}
