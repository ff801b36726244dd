import type { Decision } from '../decide/decide.ts'
import { itemArticle } from '../decide/item-article.ts'
import type { Consequence, Question } from '../decide/questions.ts'
import type { ItemDecision, Reason } from '../decide/reason.ts'
import { say } from '../decide/words.ts'
import { type Article, pestRiskCategory } from '../parcel/articles.ts'
import type { Inventory } from '../parcel/inventories.ts'
import { type State, stateFacts } from '../parcel/state.ts'
import type { Letters } from '../recognise/finding.ts'
import type { Demand } from '../require/demands.ts'
import type { Requirement } from '../require/pack.ts'
import { nothingTold, type Told, toldBy, withSettled } from '../require/told.ts'
import {
  allArticles,
  answerMeasures,
  answerProblem,
  answerQuestion,
  answerReason,
  answerTaxaOf,
  importSource,
  probabilityOf,
  round,
  type Voice,
} from './answer.ts'

/**
 * Makes the function that writes a decision as the JSON text of `answerOf`, to the letter. What is the same for many parcels
 * (the text of a requirement, of its measures, of a question) is written once: the bench line "screening" shows what it saves.
 */
export function answerWriter(voice: Voice): (decision: Decision) => string {
  const end = whole(`,"knowledge":${JSON.stringify(voice.edition)},"engine":${JSON.stringify(voice.engine)}}`)
  const pen = new Pen(voice)
  return ({ parcel, proposal, reasons, questions, items }) => {
    const problems =
      parcel.problems.length === 0
        ? '[]'
        : JSON.stringify(parcel.problems.map((problem) => answerProblem(problem, voice.words)))
    return `{"parcel":{"id":${parcel.id === null ? 'null' : JSON.stringify(parcel.id)},"line":${parcel.line}},"proposal":"${proposal}","reasons":${list(reasons, pen.reason)},"questions":${list(questions, pen.question)},"items":${list(items, pen.item)},"problems":${problems}${end}`
  }
}

