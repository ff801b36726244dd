import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** One labelled description. What a file does not tell is empty. */
export interface Row {
  readonly file: string
  readonly title: string
  readonly stratum: string
  readonly language: string
  readonly hs: string
  readonly category: string
  /** What it is; empty where the file does not say. */
  readonly article: string
  readonly genus: string
  /** A misspelt name as it stands in the title. */
  readonly written: string
  /** The right name, for rows of misspelt names. */
  readonly name: string
}

const columns = {
  title: ['title', 'goods_description', 'description'],
  stratum: ['kind', 'stratum', 'weak_label'],
  language: ['lang', 'language'],
  hs: ['hs', 'commodity_code'],
  category: ['category_path'],
  article: ['article'],
  genus: ['genus'],
  written: ['name'],
  name: ['correct'],
} as const

/** Reads labelled descriptions: TSV with a header, whose columns may have the names above. */
export function readRows(file: string): Row[] {
  if (!existsSync(file)) throw new Error(`${file}: there is no such file.`)
  const [header = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split(/\r?\n/)
  const names = header.split('\t')
  const ours = names.includes('kind')
  const places = Object.entries(columns).map(([key, wanted]) => {
    const at = names.findIndex(
      (name) => (wanted as readonly string[]).includes(name) || (ours && name === key && key !== 'name'),
    )
    return [key, at] as const
  })
  return lines.map((line) => {
    const cells = line.split('\t')
    const told = Object.fromEntries(places.map(([key, at]) => [key, at < 0 ? '' : (cells[at] ?? '')]))
    return { file: path.basename(file), ...told } as unknown as Row
  })
}
