import { isRegulated } from '../parcel/articles.ts'
import { longestDescription, type Parcel } from '../parcel/parcel.ts'
import { codesDisagree } from '../recognise/category.ts'
import type { Evidence, Finding, Letters } from '../recognise/finding.ts'
import type { Implausible } from '../recognise/plausibility.ts'
import type { HeardAnswer } from './answers.ts'
import type { Court } from './court.ts'
import { lawReasons } from './law-reasons.ts'
import { type ItemDecision, lettersFor, type Reason, reason, short } from './reason.ts'

/** Why an item came out as it did: law first, then what it was taken for, then what is odd about it. */
export function reasonsFor(item: ItemDecision, parcel: Parcel, court: Court): Reason[] {
  const { finding, line } = item
  const chosen = item.decisive
  const at = finding.index
  const list: Reason[] = []
  if (chosen !== null && isRegulated(chosen.article)) list.push(...lawReasons(chosen, item, parcel, court))
  else if (chosen !== null && chosen.article === 'none' && !isOnlyVague(finding, court)) list.push(otherGoods(item))
  // Where what it is was asked and answered, that the line alone does not tell it is no reason any more.
  const isOpen = item.answers?.some(({ kind, value }) => kind === 'answered' && isArticleWord(value)) !== true
  if (isOpen && finding.clarity < court.policy.vague)
    list.push(reason('vague', at, { text: short(line.description) }, { evidence: vagueLetters(finding) }))
  else if (isOpen && (chosen === null || chosen.article === 'unclear')) list.push(unclearReason(item))
  const harmless = chosen !== null && chosen.proposal === 'no-objection' && !finding.contradiction
  const other = item.judgement.candidates.some((one) => isRegulated(one.article) && one.proposal !== 'no-objection')
  if (item.judgement.proposal !== 'no-objection' && harmless && other && finding.clarity >= court.policy.vague)
    list.push(mayBe(item))
  if (finding.contradiction) list.push(contradictionReason(item))
  if (finding.implausible !== undefined) list.push(implausibleReason(at, finding.implausible))
  if (finding.contamination !== null) list.push(reason('contamination', at, {}, { evidence: [finding.contamination] }))
  if (finding.packaging !== null) list.push(reason('packaging', at, {}, { evidence: [finding.packaging] }))
  if (line.description.length > longestDescription)
    list.push(reason('description-too-long', at, { limit: String(longestDescription) }))
  if (item.answers !== undefined)
    for (const heard of item.answers) if (heard.answer.item !== null) list.push(answerReason(at, heard, court))
  return list.length > 0 ? list : [reason('unclear', at, { text: short(line.description) })]
}

function isArticleWord(value: HeardAnswer['value']): boolean {
  return value?.value.startsWith('article.') === true
}

/** Who said what about a fact; a claim, and told as one. */
export function answerReason(at: number | null, { kind, answer, value }: HeardAnswer, court: Court): Reason {
  const fact = answer.fact === 'description' ? 'article' : answer.fact
  const said =
    value === null
      ? short(answer.value)
      : value.kind === 'word'
        ? `@${value.value}`
        : value.kind === 'place'
          ? court.nameOf(court.placeOf(value.value))
          : short(value.value)
  return reason(kind, at, { by: answer.by, fact: `@fact.${fact}`, said })
}

/** Whether nothing was seen that names goods, and the line is too vague: then it is not said to be other goods. */
function isOnlyVague({ clarity, evidence }: Finding, { policy }: Court): boolean {
  return clarity < policy.vague && !evidence.some(({ kind, article }) => article === 'none' && kind !== 'ordinary')
}

function vagueLetters(finding: Finding): Letters[] {
  return finding.evidence.flatMap(({ kind, letters }) => (kind === 'vague' && letters !== null ? [letters] : []))
}

