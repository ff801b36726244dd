import type { Decision } from '../decide/decide.ts'
import { distinctNames } from '../decide/distinct-names.ts'
import { itemArticle } from '../decide/item-article.ts'
import { inventorySlots } from '../decide/labels.ts'
import type { Policy, Proposal } from '../decide/policy.ts'
import type { Consequence, Question } from '../decide/questions.ts'
import type { ItemDecision, Reason } from '../decide/reason.ts'
import { say, type Words } from '../decide/words.ts'
import { type Article, pestRiskCategory } from '../parcel/articles.ts'
import type { Inventory } from '../parcel/inventories.ts'
import type { Problem } from '../parcel/parcel.ts'
import { findPlace, type Places } from '../parcel/places.ts'
import { stateFacts } from '../parcel/state.ts'
import { nameAtRank, type Taxa } from '../parcel/taxa.ts'
import type { Finding, Letters, NameFound } from '../recognise/finding.ts'
import type { Demand } from '../require/demands.ts'
import type { Branch, Requirement } from '../require/pack.ts'
import { withImplied } from '../require/told.ts'

/** The contract with machines: one answer for each record, in input order. */
export interface Answer {
  readonly parcel: { readonly id: string | null; readonly line: number }
  readonly proposal: Proposal
  readonly reasons: readonly AnswerReason[]
  readonly questions: readonly AnswerQuestion[]
  readonly items: readonly AnswerItem[]
  readonly problems: readonly { readonly kind: string; readonly at: string; readonly sentence: string }[]
  readonly knowledge: string
  readonly engine: string
}

export interface AnswerSource {
  readonly title: string
  readonly href: string
}

/** Where a label comes from: an import of the user, which has no address. */
export interface ImportSource {
  readonly title: string
  readonly href: null
}

export interface AnswerReason {
  readonly kind: string
  readonly sentence: string
  readonly item: number | null
  readonly evidence: readonly Letters[]
  readonly requirement: string | null
  readonly source: AnswerSource | ImportSource | null
}

export interface AnswerQuestion {
  readonly fact: string
  readonly item: number
  readonly sentence: string
  readonly askWhom: readonly string[]
  readonly wouldChange: readonly string[]
  /** Answers that were tried and would change the proposal: what to send, and what it would lead to. Other values are answers too. */
  readonly answers: readonly { readonly value: string; readonly proposal: Proposal }[]
}

export interface AnswerMeasure {
  readonly measure: string
  readonly certainty: 'required' | 'possible'
  readonly attainable: 'yes' | 'no' | 'unknown'
  readonly by: string | null
  readonly paper: string | null
  readonly requirement: string
  /** Whose law it is: plant health, another branch, the terms of a carrier, or no law but what is to be expected. */
  readonly branch: Branch
  /** Whether the text of the law was read. */
  readonly verified: boolean
  readonly source: AnswerSource
}

export interface AnswerTaxon {
  readonly name: string
  readonly written: string
  readonly rank: string
  readonly genus: string | null
  readonly family: string | null
  readonly eppo: string | null
  readonly from: number
  readonly to: number
}

export interface AnswerItem {
  readonly index: number
  readonly article: Article
  readonly probability: number
  readonly articles: readonly { readonly article: Article; readonly probability: number }[]
  readonly clarity: number
  readonly taxa: readonly AnswerTaxon[]
  readonly state: Readonly<Record<string, boolean | number | null>>
  readonly use: string | null
  readonly pestRiskCategory: number | null
  readonly packaging: Letters | null
  readonly contamination: Letters | null
  readonly measures: readonly AnswerMeasure[]
}

/** What putting a decision into words needs. */
export interface Voice {
  readonly words: Words
  readonly policy: Policy
  readonly taxa: Taxa
  readonly places: Places
  readonly edition: string
  readonly engine: string
}

/** Puts a decision into the words of the contract. */
export function answerOf(decision: Decision, voice: Voice): Answer {
  const { parcel } = decision
  return {
    parcel: { id: parcel.id, line: parcel.line },
    proposal: decision.proposal,
    reasons: decision.reasons.map((reason) => answerReason(reason, voice.words)),
    questions: decision.questions.map((question) => answerQuestion(question, voice)),
    items: decision.items.map((item) => answerItem(item, voice)),
    problems: parcel.problems.map((problem) => answerProblem(problem, voice.words)),
    knowledge: voice.edition,
    engine: voice.engine,
  }
}

