import type { Policy } from '../decide/policy.ts'
import { type Article, articles, isRegulated, pestRiskCategory } from '../parcel/articles.ts'
import type { Part, Use } from '../parcel/state.ts'
import type { Taxa } from '../parcel/taxa.ts'
import type { Finding, NameFound, Thing } from '../recognise/finding.ts'
import type { StatedGoods } from './check-item.ts'

/** What one thing of an offer is taken for. */
export interface Goods {
  /** Number of the thing in its finding. */
  readonly thing: number
  readonly article: Article
  readonly part: Part | null
  readonly use: Use | null
}

/** What an offer holds. */
export interface SettledGoods {
  readonly finding: Finding
  /** What each thing of it was settled to be; null where it is not clear. */
  readonly goods: readonly Goods[] | null
  /** Articles it may mean, in the fixed order of articles: their order tells nothing. */
  readonly choices: readonly Article[]
}

/** What settling goods looks at. */
export interface Settling {
  readonly finding: Finding
  readonly stated: StatedGoods
  /** Articles that earlier wordings of the same offer spoke of. */
  readonly earlier: readonly Article[]
  readonly policy: Policy
  readonly taxa: Taxa
}

/**
 * Settles which goods an offer holds. The words of the offer and what the seller states must say the same: goods that are stated
 * never outweigh words that speak of a plant, and what an earlier wording of the offer spoke of is not gone because the words are.
 */
export function settleGoods(settling: Settling): SettledGoods {
  const { finding, stated, earlier } = settling
  const spoken = articlesSpokenOf(settling)
  if (stated.article === null) return settleByWords(settling, spoken)
  const gainsaid = spoken.some((article) => article !== stated.article) || fades(stated.article, earlier)
  if (gainsaid || (stated.article === 'none' && !isClearlyOther(settling)) || namesDiffer(settling))
    return unclear(settling, [...spoken, stated.article])
  const own = statedFinding(finding, stated, stated.article)
  return { finding: own, goods: own.things.map(goodsOf(() => stated.article as Article)), choices: [stated.article] }
}

function settleByWords(settling: Settling, spoken: readonly Article[]): SettledGoods {
  const { finding, policy, earlier, stated } = settling
  const known = finding.things.map((thing) => clearArticle(thing, policy))
  const isKnown = known.length > 0 && known.every((article) => article !== null && !fades(article, earlier))
  if (isClearlyOther(settling)) return { finding, goods: finding.things.map(goodsOf(() => 'none')), choices: ['none'] }
  const open = unclear(settling, [...spoken, 'none'])
  if (!isKnown || !isSure(finding, policy) || namesDiffer(settling)) return open
  const own = withStated(finding, stated)
  return { ...open, finding: own, goods: own.things.map(goodsOf((at) => known[at] as Article)) }
}

/** Whether a plant that earlier wordings spoke of has become something made of plants that they did not speak of (ISPM 32, 1 and 2). */
function fades(article: Article, earlier: readonly Article[]): boolean {
  if (earlier.length === 0 || earlier.includes(article)) return false
  const category = pestRiskCategory(article)
  return category !== null && category <= 2
}

function goodsOf(article: (thing: number) => Article): (thing: Thing, at: number) => Goods {
  return ({ part, use }, thing) => ({ thing, article: article(thing), part, use })
}

/** Whether the offer says enough, and its codes and words say the same. */
function isSure({ clarity, contradiction }: Finding, { vague }: Policy): boolean {
  return clarity >= vague && !contradiction
}

/** The regulated article that a thing is taken for, as a parcel would be: one that is likely, with no other near it. */
function clearArticle({ articles: may }: Thing, { act, ask }: Policy): Article | null {
  const regulated = may.filter(({ article }) => isRegulated(article))
  const likely = regulated.filter(({ probability }) => probability >= act)
  const [only] = likely
  if (only === undefined) return null
  const near = regulated.filter(({ article, probability }) => article !== only.article && probability >= ask)
  return near.length === 0 ? only.article : null
}

