import { type Article, articles } from '../parcel/articles.ts'
import { type GivenAnswer, modes, recipients } from '../parcel/parcel.ts'
import { type NumberFact, numberFacts, parts, type StateFact, stateFacts, uses } from '../parcel/state.ts'
import { findTaxon } from '../parcel/taxa.ts'
import { lastWord } from '../read/answers.ts'
import { numberIn } from '../read/number.ts'
import type { Court } from './court.ts'
import { type ItemJudgement, judge, judgeTold, nothingSupposed } from './item.ts'
import { severity } from './policy.ts'
import { articleIsClear, articlesAsked, type SupposedValue, supposeState } from './suppositions.ts'
import { both, type ItemCase, type Suppose, tell } from './told.ts'

/** What became of an answer: it was followed, it does not fit what was seen or declared, or nobody knows what it says. */
export interface HeardAnswer {
  readonly kind: 'answered' | 'answer-contradicts' | 'answer-not-understood'
  readonly answer: GivenAnswer
  /** The value as words and places name it, where it is understood. */
  readonly value: SupposedValue | null
}

const noAnswers: readonly HeardAnswer[] = []

/** An item judged with what was answered about it. */
export interface Heard {
  readonly judgement: ItemJudgement
  readonly answers: readonly HeardAnswer[]
}

interface Understood {
  readonly answer: GivenAnswer
  readonly value: SupposedValue
  readonly suppose: Suppose
}

/**
 * Judges an item with the answers about it as claims. An answer that fills what is not told is followed. One that contradicts what was
 * seen or declared, or another answer, silences neither: both are followed, and the stricter stands.
 */
export function hear(item: ItemCase, given: readonly GivenAnswer[]): Heard {
  const told = judge(item)
  const own = given.filter((one) => one.item === null || one.item === item.finding.index)
  if (own.length === 0) return { judgement: told, answers: noAnswers }
  const answers: HeardAnswer[] = []
  const contrary: Suppose[] = []
  const facts = new Map<string, string>()
  let answered = nothingSupposed
  for (const answer of own) {
    const understood = understand(answer, told, item.court)
    if (understood === null) {
      answers.push({ kind: 'answer-not-understood', answer, value: null })
      continue
    }
    const { suppose, value } = understood
    const before = facts.get(answer.fact)
    const contradicts = contradictsTold(understood, told, item) || (before !== undefined && before !== value.value)
    answers.push({ kind: contradicts ? 'answer-contradicts' : 'answered', answer, value })
    if (contradicts) contrary.push(suppose)
    else {
      facts.set(answer.fact, value.value)
      answered = both(answered, suppose)
    }
  }
  return { judgement: strictest(item, told, answered, contrary), answers }
}

/** What became of answers that hold for all items, each told once; where they do not fit one of the items, that. */
export function toldOfAll(items: readonly { readonly answers?: readonly HeardAnswer[] }[]): Iterable<HeardAnswer> {
  const told = new Map<GivenAnswer, HeardAnswer>()
  for (const heard of items.flatMap(({ answers }) => answers ?? noAnswers)) {
    const { answer, kind } = heard
    if (answer.item === null && (kind !== 'answered' || !told.has(answer))) told.set(answer, heard)
  }
  return told.values()
}

function strictest(
  item: ItemCase,
  judgement: ItemJudgement,
  answered: Suppose,
  contrary: readonly Suppose[],
): ItemJudgement {
  const { policy } = item.court
  const told = judgement.told ?? tell(item)
  let best = answered === nothingSupposed ? judgement : judgeTold(item, told, answered)
  for (const suppose of contrary) {
    const other = judgeTold(item, told, both(answered, suppose))
    if (severity(policy, other.proposal) > severity(policy, best.proposal)) best = other
  }
  return best
}

const lists = {
  article: articles,
  part: parts,
  use: uses,
  by: modes,
  recipient: recipients,
} as const

/** What an answer lets one suppose, or null where its value is no value of the fact. */
function understand(answer: GivenAnswer, told: ItemJudgement, court: Court): Understood | null {
  const fact = answer.fact === 'description' ? 'article' : answer.fact
  const found = readValue(fact, answer.value, told, court)
  return found === null ? null : { answer, ...found }
}

type Value = Omit<Understood, 'answer'>

/** What a value of a fact lets one suppose, or null where it is none. */
export function readValue(fact: string, value: string, told: ItemJudgement, court: Court): Value | null {
  if (fact in lists) return wordOf(fact as keyof typeof lists, value)
  if (fact === 'origin' || fact === 'dispatch' || fact === 'destination') {
    const place = court.placeOf(value)
    return place < 0 ? null : { value: { kind: 'place', value: court.codeOf(place) }, suppose: { [fact]: place } }
  }
  if (fact === 'taxon') return taxonOf(value, told, court)
  if (fact === 'certificate' || fact === 'authorisation') return paperOf(fact, value)
  if ((stateFacts as readonly string[]).includes(fact)) return stateOf(fact as StateFact, value)
  const number = (numberFacts as readonly string[]).includes(fact) ? numberIn(value) : null
  if (number === null || number < 0) return null
  return { value: { kind: 'number', value: String(number) }, suppose: { state: { [fact as NumberFact]: number } } }
}

