import type { Knowledge } from '../../src/core/knowledge.ts'
import { type Article, isRegulated } from '../../src/core/parcel/articles.ts'
import { noDefaults } from '../../src/core/read/read.ts'
import type { ModelUse } from '../../src/core/recognise/model.ts'
import { screener } from '../../src/core/screen.ts'
import type { Row } from './rows.ts'

/** What came out for one row. */
export interface Outcome {
  readonly row: Row
  readonly proposal: string
  readonly article: Article
  readonly probability: number
  readonly clarity: number
  readonly genera: readonly string[]
  /** Any proposal but no objection. */
  readonly flagged: boolean
  /** Taken for a regulated article, or held, inspected or refused. Merely asking what an unclear line is, is no alarm. */
  readonly alarmed: boolean
  /** Said to be unclear: somebody is asked what it is. */
  readonly unclear: boolean
  /** Whether the taxa are those of the title with its misspelt name put right; null where a row tells no such name. */
  readonly right: boolean | null
}

/** Articles that no officer looks for in a title: what they are made of is no longer a plant to watch. */
const harmless: readonly Article[] = ['processed-plant-product', 'dried-plant-product']

/** Screens rows one by one, to a destination, on a day, as sent from China. */
export function measurer(knowledge: Knowledge, destination: string): (row: Row) => Outcome {
  const { decide, answer } = screener(knowledge, {
    on: '2026-11-24',
    engine: 'accuracy',
    defaults: { ...noDefaults, destination, dispatch: 'CN' },
  })
  const screened = (row: Row, title: string) => {
    const line = {
      description: { raw: title },
      hs: { raw: row.hs === '' ? null : row.hs },
      category: row.category === '' ? null : row.category,
    }
    return answer(decide({ line: 1, value: { lines: [line] } }))
  }
  const taxaOf = (row: Row, title: string): string =>
    (screened(row, title).items[0]?.taxa ?? [])
      .map(({ name }) => name)
      .sort()
      .join(', ')
  return (row) => {
    const { proposal, items } = screened(row, row.title)
    const item = items[0]
    const { title, written, name } = row
    const misspelt = written !== '' && name !== '' && title.includes(written)
    const meant = misspelt
      ? taxaOf(
          row,
          title.replace(written, () => name),
        )
      : null
    const article = item?.article ?? 'unclear'
    const probability = item?.probability ?? 0
    const asks = proposal === 'ask' || proposal === 'no-objection'
    const claims = isRegulated(article) && !harmless.includes(article) && probability >= 0.5
    return {
      row,
      proposal,
      article,
      probability,
      clarity: item?.clarity ?? 0,
      genera: (item?.taxa ?? []).map(({ name, genus }) => genus ?? name),
      flagged: proposal !== 'no-objection',
      alarmed: !asks || (claims && proposal === 'ask'),
      unclear: article === 'unclear' && proposal === 'ask',
      right: meant === null ? null : taxaOf(row, title) === meant,
    }
  }
}

/** The same knowledge with the learned model off, beside the rules, or alone. */
export function withModel(knowledge: Knowledge, use: ModelUse, model = knowledge.model): Knowledge {
  return { ...knowledge, model, policy: { ...knowledge.policy, model: use } }
}

/** Whether the article that leads is the one a row says. */
export function articleRight({ row, article }: Outcome): boolean {
  return row.article === article
}

/** Whether the genus of a row is among those found. */
export function genusRight({ row, genera }: Outcome): boolean {
  return genera.includes(row.genus)
}