/** A problem with its sentence. */
export function answerProblem(
  { kind, at, facts }: Problem,
  words: Words,
): { kind: string; at: string; sentence: string } {
  return { kind, at, sentence: say(words, `problem.${kind}`, facts) }
}

/** Where a requirement is written, in one line. */
export function sourceOf(requirement: Requirement): AnswerSource {
  const { title, point, href } = requirement.source
  return { title: point === '' ? title : `${title}, ${point}`, href }
}

/** The name and day of an import, as the source of what it says. */
export function importSource(inventory: Inventory, words: Words): ImportSource {
  return { title: say(words, 'inventory.source', inventorySlots(inventory)), href: null }
}

/** A reason with its sentence and its source. */
export function answerReason(reason: Reason, words: Words): AnswerReason {
  const { kind, item, slots, evidence, requirement, inventory } = reason
  const sentence = say(words, `reason.${kind}`, slots)
  return {
    kind,
    sentence: sentence + (requirement === null ? '' : remarksOn(requirement, words)),
    item,
    evidence,
    requirement: requirement?.id ?? null,
    source:
      requirement !== null ? sourceOf(requirement) : inventory === undefined ? null : importSource(inventory, words),
  }
}

/** Pests that one reason names. */
const pestsTold = 3

/** What stands behind the sentence on a requirement: the pests it is there for, whose law it is, and how far it was read. */
function remarksOn({ pests, branch, source }: Requirement, words: Words): string {
  let text = ''
  if (pests.length > 0) {
    const named = pests.slice(0, pestsTold).join(', ')
    const more = pests.length - pestsTold
    text += ` ${more > 0 ? say(words, 'pests-more', { pests: named, count: String(more) }) : say(words, 'pests', { pests: named })}`
  }
  if (branch !== 'plant-health' && branch !== 'carrier' && branch !== 'expectation')
    text += ` ${say(words, 'other-law', { branch: `@branch.${branch}`, authority: `@authority.${branch}` })}`
  if (source.dated !== null) text += ` ${say(words, 'dated', { day: source.dated })}`
  if (source.unverified !== null) text += ` ${say(words, 'unverified')}`
  return text
}

/** What putting a question into words needs. */
export type QuestionVoice = Pick<Voice, 'words' | 'policy' | 'places'>

/** A question with its sentence and what answers would change. */
export function answerQuestion({ fact, item, consequences }: Question, voice: QuestionVoice): AnswerQuestion {
  return {
    fact,
    item,
    sentence: questionSentence(fact, voice.words),
    askWhom: whoAnswers(fact, voice.policy),
    wouldChange: consequenceSentences(consequences, voice),
    answers: consequences.map(({ value, proposal }) => ({ value: answerValue(value), proposal })),
  }
}

/** A value as an answer gives it: a word of the list that belongs to the fact (seeds, yes), a code of a place, a name or a number. */
function answerValue({ kind, value }: Consequence['value']): string {
  return kind === 'word' ? value.slice(value.lastIndexOf('.') + 1) : value
}

/** The question that asks for a fact. */
export function questionSentence(fact: string, words: Words): string {
  return words[`question.${fact}`] ?? say(words, 'question.state', { fact: `@fact.${fact}` })
}

/** Who can answer it. */
export function whoAnswers(fact: string, { askWhom }: Policy): readonly string[] {
  return askWhom[fact] ?? askWhom['state'] ?? []
}

/** One sentence for each proposal that answers lead to, with all answers that lead to it. */
function consequenceSentences(consequences: readonly Consequence[], { words, places }: QuestionVoice): string[] {
  const answers = new Map<Proposal, string[]>()
  for (const { value, proposal } of consequences) {
    const known = answers.get(proposal) ?? []
    answers.set(proposal, [...known, valueName(value, words, places)])
  }
  return [...answers].map(([proposal, named]) => {
    const last = named.at(-1) ?? ''
    const answer = named.length === 1 ? last : say(words, 'either', { first: named.slice(0, -1).join(', '), last })
    return say(words, 'would-change', { answer, proposal: `@proposal.${proposal}` })
  })
}

