import { say, type Words } from '../core/decide/words.ts'
import type { Knowledge } from '../core/knowledge.ts'
import type { Article } from '../core/parcel/articles.ts'
import type { Coverage, Pack, Requirement } from '../core/require/pack.ts'
import type { RawRecord } from '../core/screen.ts'
import { newScreener } from './check-cases.ts'
import { speaksOf } from './scope.ts'
import { goodsArticles } from './situations.ts'

/** Why somebody should look at a requirement again. */
export type Stale = 'unverified' | 'old-edition' | 'read-long-ago'

/** A requirement to look at again. */
export interface ToReview {
  readonly place: string
  readonly requirement: Requirement
  readonly why: Stale
  /** How many of the parcels it was told for. */
  readonly hits: number
}

/** What a pack holds and claims. */
export interface PackReview {
  readonly place: string
  readonly title: string
  readonly layer: Pack['layer']
  readonly requirements: number
  readonly unverified: number
  readonly oldEdition: number
  /** Articles that are complete for goods from third countries, and those that are not. */
  readonly complete: readonly Article[]
  readonly open: readonly Article[]
  /** Articles that are declared complete and that no requirement speaks of: answers there are "nothing asked". */
  readonly silent: readonly Article[]
  /** Who declared what complete, and what was read for it. */
  readonly claims: readonly Coverage[]
}

/** Days after which a text that was read should be read again. */
const yearInDays = 365

/** Requirements that nobody has read, or not for a year before `day`, or only in an old edition: those most parcels meet first. */
export function reviewLaw({ packs }: Knowledge, hits: ReadonlyMap<string, number>, day: string): ToReview[] {
  const found = packs.flatMap(({ place, requirements }) =>
    requirements.flatMap((requirement) => {
      const why = staleness(requirement, day)
      return why === null ? [] : [{ place, requirement, why, hits: hits.get(requirement.id) ?? 0 }]
    }),
  )
  return found.sort((one, other) => other.hits - one.hits || order(one.why) - order(other.why))
}

function order(why: Stale): number {
  return (['unverified', 'old-edition', 'read-long-ago'] as const).indexOf(why)
}

function staleness({ source }: Requirement, day: string): Stale | null {
  if (source.unverified !== null) return 'unverified'
  if (source.dated !== null) return 'old-edition'
  const read = source.read?.on ?? ''
  return daysBetween(read, day) > yearInDays ? 'read-long-ago' : null
}

/** Whole days from one day to another, both as 2026-11-24. */
function daysBetween(one: string, other: string): number {
  return Math.round((Date.parse(`${other}T00:00:00Z`) - Date.parse(`${one}T00:00:00Z`)) / 86_400_000)
}

/** What each pack holds and claims, in the order of places. */
export function reviewPacks({ packs }: Knowledge): PackReview[] {
  return packs.map((pack) => {
    const claims = pack.coverage.filter(({ origins }) => origins !== 'union')
    const complete = goodsArticles.filter((article) => claims.some(({ articles }) => articles.includes(article)))
    return {
      place: pack.place,
      title: pack.title,
      layer: pack.layer,
      requirements: pack.requirements.length,
      unverified: pack.requirements.filter(({ source }) => source.unverified !== null).length,
      oldEdition: pack.requirements.filter(({ source }) => source.dated !== null).length,
      complete,
      claims,
      open: goodsArticles.filter((article) => !complete.includes(article)),
      silent: complete.filter((article) => !pack.requirements.some((one) => speaksOf(one, article))),
    }
  })
}

/** Articles in words, and a word for none and for all of them. */
export function articleNames(list: readonly Article[], words: Words): string {
  if (list.length === 0) return say(words, 'review.none')
  if (list.length === goodsArticles.length) return say(words, 'review.every')
  return list.map((article) => say(words, `article.${article}`)).join(', ')
}

/** How many of the records each requirement was told for. */
export function hitsOf(knowledge: Knowledge, records: readonly RawRecord[], day: string): Map<string, number> {
  const screening = newScreener(knowledge, day, null)
  const hits = new Map<string, number>()
  for (const record of records) {
    const { items } = screening.answer(screening.decide(record))
    const told = new Set(items.flatMap(({ measures }) => measures.map(({ requirement }) => requirement)))
    for (const id of told) hits.set(id, (hits.get(id) ?? 0) + 1)
  }
  return hits
}
