import type { Article } from '../parcel/articles.ts'
import type { Seen, Segments } from './segments.ts'

/** What plants grow in. */
export const media: readonly (Article | null)[] = ['soil', 'growing-medium']

/**
 * Soil named beside a product that is worn, used or driven (boots, tents, tools) is on it, not with it. Returns the word that
 * names it, and takes it out of the segments.
 */
export function soilOnGoods(segments: Segments, kinds: readonly string[]): Seen | null {
  const isSoiled = ({ term }: Seen): boolean => term.goodsStrength > 1 && kinds.includes(term.goodsKind ?? '')
  const soiled = segments.list.find(({ seen }) => seen.some(isSoiled))?.seen.find(isSoiled)
  if (soiled === undefined) return null
  for (const segment of segments.list) {
    const at = segment.seen.findIndex(
      ({ mark, term }) => mark > soiled.mark && (term.form === 'soil' || term.form === 'growing-medium'),
    )
    if (at >= 0) return segment.seen.splice(at, 1)[0] ?? null
  }
  return null
}

const grown: readonly (Article | null)[] = ['plants-for-planting', 'cuttings']

/**
 * Soil named "with" a plant is what it stands in, not a thing of its own ("orchid with soil"); with seeds it is a kit. Returns
 * the word that names it, and takes it out of the segments.
 */
export function mediumOfPlant(segments: Segments): Seen | null {
  const [first] = segments.list
  const isOther = ({ term }: Seen): boolean =>
    term.formStrength > 1 && !grown.includes(term.form) && !media.includes(term.form)
  const plant =
    first?.seen.some(({ term }) => grown.includes(term.form) || (term.name !== null && term.form === null)) === true
  if (!plant || segments.list.some(({ seen }) => seen.some(isOther))) return null
  for (const segment of segments.list) {
    if (segment.role !== 'with' || segment === first) continue
    const at = segment.seen.findIndex(({ term }) => media.includes(term.form))
    if (at >= 0) return segment.seen.splice(at, 1)[0] ?? null
  }
  return null
}
