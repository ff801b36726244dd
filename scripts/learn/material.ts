import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Knowledge } from '../../src/core/knowledge.ts'
import { type Article, articles } from '../../src/core/parcel/articles.ts'
import { readCases } from '../../src/knowledge/cases.ts'
import { filesLike, readSources } from '../../src/knowledge/sources.ts'

/** A description of the tree and what it is. */
export interface Example {
  /** Where it stands: `titles`, or the file of the cases. */
  readonly source: string
  readonly language: string
  readonly title: string
  readonly hs: string
  readonly article: Article
}

/** Everything in the tree that says what a description is: titles written to learn from, and cases of one item. */
export function materialOf(folder: string, knowledge: Knowledge): Example[] {
  return [...titlesIn(path.join(folder, 'learn', 'titles.tsv')), ...casesIn(folder, knowledge)]
}

function titlesIn(file: string): Example[] {
  const [, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n')
  return lines.map((line) => {
    const [language = '', title = '', article = ''] = line.split('\t')
    return { source: 'titles', language, title, hs: '', article: articleOf(article, `${file}: "${title}"`) }
  })
}

function articleOf(word: string, where: string): Article {
  const found = articles.find((one) => one === word)
  if (found === undefined) throw new Error(`${where}: "${word}" is no article.`)
  return found
}

function casesIn(folder: string, { languages, places, taxa, packs }: Knowledge): Example[] {
  const requirements = new Set(packs.flatMap((pack) => pack.requirements.map(({ id }) => id)))
  const codes = new Map(languages.map(({ code, name }) => [name.toLowerCase(), code]))
  const files = filesLike(readSources(folder), /^cases\//)
  return files.flatMap((file) => {
    const source = path.basename(file.path, '.md')
    return readCases([file], { places, taxa, requirements, faults: [] }).flatMap(({ said }) => {
      const [title, ...more] = said.get('description') ?? []
      const article = said.get('article')?.[0]?.value ?? (source === 'vague' ? 'unclear' : undefined)
      if (title === undefined || more.length > 0 || article === undefined) return []
      const language = codes.get(source) ?? (source === 'languages' ? 'several' : 'en')
      const hs = said.get('hs')?.[0]?.value ?? ''
      return [{ source, language, title: title.value, hs, article: articleOf(article, title.value) }]
    })
  })
}
