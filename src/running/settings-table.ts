import { type Environment, foundText, givenText } from './config.ts'
import { type Setting, settings, type Variable, variables } from './settings.ts'

/** One variable as people and programs are told of it. */
export interface SettingRow {
  readonly variable: Variable
  readonly does: string
  readonly allowed: string
  /** What counts when it is not set. */
  readonly usual: string
  readonly example: string
  /** What the environment says; null when not set, and of a secret only `set` or `not set`. */
  readonly now: string | null
}

/** Every variable with what it does and what it is now, in the order of the list. */
export function settingRows(environment: Environment): SettingRow[] {
  return variables.map((variable) => {
    const { does, kind, usual, otherwise, example }: Setting<unknown> = settings[variable]
    return {
      variable,
      does,
      allowed: kind.allowed,
      usual: usual ?? otherwise ?? '',
      example,
      now: nowText(environment, variable),
    }
  })
}

function nowText(environment: Environment, variable: Variable): string | null {
  const text = givenText(environment, variable)
  const { secret }: Setting<unknown> = settings[variable]
  if (secret) return text === null ? 'not set' : 'set'
  return text === null ? null : (JSON.parse(foundText(variable, text)) as string)
}

/** The variables as a table in Markdown, for the documents: nothing of any environment stands in it. */
export function settingsMarkdown(): string {
  const rows = settingRows({}).map(({ variable, does, allowed, usual, example }) =>
    [`\`${variable}\``, does, allowed, usual, example.includes('`') ? example : `\`${example}\``].map(cell).join(' | '),
  )
  return ['variable | what it does | allowed | when not set | example', '---|---|---|---|---', ...rows]
    .map((row) => `| ${row} |\n`)
    .join('')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
