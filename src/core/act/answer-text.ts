import type { Decision, ItemDecision, Reason } from '../decide/decide.ts'
import type { Consequence, Question } from '../decide/questions.ts'
import { type Article, pestRiskCategory } from '../parcel/articles.ts'
import { stateFacts } from '../parcel/state.ts'
import type { Letters } from '../recognise/finding.ts'
import type { Requirement } from '../require/pack.ts'
import type { Demand } from '../require/requirements.ts'
import { withImplied } from '../require/situation.ts'
import {
  allArticles,
  answerMeasures,
  answerProblem,
  answerQuestion,
  answerReason,
  answerTaxaOf,
  itemArticle,
  probabilityOf,
  round,
  type Voice,
} from './answer.ts'

/**
 * Makes the function that writes a decision as the JSON text of `answerOf`, to the letter. What is the same for many parcels
 * (the text of a requirement, of its measures, of a question) is written once: the bench line "screening" shows what it saves.
 */
export function answerWriter(voice: Voice): (decision: Decision) => string {
  const end = `,"knowledge":${JSON.stringify(voice.edition)},"engine":${JSON.stringify(voice.engine)}}`
  const pen = new Pen(voice)
  return ({ parcel, proposal, reasons, questions, items }) => {
    const problems =
      parcel.problems.length === 0
        ? '[]'
        : JSON.stringify(parcel.problems.map((problem) => answerProblem(problem, voice.words)))
    return `{"parcel":{"id":${parcel.id === null ? 'null' : JSON.stringify(parcel.id)},"line":${parcel.line}},"proposal":"${proposal}","reasons":${list(reasons, pen.reason)},"questions":${list(questions, pen.question)},"items":${list(items, pen.item)},"problems":${problems}${end}`
  }
}

/** Items of a JSON list, each written by `write`. */
function list<T>(items: readonly T[], write: (item: T) => string): string {
  if (items.length === 0) return '[]'
  let text = `[${write(items[0] as T)}`
  for (let at = 1; at < items.length; at += 1) text += `,${write(items[at] as T)}`
  return `${text}]`
}

function lettersText({ text, from, to }: Letters): string {
  return `{"text":${JSON.stringify(text)},"from":${from},"to":${to}}`
}

const stateKeys = [...stateFacts, 'ageYears', 'stemMillimetres', 'grams', 'pieces'] as const
const stateNames = stateKeys.map((fact, at) => `${at === 0 ? '{' : ','}"${fact}":`)

function stateText(told: Readonly<Record<string, boolean | number | null>>): string {
  let text = ''
  for (let at = 0; at < stateKeys.length; at += 1) text += `${stateNames[at]}${told[stateKeys[at] as string] ?? null}`
  return `${text}}`
}

const nothingTold = stateText({})

/** Texts already written, by what they are of. Nothing here changes an answer: it only saves writing it again. */
class Pen {
  readonly #voice: Voice
  readonly #reasons = new WeakMap<Requirement, Map<string, readonly [string, string]>>()
  readonly #questions = new WeakMap<readonly Consequence[], readonly [string, string]>()
  readonly #measures = new WeakMap<Demand, Map<boolean, string>>()

  constructor(voice: Voice) {
    this.#voice = voice
  }

  readonly reason = (reason: Reason): string => {
    const { item, evidence, requirement, kind, slots } = reason
    let parts: readonly [string, string] | undefined
    if (requirement !== null) {
      const known = this.#reasons.get(requirement) ?? new Map<string, readonly [string, string]>()
      const key = `${kind} ${slots['measure'] ?? ''}`
      parts = known.get(key)
      if (parts === undefined) {
        parts = this.#reasonParts(reason)
        known.set(key, parts)
        this.#reasons.set(requirement, known)
      }
    }
    const [before, after] = parts ?? this.#reasonParts(reason)
    return `${before}${item},"evidence":${list(evidence, lettersText)}${after}`
  }

  #reasonParts(reason: Reason): readonly [string, string] {
    const { kind, sentence, requirement, source } = answerReason(reason, this.#voice.words)
    return [
      `{"kind":${JSON.stringify(kind)},"sentence":${JSON.stringify(sentence)},"item":`,
      `,"requirement":${JSON.stringify(requirement)},"source":${JSON.stringify(source)}}`,
    ]
  }

  readonly question = (question: Question): string => {
    let parts = this.#questions.get(question.consequences)
    if (parts === undefined) {
      const { fact, sentence, askWhom, wouldChange } = answerQuestion(question, this.#voice)
      parts = [
        `{"fact":${JSON.stringify(fact)},"item":`,
        `,"sentence":${JSON.stringify(sentence)},"askWhom":${JSON.stringify(askWhom)},"wouldChange":${JSON.stringify(wouldChange)}}`,
      ]
      this.#questions.set(question.consequences, parts)
    }
    return `${parts[0]}${question.item}${parts[1]}`
  }

  readonly item = (item: ItemDecision): string => {
    const { finding, decisive } = item
    const article = itemArticle(item, this.#voice.policy)
    const own = article === decisive?.article
    const taxa = decisive !== null && article !== 'none' ? answerTaxaOf(finding, this.#voice.taxa) : []
    const probability = own ? decisive.probability : probabilityOf(item, article)
    return `{"index":${finding.index},"article":"${article}","probability":${round(probability)},"articles":${list(allArticles(item), articleText)},"clarity":${round(finding.clarity)},"taxa":${taxa.length === 0 ? '[]' : JSON.stringify(taxa)},"state":${this.#state(item, article)},"use":${decisive?.situations[0]?.use == null ? 'null' : `"${decisive.situations[0].use}"`},"pestRiskCategory":${pestRiskCategory(article)},"packaging":${finding.packaging === null ? 'null' : lettersText(finding.packaging)},"contamination":${finding.contamination === null ? 'null' : lettersText(finding.contamination)},"measures":${own ? this.#measuresText(item) : '[]'}}`
  }

  #state({ finding, decisive }: ItemDecision, article: Article): string {
    if (article === 'none') return nothingTold
    const thing = finding.things[decisive?.thing ?? 0] ?? finding.things[0]
    return stateText(withImplied(article, thing?.state ?? {}))
  }

  #measuresText({ decisive }: ItemDecision): string {
    const origin = decisive?.situations[0]?.origin ?? -1
    let text = ''
    for (const demand of decisive?.demands ?? []) {
      const own = this.#measureText(demand, origin)
      if (own !== '') text += text === '' ? own : `,${own}`
    }
    return `[${text}]`
  }

  #measureText(demand: Demand, origin: number): string {
    const unattainable = demand.requirement.attainable?.no.includes(origin) === true
    const known = this.#measures.get(demand) ?? new Map<boolean, string>()
    let text = known.get(unattainable)
    if (text === undefined) {
      text = JSON.stringify(answerMeasures(demand, origin)).slice(1, -1)
      known.set(unattainable, text)
      this.#measures.set(demand, known)
    }
    return text
  }
}

function articleText({ article, probability }: { article: Article; probability: number }): string {
  return `{"article":"${article}","probability":${probability}}`
}
