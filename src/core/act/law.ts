import type { Court } from '../decide/court.ts'
import { judge } from '../decide/item.ts'
import { listingSlots } from '../decide/labels.ts'
import { questionsFor } from '../decide/questions.ts'
import { usualPart } from '../decide/told.ts'
import { say, type Words } from '../decide/words.ts'
import type { Article } from '../parcel/articles.ts'
import type { ItemLine, Mode, Parcel, Recipient } from '../parcel/parcel.ts'
import { findPlace } from '../parcel/places.ts'
import type { Part, State, Use } from '../parcel/state.ts'
import type { Finding } from '../recognise/finding.ts'
import type { Pack } from '../require/pack.ts'
import { type Named, namedFor, type Pest, pestsOf } from '../require/pests.ts'
import { type LawAnswer, notLoaded, requirementsFor } from '../require/requirements.ts'
import type { Situation } from '../require/situation.ts'
import { type Verdict, verdictOf } from '../require/verdict.ts'
import { type AnswerMeasure, answerMeasures, type ImportSource, importSource, sourceOf, type Voice } from './answer.ts'
import { type AskedFact, askedFacts } from './law-questions.ts'

/** What is asked of the law: goods told by hand, not recognised. What is null or empty is not told. */
export interface LawQuestion {
  readonly to: string
  readonly origin: string | null
  readonly dispatch: string | null
  readonly via: readonly string[]
  readonly article: Article
  /** Number of the taxon and the name it was asked for by, or null. */
  readonly taxon: { readonly number: number; readonly name: string } | null
  readonly part: Part | null
  readonly use: Use | null
  readonly state: Partial<State>
  readonly by: Mode | null
  readonly recipient: Recipient | null
  /** Day whose law counts, as 2026-11-24. */
  readonly on: string
}

/** What putting law into words needs. */
export interface LawVoice extends Omit<Voice, 'engine'> {
  readonly pests: readonly Pest[]
}

/** What the law asks, in the words of the contract. */
export interface RequirementsAnswer {
  readonly verdict: Verdict
  readonly measures: readonly (AnswerMeasure & {
    readonly title: string
    readonly point: string
    readonly text: string
    /** Day and text that was read, the day of an old edition, or why nothing was read. */
    readonly read: Pack['requirements'][number]['source']['read']
    readonly edition: string | null
    readonly unverified: string | null
    readonly conditions: string | null
    readonly why: string | null
    readonly pests: readonly string[]
  })[]
  readonly exemptions: readonly {
    readonly title: string
    readonly requirement: string
    readonly source: ReturnType<typeof sourceOf>
  }[]
  readonly questions: readonly AskedFact[]
  /** Pests the destination regulates that have this plant as a host, and whether law names them for the origin. */
  readonly pests: readonly {
    readonly name: string
    readonly eppo: string | null
    readonly listed: string
    readonly origin: Named
  }[]
  readonly coverage: string
  readonly complete: boolean
  /** What imported inventories say of the plant; no law, and left out where they say nothing. */
  readonly inventories?: readonly {
    readonly taxon: string
    readonly country: string
    readonly sentence: string
    readonly source: ImportSource
  }[]
  readonly knowledge: string
}

/**
 * Applies the law of the destination to goods told by hand, on the day that counts. Where the part is not told, and as the part that
 * the plant is traded as (apples of Malus) it is prohibited whatever else is true, that is the answer: never a milder one.
 */
export function lawAnswer(question: LawQuestion, knowledge: LawVoice, court: Court): RequirementsAnswer {
  const answer = answerAsTold(question, knowledge, court)
  const part = question.taxon === null ? null : usualPart([question.taxon.number], question.article, court.taxa)
  if (question.part !== null || part === null || answer.verdict !== 'partly-prohibited') return answer
  const usual = answerAsTold({ ...question, part }, knowledge, court)
  return usual.verdict === 'prohibited' ? usual : answer
}

