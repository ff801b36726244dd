import { extname } from 'node:path'

export const formats = ['ndjson', 'json', 'csv', 'tsv'] as const
export type Format = (typeof formats)[number]

/** The format a name tells, or null. */
export function formatOfName(name: string): Format | null {
  const plain = name.toLowerCase().replace(/\.gz$/, '')
  const extension = extname(plain).slice(1)
  if (extension === 'jsonl') return 'ndjson'
  return (formats as readonly string[]).includes(extension) ? (extension as Format) : null
}

/**
 * The format that the first bytes show: JSON begins with a bracket (one record a line, or one document), a table with a header
 * that holds tabs or not. `cut` says that the last line goes on.
 */
export function formatOfBytes(head: string, cut: boolean): Format {
  const text = head.trimStart()
  if (text.startsWith('[')) return 'json'
  if (!text.startsWith('{')) return (text.split('\n', 1)[0] as string).includes('\t') ? 'tsv' : 'csv'
  const lines = text.split('\n')
  if (lines.length === 1) return cut || isObject(text) ? 'ndjson' : 'json'
  return lines.some(isObject) ? 'ndjson' : 'json'
}

/** Whether most lines of a text are objects by themselves: then it is one record a line, whatever it is called. */
export function isLineByLine(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.filter(isObject).length * 2 > lines.length
}

function isObject(line: string): boolean {
  if (!line.trimStart().startsWith('{')) return false
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}