/** Whether the words tell for sure that it is other goods: where a plant is near, nothing else may be followed through the law. */
function isClearlyOther({ finding, policy, earlier }: Settling): boolean {
  if (!isSure(finding, policy) || earlier.length > 0) return false
  return finding.things.every((thing) => {
    const most = isPlantNear(thing, finding) ? policy.consider : policy.ask
    const share = thing.articles.reduce((sum, one) => (one.article === 'none' ? sum : sum + one.probability), 0)
    return share < most
  })
}

function isPlantNear({ names }: Thing, { evidence }: Finding): boolean {
  return names.length > 0 || evidence.some(({ kind, article }) => kind === 'form' && isRegulated(article))
}

/** Regulated articles that the words speak of so loudly that other goods cannot be stated against them. */
function articlesSpokenOf({ finding, stated, policy }: Settling): Article[] {
  const found = new Set<Article>()
  for (const { articles: may } of finding.things) {
    const own = may.find(({ article }) => article === stated.article)?.probability ?? 0
    // Goods that are stated and may be meant outweigh what is only near; never what the words say outright.
    const least =
      stated.article !== null && isRegulated(stated.article) && own >= policy.consider ? policy.act : policy.ask
    for (const { article, probability } of may) if (isRegulated(article) && probability >= least) found.add(article)
  }
  return [...found]
}

function unclear({ finding, stated, earlier, policy }: Settling, spoken: readonly Article[]): SettledGoods {
  const may = new Set([...spoken, ...earlier])
  for (const { articles: own } of finding.things)
    for (const { article, probability } of own) if (probability >= policy.consider) may.add(article)
  may.delete('unclear')
  // That it is other goods was said already, and words alone do not settle it.
  if (stated.article === 'none') may.delete('none')
  // A plant that is named and nothing else: it may be alive, its seed, or something made of it.
  const isLoud = finding.things.some((thing) => loudest(thing) >= policy.ask)
  if (!isLoud) for (const article of usualChoices) may.add(article)
  return { finding, goods: null, choices: articles.filter((article) => may.has(article)) }
}

const usualChoices: readonly Article[] = ['seeds', 'plants-for-planting', 'cut-flowers-branches', 'dried-plant-product']

/** How probable the likeliest regulated article of a thing is. */
function loudest({ articles: may }: Thing): number {
  return may.reduce((most, { article, probability }) => (isRegulated(article) ? Math.max(most, probability) : most), 0)
}

/** The finding with the goods that were stated in place of what the words left open. */
function statedFinding(finding: Finding, stated: StatedGoods, article: Article): Finding {
  const own = withStated(finding, stated)
  const thing = own.things.find(({ articles: may }) => may.some((one) => one.article === article)) ?? own.things[0]
  if (thing === undefined) return own
  // What a thing is told to be is not vague any more.
  return { ...own, things: [{ ...thing, articles: [{ article, probability: 1 }] }], clarity: 1, contradiction: false }
}

/** The finding with the plant, the part and the use that were stated. */
function withStated(finding: Finding, { taxon, part, use }: StatedGoods): Finding {
  if (taxon === null && part === null && use === null) return finding
  const things = finding.things.map((thing) => ({
    ...thing,
    // A name in the words that is narrower than the stated one stays: deciding leaves out the wider of two.
    names: taxon === null ? thing.names : [...thing.names, { text: taxon.name, from: 0, to: 0, taxa: [taxon.number] }],
    part: part ?? thing.part,
    use: use ?? thing.use,
  }))
  return { ...finding, things }
}

/** Whether the words name plants of which none is the stated one, wider or narrower. */
function namesDiffer({ finding, stated, taxa }: Settling): boolean {
  const { taxon } = stated
  if (taxon === null) return false
  const fits = ({ taxa: may }: NameFound): boolean =>
    may.some((one) => standsUnder(one, taxon.number, taxa) || standsUnder(taxon.number, one, taxa))
  return finding.things.some(({ names }) => names.length > 0 && !names.some(fits))
}

function standsUnder(taxon: number, wider: number, { parents }: Taxa): boolean {
  for (let at = taxon, steps = 0; at >= 0 && steps < 32; at = parents[at] ?? -1, steps += 1)
    if (at === wider) return true
  return false
}