function answerAsTold(question: LawQuestion, knowledge: LawVoice, court: Court): RequirementsAnswer {
  const parcel = parcelOf(question)
  const finding = findingOf(question)
  const line = parcel.lines[0] as ItemLine
  const { on } = question
  const judgement = judge({ line, finding, parcel, on, court })
  const situation = judgement.candidates[0]?.situations[0]
  const index = court.indexFor(court.placeOf(question.to))
  const law: LawAnswer = index === null || situation === undefined ? notLoaded : requirementsFor(index, situation)
  const questions = questionsFor(finding, judgement, {
    parcel,
    on,
    court,
    proposal: judgement.proposal,
    others: 'no-objection',
  })
  return {
    verdict: verdictOf(law),
    ...demandsOf(law, situation),
    questions: askedFacts(law, questions, knowledge),
    pests: pestsFor(question, index?.pack ?? null, knowledge),
    coverage: coverageOf(index?.pack ?? null, law, situation),
    complete: law.complete,
    ...labelsFor(question, knowledge.words, court),
    knowledge: knowledge.edition,
  }
}

function demandsOf(
  law: LawAnswer,
  situation: Situation | undefined,
): Pick<RequirementsAnswer, 'measures' | 'exemptions'> {
  const origin = situation?.origin ?? -1
  const measures = law.demands.flatMap((demand) => {
    const { title, conditions, attainable, source, pests } = demand.requirement
    const why = attainable?.no.includes(origin) === true ? attainable.why : null
    return answerMeasures(demand, origin).map((one) => ({
      ...one,
      title,
      point: source.point,
      text: source.text,
      read: source.read,
      edition: source.dated,
      unverified: source.unverified,
      conditions,
      why,
      pests,
    }))
  })
  const exemptions = law.exemptions.map((one) => ({ title: one.title, requirement: one.id, source: sourceOf(one) }))
  return { measures, exemptions }
}

function pestsFor({ taxon, origin }: LawQuestion, pack: Pack | null, knowledge: LawVoice): RequirementsAnswer['pests'] {
  if (taxon === null || pack === null) return []
  const place = origin === null ? -1 : findPlace(knowledge.places, origin)
  return pestsOf(knowledge.pests, pack.place, taxon.number, knowledge.taxa).map((pest) => ({
    name: pest.name,
    eppo: pest.eppo,
    listed: pest.point,
    origin: namedFor(pest, place),
  }))
}

function labelsFor({ taxon, to }: LawQuestion, words: Words, court: Court): Pick<RequirementsAnswer, 'inventories'> {
  const destination = court.placeOf(to)
  const found = taxon === null || court.listingsOf === null ? [] : court.listingsOf(taxon.number, destination)
  if (found.length === 0) return {}
  const inventories = found.map((listing) => {
    const slots = listingSlots(listing, court)
    return {
      taxon: slots.taxon,
      country: court.codeOf(listing.country),
      sentence: say(words, 'inventory.listed', slots),
      source: importSource(listing.inventory, words),
    }
  })
  return { inventories }
}

function coverageOf(pack: Pack | null, { complete, loaded }: LawAnswer, asked: Situation | undefined): string {
  if (pack === null || !loaded) return 'No law of this destination is loaded'
  if (!complete) return `${pack.title}: not complete for this article`
  const place = asked === undefined ? -1 : asked.dispatch >= 0 ? asked.dispatch : asked.origin
  const side = (pack.union[place] ?? 0) === 2 ? 'union' : 'third-country'
  const claim = pack.coverage.find(
    ({ articles, origins, from }) =>
      asked !== undefined &&
      articles.includes(asked.article) &&
      (origins === side || origins === 'any') &&
      asked.on >= from,
  )
  const read = claim === undefined ? '' : `, read on ${claim.on} by ${claim.by}: ${claim.what}`
  return `${pack.title}: complete for this article${read}`
}

function parcelOf({ to, origin, dispatch, via, by, recipient, taxon, state }: LawQuestion): Parcel {
  const line: ItemLine = {
    index: 1,
    path: '',
    description: taxon?.name ?? '',
    legible: null,
    hs: null,
    category: null,
    value: null,
    origin,
    pieces: state.pieces ?? null,
    grams: state.grams ?? null,
  }
  return {
    id: null,
    line: 1,
    stage: 'unknown',
    route: { dispatch, destination: to, transit: via },
    by,
    recipient,
    documents: [],
    lines: [line],
    problems: [],
    readable: true,
  }
}

function findingOf({ article, taxon, part, use, state }: LawQuestion): Finding {
  const names = taxon === null ? [] : [{ text: taxon.name, from: 0, to: 0, taxa: [taxon.number] }]
  return {
    index: 1,
    things: [{ articles: [{ article, probability: 1 }], names, part, state, use, given: true }],
    clarity: 1,
    contradiction: false,
    evidence: [],
    ruledOut: [],
    contamination: null,
    packaging: null,
  }
}