function otherGoods({ finding, line }: ItemDecision): Reason {
  const at = finding.index
  const seen = (kind: Evidence['kind']): Letters[] => lettersFor(finding, (one) => one.kind === kind)
  const imitation = seen('imitation')
  if (imitation.length > 0) return reason('imitation', at, { text: imitation[0]?.text ?? '' }, { evidence: imitation })
  const goods = seen('goods')
  const named = (finding.ruledOut.find(({ kind }) => kind === 'name') ?? finding.ruledOut[0])?.letters?.text
  if (goods.length > 0 && named !== undefined) {
    return reason(
      'other-goods-named',
      at,
      { text: goods.map(({ text }) => text).join(', '), named },
      { evidence: goods },
    )
  }
  if (goods.length > 0)
    return reason('other-goods', at, { text: goods.map(({ text }) => text).join(', ') }, { evidence: goods })
  const heading = finding.evidence.find(({ kind, article }) => kind === 'hs' && article === 'none')
  const plantWord = lettersFor(
    finding,
    ({ kind, article }) => (kind === 'name' || kind === 'form') && isRegulated(article),
  )
  if (heading !== undefined && plantWord.length > 0) {
    return reason(
      'other-goods-hs-named',
      at,
      { hs: line.hs ?? '', named: plantWord[0]?.text ?? '' },
      { evidence: plantWord },
    )
  }
  if (heading !== undefined) return reason('other-goods-hs', at, { hs: line.hs ?? '', heading: heading.value ?? '' })
  const shop = finding.evidence.find(({ kind, article }) => kind === 'category' && article === 'none')
  if (shop !== undefined) {
    const category = shop.value ?? ''
    return plantWord.length > 0
      ? reason('other-goods-category-named', at, { category, named: plantWord[0]?.text ?? '' }, { evidence: plantWord })
      : reason('other-goods-category', at, { category })
  }
  return reason('other-goods', at, { text: short(line.description) })
}

/** A plant that is named without saying in which form it is sent, or nothing that can be told. */
function unclearReason({ finding, line }: ItemDecision): Reason {
  const names = finding.things.flatMap((thing) => thing.names)
  if (names.length === 0) return reason('unclear', finding.index, { text: short(line.description) })
  return reason(
    'form-unclear',
    finding.index,
    { text: names.map(({ text }) => text).join(', ') },
    { evidence: names.map(({ text, from, to }) => ({ text, from, to })) },
  )
}

function contradictionReason({ finding, line }: ItemDecision): Reason {
  const codes = finding.evidence.filter(({ kind }) => kind === 'hs' || kind === 'category')
  const words = lettersFor(finding, ({ kind }) => kind === 'form' || kind === 'name' || kind === 'goods')
  const heading = codes.find(({ kind }) => kind === 'hs')
  const category = codes.find(({ kind }) => kind === 'category')
  const said = words.map(({ text }) => text).join(', ') || short(line.description)
  const slots = {
    hs: line.hs ?? '',
    category: category?.value ?? '',
    article: `@article.${(heading ?? category)?.article ?? 'unclear'}`,
    other: `@article.${category?.article ?? 'unclear'}`,
    text: said,
  }
  const kind = heading === undefined ? 'category-and-words' : codesDisagree(codes) ? 'hs-and-category' : 'hs-and-words'
  return reason(kind, finding.index, slots, { evidence: words })
}

function implausibleReason(at: number, implausible: Implausible): Reason {
  const { kind, found, currency, pieces, bound, title } = implausible
  const [amount, least] = [String(Number(found.toPrecision(3))), String(bound)]
  return reason(kind, at, {
    found: amount,
    currency: currency ?? '',
    pieces: String(pieces),
    bound: least,
    goods: title,
  })
}

function mayBe({ finding, judgement }: ItemDecision): Reason {
  const other = judgement.candidates
    .filter(({ article, proposal }) => isRegulated(article) && proposal !== 'no-objection')
    .sort((one, two) => two.probability - one.probability)[0]
  const article = other?.article ?? 'unclear'
  const letters = lettersFor(finding, (one) => one.article === article)
  const slots = { article: `@article.${article}`, text: letters.map(({ text }) => text).join(' … ') }
  return reason(letters.length > 0 ? 'may-be-named' : 'may-be', finding.index, slots, { evidence: letters })
}
