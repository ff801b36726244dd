import { isRegulated } from '../parcel/articles.ts'
import type { Inventory } from '../parcel/inventories.ts'
import { type ItemLine, longestDescription, type Parcel } from '../parcel/parcel.ts'
import { codesDisagree } from '../recognise/category.ts'
import type { Evidence, Finding, Letters } from '../recognise/finding.ts'
import type { Implausible } from '../recognise/plausibility.ts'
import { type Demand, isBan, isLaw } from '../require/demands.ts'
import type { Requirement } from '../require/pack.ts'
import { type Candidate, type Court, decisive, type ItemJudgement, isMet, judge } from './item.ts'
import { labelReasons } from './labels.ts'
import { type Proposal, severity, stricter } from './policy.ts'
import { mostDecisive, type Question, questionsFor } from './questions.ts'

/** Why: one kind of sentence with its values, the letters that showed it and the law behind it. */
export interface Reason {
  readonly kind: string
  readonly item: number | null
  /** Values for the slots of the sentence `reason.<kind>`; a value that begins with `@` is itself a key of words. */
  readonly slots: Readonly<Record<string, string>>
  readonly evidence: readonly Letters[]
  readonly requirement: Requirement | null
  /** The inventory that a label comes from. */
  readonly inventory?: Inventory
}

/** What one item line was judged to be. */
export interface ItemDecision {
  readonly line: ItemLine
  readonly finding: Finding
  readonly judgement: ItemJudgement
  /** What the item is decided on; null when the line tells nothing. */
  readonly decisive: Candidate | null
}

/** One proposal for one parcel, with its reasons and the questions whose answers would change it. */
export interface Decision {
  readonly parcel: Parcel
  readonly proposal: Proposal
  readonly items: readonly ItemDecision[]
  readonly reasons: readonly Reason[]
  readonly questions: readonly Question[]
}

/** Decides on a parcel from what was found in it, on the day that counts (2026-11-24). */
export function decide(parcel: Parcel, findings: readonly Finding[], on: string, court: Court): Decision {
  const { policy } = court
  const items: ItemDecision[] = []
  const own: Proposal[] = []
  let proposal: Proposal = parcel.readable && findings.length > 0 ? 'no-objection' : 'ask'
  for (const finding of findings) {
    const line = parcel.lines[finding.index - 1] as ItemLine
    const judgement = judge({ line, finding, parcel, on, court })
    const least =
      line.description.length > longestDescription ? stricter(policy, judgement.proposal, 'ask') : judgement.proposal
    items.push({ line, finding, judgement, decisive: decisive(judgement, policy) })
    own.push(least)
    proposal = stricter(policy, proposal, least)
  }
  const reasons = items.flatMap((item) => reasonsFor(item, parcel, court))
  if (!parcel.readable) reasons.unshift(reason('record-unreadable', null, {}))
  else if (items.length === 0) reasons.unshift(reason('nothing-declared', null, {}))
  if (court.listingsOf !== null) {
    const destination = court.placeOf(parcel.route.destination)
    for (const item of items) reasons.push(...labelReasons(item, destination, court))
  }
  const questions = proposal === 'no-objection' ? [] : questionsOf({ items, own, parcel, on, court, proposal })
  return { parcel, proposal, items, reasons, questions }
}

function questionsOf(context: {
  readonly items: readonly ItemDecision[]
  readonly own: readonly Proposal[]
  readonly parcel: Parcel
  readonly on: string
  readonly court: Court
  readonly proposal: Proposal
}): Question[] {
  const { items, own, parcel, on, court, proposal } = context
  const { policy } = court
  const top = severity(policy, proposal)
  const atTop = own.filter((one) => severity(policy, one) === top).length
  const found: Question[] = []
  items.forEach((item, at) => {
    // An item below the top can only raise the proposal; one of several at the top cannot lower it alone.
    if (found.length >= 12 || item.judgement.candidates.length === 0) return
    const isTop = severity(policy, own[at] as Proposal) === top
    if (!isTop && items.length > 8) return
    let others: Proposal = 'no-objection'
    if (isTop && atTop > 1) others = proposal
    else if (!isTop) others = proposal
    else
      own.forEach((one, other) => {
        if (other !== at) others = stricter(policy, others, one)
      })
    found.push(...questionsFor(item.finding, item.judgement, { parcel, on, court, proposal, others }))
  })
  return mostDecisive(found, policy)
}

