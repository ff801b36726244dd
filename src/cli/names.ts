import { knowledge as loadKnowledge } from '../app.ts'
import { say } from '../core/decide/words.ts'
import type { Knowledge } from '../core/knowledge.ts'
import { blocksOf } from '../intake/blocks.ts'
import { type FileProblem, Unreadable, utf8Chunks } from '../intake/open.ts'
import { UsageError } from '../intake/table.ts'
import { oneOf, readArguments, usage } from './arguments.ts'
import { importsFolder } from './imports-folder.ts'
import { type NameCrew, nameCrew } from './name-crew.ts'
import type { NameFormName } from './name-rows.ts'
import { type Sink, sinkOf } from './outputs.ts'
import { stopper } from './stopper.ts'
import { visible } from './visible.ts'

export const namesHelp = `greenlane names [FILE] [--output ndjson]     one name a line, plain or gzip; standard input when no FILE is given, or for -

  --output FORM        table, ndjson or csv; table on a terminal when not given, else ndjson
  --knowledge DIR      names that were imported; GREENLANE_KNOWLEDGE when not given, else ./greenlane-knowledge where it is there

Takes scientific names apart (authors, ranks, hybrids, cultivars, what the writer left open) and looks them up: accepted name,
genus, family, EPPO code. Common names in the languages that are known are told with all they can mean. Each line is answered,
and what is wrong with it is part of the answer. Grade: 1 clean, 2 put right, 3 not as the codes have it, 4 read with care, 0 no
scientific name.

Exit code: 0 all was read, 1 the file could not be read to its end, 2 wrong use or the answers could not be written, 130 stopped
by Ctrl-C (what was done is written).
`

const forms: readonly NameFormName[] = ['table', 'ndjson', 'csv']

/** Answers names, one a line: what they are and what they mean. */
export async function names(args: readonly string[]): Promise<number> {
  return usage(namesHelp, async () => {
    const given = readArguments(args, {
      output: { type: 'string' },
      knowledge: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    })
    if (given.flag('help')) {
      process.stdout.write(namesHelp)
      return 0
    }
    const [file = '-', ...more] = given.words
    if (more.length > 0)
      throw new UsageError('Give one file, or none for standard input. A name to look up goes through standard input.')
    const form = oneOf(given, 'output', forms) ?? (process.stdout.isTTY === true ? 'table' : 'ndjson')
    return answerNames(file, form, await loadKnowledge(importsFolder(given)))
  })
}

async function answerNames(file: string, form: NameFormName, knowledge: Knowledge): Promise<number> {
  const stop = stopper()
  const sink = sinkOf(null)
  const shown = counter()
  const crew = nameCrew({ knowledge, form, width: process.stdout.columns || 120 })
  const tell = ({ kind, facts }: FileProblem): void => {
    const sentence = say(knowledge.words, `problem.${kind}`, facts)
    process.stderr.write(`${visible(`${file === '-' ? 'standard input' : file}: ${sentence}`)}\n`)
  }
  try {
    const done = await answerFile({ file, crew, sink, shown, tell, stopped: stop.stopped })
    await sink.end()
    if (sink.failed()) return 2
    return stop.stopped() ? 130 : done ? 0 : 1
  } finally {
    shown.end()
    stop.end()
    await crew.close()
  }
}

interface Answering {
  readonly file: string
  readonly crew: NameCrew
  readonly sink: Sink
  readonly shown: ReturnType<typeof counter>
  readonly tell: (problem: FileProblem) => void
  readonly stopped: () => boolean
}

/** Answers a file block by block, so that memory stays bounded; tells whether all of it could be read. */
async function answerFile({ file, crew, sink, shown, tell, stopped }: Answering): Promise<boolean> {
  let whole = true
  const chunks = utf8Chunks(file, {
    count: () => {},
    tell: (problem) => {
      if (problem.kind === 'file-cut') whole = false
      tell(problem)
    },
  })
  await sink.write(crew.header)
  try {
    for await (const { text, count } of crew.answers(blocksOf(chunks, false))) {
      await sink.write(text)
      shown.add(count)
      if (stopped() || sink.closed()) break
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    if (!stopped()) tell({ kind: 'file-unreadable', facts: { detail: error.message } })
    return false
  }
  return whole
}

/** A line on the terminal that tells how many names were answered; nothing when standard error is no terminal. */
function counter(): { add: (count: number) => void; end: () => void } {
  const terminal = process.stderr.isTTY === true
  const start = performance.now()
  let count = 0
  let drawn = 0
  return {
    add: (more) => {
      count += more
      const now = performance.now()
      if (!terminal || now - start < 500 || now - drawn < 200) return
      drawn = now
      process.stderr.write(`\r\u001b[K${count} names, ${Math.round((count / (now - start)) * 1000)}/s`)
    },
    end: () => {
      if (drawn > 0) process.stderr.write('\r\u001b[K')
    },
  }
}
