import type { Court } from '../decide/court.ts'
import { distinctNames } from '../decide/distinct-names.ts'
import { say, type Words } from '../decide/words.ts'
import type { Article } from '../parcel/articles.ts'
import type { Part, Use } from '../parcel/state.ts'
import { answerProblem, type Voice } from './answer.ts'
import type { Check, CheckVerdict, DestinationCheck } from './check.ts'
import { type Advice, adviceFor } from './check-steps.ts'

/** What one thing of the offer was taken for. */
export interface CheckedGoods {
  readonly article: Article
  /** Accepted scientific names; several where the name may mean each of them. */
  readonly taxa: readonly string[]
  readonly part: Part | null
  readonly use: Use | null
}

/** The law of one destination, as sellers and the public read it. */
export interface DestinationAnswer extends Advice {
  readonly destination: string
  readonly verdict: CheckVerdict
  readonly sentence: string
  /** Whether the law of the destination was read whole for these goods. While it was not, or was not asked, nothing is permission. */
  readonly complete: boolean
}

/**
 * A check in the form for sellers and the public: the law for the goods, and how to comply. It holds no weights, probabilities,
 * thresholds or history, shows no letters, and does not tell which words were read or missed.
 */
export interface CheckAnswer {
  /** Position of the item in what was sent, from 1. */
  readonly item: number
  readonly id: string | null
  /** What the offer was taken for; empty while it is asked which goods are meant. */
  readonly goods: readonly CheckedGoods[]
  /** Goods it may mean, in the fixed order of articles; empty when the goods are clear. */
  readonly choices: readonly { readonly article: Article; readonly sentence: string }[]
  readonly destinations: readonly DestinationAnswer[]
  readonly problems: readonly { readonly kind: string; readonly at: string; readonly sentence: string }[]
  /** Day whose law counts, as 2026-11-24. */
  readonly on: string
  readonly knowledge: string
  readonly engine: string
}

/** What putting a check into words needs. */
export interface CheckVoice extends Voice {
  readonly court: Court
}

/** Puts a check into words for sellers and the public. */
export function checkAnswer(check: Check, voice: CheckVoice): CheckAnswer {
  const { item, goods, destinations } = check
  const { words } = voice
  const isAsked = goods.goods === null || destinations.some(({ verdict }) => verdict === 'which-goods')
  const choices = isAsked ? goods.choices : []
  return {
    item: item.parcel.line,
    id: item.id,
    goods: checkedGoods(check, voice.court),
    choices: choices.map((article) => ({ article, sentence: say(words, `article.${article}`) })),
    destinations: destinations.map((at) => destinationAnswer(check, at, voice)),
    problems: item.problems.map((problem) => answerProblem(problem, words)),
    on: check.on,
    knowledge: voice.edition,
    engine: voice.engine,
  }
}

/** What each thing of the offer was taken for; nothing while the goods are not clear. */
export function checkedGoods({ goods }: Check, { taxa }: Court): CheckedGoods[] {
  return (goods.goods ?? []).map(({ thing, article, part, use }) => {
    const names = article === 'none' ? [] : (goods.finding.things[thing]?.names ?? [])
    const numbers = new Set(distinctNames(names, taxa).flat())
    return { article, taxa: [...numbers].map((taxon) => taxa.names[taxon] ?? ''), part, use }
  })
}

function destinationAnswer(check: Check, at: DestinationCheck, voice: CheckVoice): DestinationAnswer {
  const { destination, verdict, law } = at
  return {
    destination,
    verdict,
    sentence: verdictSentence(verdict, voice.words),
    complete: verdict !== 'which-goods' && verdict !== 'other-goods' && law.complete,
    ...adviceFor(check, at, voice),
  }
}

function verdictSentence(verdict: CheckVerdict, words: Words): string {
  return words[`check.verdict.${verdict}`] ?? say(words, `verdict.${verdict}`)
}