/** What a reason shows besides its sentence. */
interface Shown {
  readonly evidence?: readonly Letters[]
  readonly requirement?: Requirement
}

function reason(
  kind: string,
  item: number | null,
  slots: Readonly<Record<string, string>>,
  { evidence = [], requirement }: Shown = {},
): Reason {
  return { kind, item, slots, evidence, requirement: requirement ?? null }
}

function reasonsFor(item: ItemDecision, parcel: Parcel, court: Court): Reason[] {
  const { finding, line } = item
  const chosen = item.decisive
  const at = finding.index
  const list: Reason[] = []
  if (chosen !== null && isRegulated(chosen.article)) list.push(...lawReasons(chosen, item, parcel, court))
  else if (chosen !== null && chosen.article === 'none' && !isOnlyVague(finding, court)) list.push(otherGoods(item))
  if (finding.clarity < court.policy.vague)
    list.push(reason('vague', at, { text: short(line.description) }, { evidence: vagueLetters(finding) }))
  else if (chosen === null || chosen.article === 'unclear') list.push(unclearReason(item))
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
  return list.length > 0 ? list : [reason('unclear', at, { text: short(line.description) })]
}

/** Whether nothing was seen that names goods, and the line is too vague: then it is not said to be other goods. */
function isOnlyVague({ clarity, evidence }: Finding, { policy }: Court): boolean {
  return clarity < policy.vague && !evidence.some(({ kind, article }) => article === 'none' && kind !== 'ordinary')
}

function short(text: string): string {
  return (text.length > 60 ? `${text.slice(0, 60)}…` : text).toWellFormed()
}

function vagueLetters(finding: Finding): Letters[] {
  return finding.evidence.flatMap(({ kind, letters }) => (kind === 'vague' && letters !== null ? [letters] : []))
}

/** Most stretches of letters that one reason shows. */
const lettersTold = 24

