import type { Knowledge } from '../core/knowledge.ts'
import { nameReader } from '../core/recognise/name/look-up.ts'
import type { Block } from '../intake/blocks.ts'
import { type NameFormName, nameForm, nameLine } from './name-rows.ts'

/** What answering names begins with; a worker thread is given it. */
export interface NameStart {
  readonly knowledge: Knowledge
  readonly form: NameFormName
  /** Columns of the terminal, for a table. */
  readonly width: number
}

/** The rows of a block of names, and how many names it held. */
export interface BlockAnswer {
  readonly text: Uint8Array
  readonly count: number
}

/** Makes what answers blocks of lines, a name a line. */
export function nameAnswerer({ knowledge, form, width }: NameStart): (block: Block) => BlockAnswer {
  const { words } = knowledge
  const read = nameReader(knowledge)
  const { row } = nameForm(form, width)
  return (block) => {
    const lines = linesOf(block)
    let text = ''
    for (const line of lines) text += row(nameLine(line, read(line), words))
    return { text: Buffer.from(text), count: lines.length }
  }
}

/** The lines of a block; one that is too long to be held is answered as an empty one. */
function linesOf({ bytes, tooLong }: Block): string[] {
  if (tooLong) return ['']
  const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8').split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
}