/** The same text in one piece: engines keep what was put together as its pieces, and walk them each time it is written. */
function whole(text: string): string {
  return [text.slice(0, 1), text.slice(1)].join('')
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

const stateNames = stateFacts.map((fact, at) => `${at === 0 ? '{' : ','}"${fact}":`)

/** The facts of a state, each yes, no or not told. */
function factsText({ yes, no }: Told): string {
  const valueAt = (at: number): string => (((yes >> at) & 1) !== 0 ? 'true' : ((no >> at) & 1) !== 0 ? 'false' : 'null')
  return whole(stateNames.map((name, at) => name + valueAt(at)).join(''))
}

/** The numbers of a state that are told of an item. */
function amountsText({ ageYears, stemMillimetres, grams, pieces }: Partial<State>): string {
  return `,"ageYears":${ageYears ?? null},"stemMillimetres":${stemMillimetres ?? null},"grams":${grams ?? null},"pieces":${pieces ?? null}}`
}

const nothingOfState = whole(factsText(nothingTold) + amountsText({}))
/** How an item of other goods goes on behind its clarity, where it is neither packed in wood nor soiled. */
const restOfGoods = whole(
  `,"taxa":[],"state":${nothingOfState},"use":null,"pestRiskCategory":${pestRiskCategory('none')},"packaging":null,"contamination":null,"measures":[]}`,
)

/** Most states whose text is kept. */
const mostStates = 10_000

/** A reason of law as text: what stands before the number of the item, and what behind its letters. */
interface LawText {
  readonly kind: string
  readonly measure: string
  readonly before: string
  readonly after: string
}

/** Texts already written, by what they are of. Nothing here changes an answer: it only saves writing it again. */
class Pen {
  readonly #voice: Voice
  readonly #reasons = new WeakMap<Requirement, LawText[]>()
  readonly #questions = new WeakMap<readonly Consequence[], readonly [string, string]>()
  readonly #measures = new WeakMap<Demand, Map<boolean, string>>()
  readonly #imports = new WeakMap<Inventory, string>()
  readonly #states = new Map<number, string>()
  #lastEvidence: readonly Letters[] = []
  #lastLetters = '[]'

  constructor(voice: Voice) {
    this.#voice = voice
  }

  readonly reason = (reason: Reason): string => {
    const { item, evidence, requirement, kind, slots, inventory } = reason
    if (requirement !== null) {
      const { before, after } = this.#lawText(reason, requirement)
      return `${before}${item},"evidence":${this.#evidence(evidence)}${after}`
    }
    const sentence = say(this.#voice.words, `reason.${kind}`, slots)
    return `{"kind":"${kind}","sentence":${JSON.stringify(sentence)},"item":${item},"evidence":${this.#evidence(evidence)},"requirement":null,"source":${inventory === undefined ? 'null' : this.#import(inventory)}}`
  }

  #import(inventory: Inventory): string {
    let text = this.#imports.get(inventory)
    if (text === undefined) {
      text = whole(JSON.stringify(importSource(inventory, this.#voice.words)))
      this.#imports.set(inventory, text)
    }
    return text
  }

  /** The letters of a reason; all that law asks of an item shows the same ones. */
  #evidence(evidence: readonly Letters[]): string {
    if (evidence !== this.#lastEvidence) {
      this.#lastEvidence = evidence
      this.#lastLetters = list(evidence, lettersText)
    }
    return this.#lastLetters
  }

  /** A requirement gives few reasons, so that they are looked through one by one. */
  #lawText(reason: Reason, requirement: Requirement): LawText {
    const measure = reason.slots['measure'] ?? ''
    const known = this.#reasons.get(requirement) ?? []
    for (const one of known) if (one.kind === reason.kind && one.measure === measure) return one
    const { kind, sentence, requirement: id, source } = answerReason(reason, this.#voice.words)
    const made = {
      kind,
      measure,
      before: whole(`{"kind":${JSON.stringify(kind)},"sentence":${JSON.stringify(sentence)},"item":`),
      after: whole(`,"requirement":${JSON.stringify(id)},"source":${JSON.stringify(source)}}`),
    }
    this.#reasons.set(requirement, [...known, made])
    return made
  }

  readonly question = (question: Question): string => {
    let parts = this.#questions.get(question.consequences)
    if (parts === undefined) {
      const { fact, sentence, askWhom, wouldChange, answers } = answerQuestion(question, this.#voice)
      parts = [
        whole(`{"fact":${JSON.stringify(fact)},"item":`),
        whole(
          `,"sentence":${JSON.stringify(sentence)},"askWhom":${JSON.stringify(askWhom)},"wouldChange":${JSON.stringify(wouldChange)},"answers":${JSON.stringify(answers)}}`,
        ),
      ]
      this.#questions.set(question.consequences, parts)
    }
    return `${parts[0]}${question.item}${parts[1]}`
  }

  readonly item = (item: ItemDecision): string => {
    const { finding, decisive } = item
    const article = itemArticle(item, this.#voice.policy)
    const own = article === decisive?.article
    const probabilityTold = shareText(round(own ? decisive.probability : probabilityOf(item, article)))
    const start = `{"index":${finding.index},"article":"${article}","probability":${probabilityTold},"articles":${list(allArticles(item), articleText)},"clarity":${shareText(round(finding.clarity))}`
    if (article === 'none' && finding.packaging === null && finding.contamination === null) return start + restOfGoods
    const taxa = decisive !== null && article !== 'none' ? answerTaxaOf(finding, this.#voice.taxa) : []
    return `${start},"taxa":${taxa.length === 0 ? '[]' : JSON.stringify(taxa)},"state":${this.#state(item, article)},"use":${decisive?.situations[0]?.use == null ? 'null' : `"${decisive.situations[0].use}"`},"pestRiskCategory":${pestRiskCategory(article)},"packaging":${finding.packaging === null ? 'null' : lettersText(finding.packaging)},"contamination":${finding.contamination === null ? 'null' : lettersText(finding.contamination)},"measures":${own ? this.#measuresText(item) : '[]'}}`
  }

  #state({ finding, decisive }: ItemDecision, article: Article): string {
    if (article === 'none') return nothingOfState
    const state = (finding.things[decisive?.thing ?? 0] ?? finding.things[0])?.state ?? {}
    const told = withSettled(article, toldBy(state))
    const key = told.yes * 2 ** stateFacts.length + told.no
    let text = this.#states.get(key)
    if (text === undefined) {
      text = factsText(told)
      if (this.#states.size < mostStates) this.#states.set(key, text)
    }
    return text + amountsText(state)
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
  return `{"article":"${article}","probability":${shareText(probability)}}`
}

const thousandths = Array.from({ length: 1001 }, (_, at) => String(at / 1000))

/** A share of one in three places, as `round` makes it: engines take long to write a number with decimals. */
function shareText(share: number): string {
  return thousandths[share * 1000] ?? thousandths[Math.round(share * 1000)] ?? String(share)
}