function wordOf(list: keyof typeof lists, value: string): Value | null {
  const word = (lists[list] as readonly string[]).find((one) => one === lastWord(value, list))
  if (word === undefined || word === ('unclear' satisfies Article)) return null
  return { value: { kind: 'word', value: `${list}.${word}` }, suppose: { [list]: word } }
}

function taxonOf(value: string, { candidates }: ItemJudgement, court: Court): Value | null {
  if (lastWord(value, 'taxon') === 'other') {
    const isNamed = candidates.some(({ situations }) => situations.some(({ taxa }) => taxa.length > 0))
    const none = { taxa: [court.taxa.names.length] }
    return { value: { kind: 'word', value: 'taxon.other' }, suppose: isNamed ? { noNarrower: true } : none }
  }
  const taxon = findTaxon(court.taxa, value)
  const name = court.taxa.names[taxon]
  return name === undefined ? null : { value: { kind: 'taxon', value: name }, suppose: { taxa: [taxon] } }
}

const paperKinds = { certificate: 'phytosanitary-certificate', authorisation: 'authorisation' } as const
const noPaper: ReadonlySet<string> = new Set(['no', 'none', 'false', '-'])

/** A paper that is claimed by a yes or by its number. That there is none adds nothing to what was told; any other words say neither. */
function paperOf(fact: 'certificate' | 'authorisation', value: string): Value | null {
  const kind = paperKinds[fact]
  if (noPaper.has(value.trim().toLowerCase())) return { value: { kind: 'number', value }, suppose: {} }
  const word = lastWord(value, 'certificate')
  if (word === kind || word === 'yes')
    return { value: { kind: 'word', value: `certificate.${kind}` }, suppose: { claimed: [kind] } }
  return /\d/.test(value) ? { value: { kind: 'number', value }, suppose: { claimed: [kind] } } : null
}

function stateOf(fact: StateFact, value: string): Value | null {
  const word = lastWord(lastWord(value, 'state'), fact)
  const [yes, no] = supposeState(fact)
  return (word === 'yes' ? yes : word === 'no' ? no : null) ?? null
}

/** Whether an answer says other than what was seen in the line or declared with it. */
function contradictsTold({ answer, suppose }: Understood, told: ItemJudgement, item: ItemCase): boolean {
  const { finding, parcel, line, court } = item
  if (suppose.article !== undefined) return contradictsArticle(suppose.article, told, item)
  if (suppose.taxa !== undefined) return contradictsTaxa(suppose.taxa, told, court)
  if (suppose.origin !== undefined) return !liesIn(suppose.origin, court.placeOf(line.origin), court)
  if (suppose.dispatch !== undefined) return !liesIn(suppose.dispatch, court.placeOf(parcel.route.dispatch), court)
  if (suppose.destination !== undefined)
    return !liesIn(suppose.destination, court.placeOf(parcel.route.destination), court)
  if (suppose.by !== undefined) return parcel.by !== null && parcel.by !== suppose.by
  if (suppose.recipient !== undefined) return parcel.recipient !== null && parcel.recipient !== suppose.recipient
  const { things } = finding
  if (suppose.part !== undefined) return things.some(({ part }) => part !== null && part !== suppose.part)
  if (suppose.use !== undefined) return things.some(({ use }) => use !== null && use !== suppose.use)
  const { fact: asked } = answer
  if (asked === 'certificate' || asked === 'authorisation')
    return suppose.claimed === undefined && parcel.documents.some(({ kind }) => kind === paperKinds[asked])
  const fact = asked as StateFact | NumberFact
  const said = suppose.state?.[fact]
  return things.some(({ state }) => (state[fact] ?? null) !== null && said !== undefined && state[fact] !== said)
}

function contradictsArticle(article: Article, told: ItemJudgement, { finding, court }: ItemCase): boolean {
  if (!articleIsClear(finding, told, court)) return !articlesAsked(told).includes(article)
  const top = told.candidates.reduce((best, one) => (one.probability > best.probability ? one : best))
  return top.article !== article
}

/** Whether none of the taxa that the words name is, or stands above, the answered one. */
function contradictsTaxa(taxa: readonly number[], { candidates }: ItemJudgement, court: Court): boolean {
  const named = new Set(candidates.flatMap(({ situations }) => situations.flatMap((one) => [...one.taxa])))
  if (named.size === 0) return false
  return !taxa.some((taxon) => {
    for (let at = taxon, steps = 0; at >= 0 && steps < 32; at = court.taxa.parents[at] ?? -1, steps += 1)
      if (named.has(at)) return true
    return false
  })
}

/** Whether a place is another one or a part of it; of a place that is not told, any is. */
function liesIn(place: number, told: number, court: Court): boolean {
  return told < 0 || place === told || court.partsOf(told).includes(place)
}
