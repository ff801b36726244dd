import { type Article, isUnder } from '../core/parcel/articles.ts'
import type { Block, Requirement } from '../core/require/pack.ts'
import { goodsArticles } from './situations.ts'

/** Articles that a block is about: all that stand under those it names, without those it leaves out. */
export function articlesOf({ articles, notArticles }: Block): readonly Article[] {
  return goodsArticles.filter(
    (one) =>
      (articles === undefined || articles.some((wider) => isUnder(one, wider))) &&
      !(notArticles ?? []).some((wider) => isUnder(one, wider)),
  )
}

/** Whether a requirement asks or prohibits something of an article. */
export function speaksOf({ when, kind }: Requirement, article: Article): boolean {
  return kind === 'requirement' && articlesOf(when).includes(article)
}
