import type { Pack } from './pack.ts'
import type { Situation } from './situation.ts'
import { no, yes } from './value.ts'

/** Articles that are by definition not for planting (ISPM 5). */
const notForPlanting: readonly Situation['article'][] = [
  'grain',
  'fruit-vegetables',
  'cut-flowers-branches',
  'dried-plant-product',
]

/** Complete where the pack covers the article for every side that origin and dispatch may be on. */
export function isComplete(pack: Pack, { article, use, origin, dispatch, on }: Situation): boolean {
  // What is for the table or the vase and is planted after all is another article, whose law this coverage does not speak of.
  if (use === 'planting' && notForPlanting.includes(article)) return false
  const outside = covers(pack, article, 'third-country', on)
  if (origin < 0) return outside && (isOutside(pack, dispatch) || covers(pack, article, 'union', on))
  const sides = [origin, dispatch].filter((place) => place >= 0)
  return sides.every((place) => (isOutside(pack, place) ? outside : covers(pack, article, 'union', on)))
}

function covers(
  { coverage }: Pack,
  article: Situation['article'],
  origins: 'third-country' | 'union',
  on: string,
): boolean {
  return coverage.some(
    (part) =>
      (part.origins === 'any' || part.origins === origins) &&
      part.articles.includes(article) &&
      (on === '' || on >= part.from),
  )
}

function isOutside({ union }: Pack, place: number): boolean {
  return place >= 0 && (union[place] ?? no) !== yes
}
