/** What is written of an error: its name, its code and where it arose. Its message is not, for it may repeat what a body held. */
export interface ErrorFacts {
  readonly name: string
  readonly code?: string
  /** The places in the code, the innermost first. */
  readonly at: readonly string[]
  readonly cause?: ErrorFacts
}

const mostPlaces = 10
const mostCauses = 3

/** The facts of whatever was thrown, with its causes. */
export function errorFacts(error: unknown, depth = 0): ErrorFacts {
  if (!(error instanceof Error)) return { name: typeof error, at: [] }
  const code: unknown = 'code' in error ? error.code : undefined
  return {
    name: wordOf(error.name) ?? 'Error',
    ...(wordOf(code) === null ? {} : { code: wordOf(code) as string }),
    at: placesOf(error),
    ...(error.cause === undefined || depth >= mostCauses ? {} : { cause: errorFacts(error.cause, depth + 1) }),
  }
}

function wordOf(value: unknown): string | null {
  return typeof value === 'string' && /^\w{1,60}$/.test(value) ? value : null
}

/** The lines below the message; where the message cannot be told from them, none. */
function placesOf({ stack, message }: Error): string[] {
  if (stack === undefined) return []
  const at = stack.indexOf(message)
  if (at < 0 && message !== '') return []
  return stack
    .slice(at < 0 ? 0 : at + message.length)
    .split('\n')
    .map((line) => /^ {4}at (.+:\d+:\d+\)?)$/.exec(line)?.[1])
    .filter((place) => place !== undefined)
    .slice(0, mostPlaces)
}
