import { pino } from 'pino'
import { errorFacts } from './error-facts.ts'
import { type Facts, writtenFacts } from './facts.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/**
 * The log of the service: one JSON object a line, with the time, the level, a sentence and facts. Sentences are written in the
 * code as they are and never put together from what came in: what differs is a fact, and only allowed facts are written.
 */
export interface Log {
  readonly debug: (sentence: string, facts?: Facts) => void
  readonly info: (sentence: string, facts?: Facts) => void
  readonly warn: (sentence: string, facts?: Facts, error?: unknown) => void
  readonly error: (sentence: string, facts?: Facts, error?: unknown) => void
  /** A log whose lines all carry these facts. */
  readonly with: (facts: Facts) => Log
}

/** A log that is open; closing it writes what is still held. */
export interface OpenLog extends Log {
  readonly close: () => void
}

/** Where lines go: a stream, or a number of an open file as 1 for standard output. */
export type LogTarget = number | { readonly write: (line: string) => void }

/** How many bytes are gathered before they are written, and after how many milliseconds they are at the latest. */
const gathered = { minLength: 4096, periodicFlush: 500 }

/** Opens a log. Lines for a numbered file are gathered, so that a busy service does not write each alone. */
export function openLog(level: LogLevel, target: LogTarget = 1): OpenLog {
  const file = typeof target === 'number' ? pino.destination({ dest: target, sync: false, ...gathered }) : null
  const lines = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    file ?? (target as pino.DestinationStream),
  )
  return { ...logOver(lines, {}), close: () => file?.flushSync() }
}

function logOver(lines: pino.Logger, always: Facts): Log {
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (sentence: string, facts: Facts = {}, error?: unknown): void => {
      if (!lines.isLevelEnabled(level)) return
      const told = error === undefined ? {} : { error: errorFacts(error) }
      lines[level]({ ...writtenFacts({ ...always, ...facts }), ...told }, sentence)
    }
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    with: (facts) => logOver(lines, { ...always, ...facts }),
  }
}

/**
 * A log for a library that writes lines of its own: its sentence is kept up to the first quote, colon, bracket, digit or address of
 * mail, where values begin; of its words those that could be names are left out, and so is what it hands over beside the sentence.
 */
export function libraryLog(
  log: Log,
  library: string,
): (level: 'debug' | 'info' | 'warn' | 'error', sentence: string) => void {
  return (level, sentence) => log[level](librarySentence(sentence), { library })
}

function librarySentence(sentence: string): string {
  const [start = ''] = sentence.slice(0, 200).split(/["'`:{[(\d\n]|\S*@/)
  const words = start.trim().split(/\s+/)
  const told = words.map((word, at) =>
    /^([a-z-]+|[A-Z]{2,})[.,;]?$/.test(at === 0 ? word.toLowerCase() : word) ? word : '…',
  )
  return start.trim() === '' ? 'The library wrote a line that is not shown' : told.join(' ')
}