/** Letters that speak for an article, each stretch once. */
function lettersFor(finding: Finding, wanted: (evidence: Evidence) => boolean): Letters[] {
  const seen: Letters[] = []
  for (const evidence of finding.evidence)
    if (evidence.letters !== null && wanted(evidence)) seen.push(evidence.letters)
  if (seen.length < 2) return seen
  const found = new Map(seen.map((letters) => [letters.from, letters]))
  return [...found.values()].sort((one, other) => one.from - other.from).slice(0, lettersTold)
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

/** Papers come before what is written on them. */
function paperRank({ requirement }: Demand): number {
  const first = requirement.measures[0]?.measure
  return first === 'additional-declaration'
    ? 2
    : first === 'phytosanitary-certificate' || first === 'import-permit'
      ? 0
      : 1
}

/** What only could apply: plant health law first, then other law, then what carriers take; what nobody has read after what was read. */
function byNearness({ requirement: one }: Demand, { requirement: other }: Demand): number {
  return farness(one) - farness(other)
}

function farness({ branch, source }: Requirement): number {
  const far = branch === 'plant-health' ? 0 : branch === 'carrier' || branch === 'expectation' ? 4 : 2
  return far + (source.unverified === null ? 0 : 1)
}

/** Requirements that only could apply and are told one by one; the rest is counted, and stands among the measures. */
const possibleTold = 4

/** Terms of carriers and expectations that are told beside law; the rest stands among the measures. */
const besideTold = 3

const isSure = ({ certainty }: Demand): boolean => certainty === 'required'
const sureFirst = (demand: Demand): number => (isSure(demand) ? 0 : 1)

/** What is certain: prohibitions, then papers, then what is written on them. */
function inOrder(demands: readonly Demand[]): Demand[] {
  const sure = demands.filter(isSure)
  const papers = sure.filter((demand) => !isBan(demand)).sort((one, other) => paperRank(one) - paperRank(other))
  return [...sure.filter(isBan), ...papers]
}

function lawReasons(chosen: Candidate, item: ItemDecision, parcel: Parcel, court: Court): Reason[] {
  const { finding, line } = item
  const at = finding.index
  const letters = lettersFor(finding, (one) => one.article === chosen.article || one.kind === 'name')
  const seen = {
    article: `@article.${chosen.article}`,
    text: letters.map(({ text }) => text).join(' ') || short(line.description),
  }
  const list: Reason[] = []
  const claimed = parcel.documents.map(({ kind }) => kind as string)
  const tell = (demand: Demand): void => {
    if (isBan(demand)) list.push(...banReasons(demand, at, letters, claimed))
    else list.push(demandReason(demand, at, letters, { claimed, court }))
  }
  const law = chosen.demands.filter(isLaw)
  for (const demand of inOrder(law)) tell(demand)
  const possible = law.filter((demand) => !isSure(demand)).sort(byNearness)
  for (const demand of possible.slice(0, possibleTold)) tell(demand)
  if (possible.length > possibleTold) {
    list.push(reason('more-possible', at, { count: String(possible.length - possibleTold) }, { evidence: letters }))
  }
  for (const exemption of chosen.exemptions)
    list.push(reason('exempt', at, { title: exemption.title }, { evidence: letters, requirement: exemption }))
  const banned = law.some((demand) => isBan(demand) && isSure(demand))
  if (list.length === 0 || (!chosen.complete && !banned))
    list.push(silentLaw(chosen, at, { slots: seen, letters, told: parcel.route.destination !== null }))
  const beside = chosen.demands
    .filter((demand) => !isLaw(demand))
    .sort((one, other) => sureFirst(one) - sureFirst(other))
  for (const demand of beside.slice(0, besideTold)) tell(demand)
  const contrary = finding.evidence.find(({ kind, article }) => kind === 'hs' && article === 'none')
  if (contrary !== undefined && !finding.contradiction)
    list.push(reason('hs-contradicts', at, { hs: line.hs ?? '', article: seen.article }, { evidence: letters }))
  return list
}

function banReasons(demand: Demand, at: number, letters: Letters[], claimed: readonly string[]): Reason[] {
  const { requirement, certainty, derogation } = demand
  const slots = { title: requirement.title, point: requirement.source.point }
  if (requirement.branch === 'expectation') return [reason('expected', at, slots, { evidence: letters, requirement })]
  if (requirement.branch === 'carrier')
    return [
      reason(certainty === 'possible' ? 'carrier-may-refuse' : 'carrier-refuses', at, slots, {
        evidence: letters,
        requirement,
      }),
    ]
  if (certainty === 'possible') return [reason('possibly-prohibited', at, slots, { evidence: letters, requirement })]
  const list = [reason('prohibited', at, slots, { evidence: letters, requirement })]
  if (derogation !== null) {
    list.push(
      reason(
        'derogation',
        at,
        { title: derogation.title, paper: derogation.paper ?? '', conditions: derogation.conditions ?? '' },
        { requirement: derogation },
      ),
    )
  } else if (claimed.includes('authorisation')) list.push(reason('authorisation-claimed', at, {}, { requirement }))
  return list
}

function demandReason(
  demand: Demand,
  at: number,
  letters: Letters[],
  context: { claimed: readonly string[]; court: Court },
): Reason {
  const { requirement, certainty } = demand
  const measure = requirement.measures.find((one) => !demand.waived.includes(one.measure)) ?? requirement.measures[0]
  const name = measure?.measure ?? 'inspection'
  const slots = {
    title: requirement.title,
    point: requirement.source.point,
    measure: `@measure.${name}`,
    detail: measure?.detail ?? '',
  }
  if (requirement.branch === 'expectation') return reason('expected', at, slots, { evidence: letters, requirement })
  if (requirement.branch === 'carrier') return reason('carrier-asks', at, slots, { evidence: letters, requirement })
  if (certainty === 'possible') return reason('possibly-required', at, slots, { evidence: letters, requirement })
  const met = isMet(name, context.claimed, context.court.policy)
  return reason(met ? 'required-claimed' : 'required', at, slots, { evidence: letters, requirement })
}

function silentLaw(
  chosen: Candidate,
  at: number,
  {
    slots,
    letters,
    told,
  }: { readonly slots: Readonly<Record<string, string>>; readonly letters: readonly Letters[]; readonly told: boolean },
): Reason {
  if (!chosen.loaded) return reason(told ? 'law-not-loaded' : 'destination-not-told', at, slots, { evidence: letters })
  return reason(chosen.complete ? 'no-requirement' : 'law-incomplete', at, slots, { evidence: letters })
}
