/**
 * The commodity classes of ISPM 5 and of practice that law hangs on, as one closed list.
 * The order is fixed: an article's place in it is its number in packed tables.
 */
export const articles = [
  'none',
  'unclear',
  'seeds',
  'bulbs-tubers',
  'plants-for-planting',
  'cuttings',
  'in-vitro',
  'pollen',
  'cut-flowers-branches',
  'fruit-vegetables',
  'grain',
  'wood',
  'bark',
  'growing-medium',
  'soil',
  'dried-plant-product',
  'processed-plant-product',
  'organism',
  'used-machinery',
] as const

export type Article = (typeof articles)[number]

/** Articles that stand under plants-for-planting: law on plants for planting holds for them unless it excludes them. */
export const underPlantsForPlanting: readonly Article[] = ['seeds', 'bulbs-tubers', 'cuttings', 'in-vitro', 'pollen']

/** Whether `article` is `wider` or stands under it in the tree of articles. */
export function isUnder(article: Article, wider: Article): boolean {
  return article === wider || (wider === 'plants-for-planting' && underPlantsForPlanting.includes(article))
}

/** Whether an article is meant to grow: the class whose release without a reason is the worst fault. */
export function isPropagative(article: Article): boolean {
  return isUnder(article, 'plants-for-planting')
}

/** Whether an article can meet a phytosanitary requirement at all. */
export function isRegulated(article: Article): boolean {
  return article !== 'none' && article !== 'unclear'
}

/** Pest risk category of ISPM 32 (1 to 4), or null where the standard gives none. */
export function pestRiskCategory(article: Article): number | null {
  if (isPropagative(article)) return 4
  if (article === 'processed-plant-product') return 1
  if (article === 'dried-plant-product') return 2
  const unprocessed: readonly Article[] = ['cut-flowers-branches', 'fruit-vegetables', 'grain', 'wood', 'bark']
  return unprocessed.includes(article) ? 3 : null
}