function valueName({ kind, value }: Consequence['value'], words: Words, places: Places): string {
  if (kind === 'word') return words[value] ?? value
  return kind === 'place' ? (places.names[findPlace(places, value)] ?? value) : value
}

function answerItem(item: ItemDecision, voice: Voice): AnswerItem {
  const { finding, decisive } = item
  const article = itemArticle(item, voice.policy)
  const thing = finding.things[decisive?.thing ?? 0] ?? finding.things[0]
  const regulated = decisive !== null && article !== 'none'
  const told = withImplied(article, thing?.state ?? {})
  return {
    index: finding.index,
    article,
    probability: round(article === decisive?.article ? decisive.probability : probabilityOf(item, article)),
    articles: allArticles(item),
    clarity: round(finding.clarity),
    taxa: regulated ? answerTaxaOf(finding, voice.taxa) : [],
    state: stateOf(article === 'none' ? {} : told),
    use: decisive?.situations[0]?.use ?? null,
    pestRiskCategory: pestRiskCategory(article),
    packaging: finding.packaging,
    contamination: finding.contamination,
    measures:
      article === decisive?.article
        ? (decisive?.demands ?? []).flatMap((demand) => answerMeasures(demand, decisive?.situations[0]?.origin ?? -1))
        : [],
  }
}

/** How probable an article is in an item: in the thing where it is most so. */
export function probabilityOf({ finding }: ItemDecision, article: Article): number {
  return finding.things.reduce(
    (most, { articles }) => Math.max(most, articles.find((one) => one.article === article)?.probability ?? 0),
    0,
  )
}

/** All articles of all things in the line, the likeliest first. */
export function allArticles({ finding }: ItemDecision): { article: Article; probability: number }[] {
  const [only] = finding.things
  if (finding.things.length === 1 && only !== undefined) {
    return only.articles.map(({ article, probability }) => ({ article, probability: round(probability) }))
  }
  const most = new Map<Article, number>()
  for (const { articles } of finding.things)
    for (const { article, probability } of articles) most.set(article, Math.max(most.get(article) ?? 0, probability))
  return [...most]
    .map(([article, probability]) => ({ article, probability: round(probability) }))
    .sort((one, other) => other.probability - one.probability)
}

/** A probability as it is told: three places. */
export function round(value: number): number {
  return Math.round(value * 1000) / 1000
}

function stateOf(told: Readonly<Record<string, boolean | number | null>>): Record<string, boolean | number | null> {
  const state: Record<string, boolean | number | null> = {}
  for (const fact of stateFacts) state[fact] = told[fact] ?? null
  for (const fact of ['ageYears', 'stemMillimetres', 'grams', 'pieces']) state[fact] = told[fact] ?? null
  return state
}

/** The taxa that an item's names mean, each with the letters that name it. */
export function answerTaxaOf({ things }: Finding, taxa: Taxa): AnswerTaxon[] {
  return things.flatMap(({ names }) => answerTaxa(names, taxa))
}

function answerTaxa(names: readonly NameFound[], taxa: Taxa): AnswerTaxon[] {
  const distinct = new Set(distinctNames(names, taxa).flat())
  return names.flatMap((name) =>
    name.taxa
      .filter((taxon) => distinct.has(taxon))
      .map((taxon) => ({
        name: taxa.names[taxon] ?? '',
        written: name.text,
        rank: taxa.ranks[taxon] ?? '',
        genus: nameAtRank(taxa, taxon, 'genus'),
        family: nameAtRank(taxa, taxon, 'family'),
        eppo: taxa.eppo[taxon] ?? null,
        from: name.from,
        to: name.to,
      })),
  )
}

/** The measures of one demand, each with the paper, who owes it and whether it can be had. */
export function answerMeasures(demand: Demand, origin: number): AnswerMeasure[] {
  const { requirement, certainty, waived } = demand
  const unattainable = requirement.attainable?.no.includes(origin) === true
  return requirement.measures
    .filter(({ measure }) => !waived.includes(measure))
    .map(({ measure, by, paper }) => ({
      measure,
      certainty,
      attainable: unattainable || measure === 'prohibited' ? 'no' : 'unknown',
      by,
      paper: paper ?? demand.derogation?.paper ?? null,
      requirement: requirement.id,
      branch: requirement.branch,
      verified: requirement.source.unverified === null,
      source: sourceOf(requirement),
    }))
}
