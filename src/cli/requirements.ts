import { knowledge as loadKnowledge } from '../app.ts'
import { answerMeasures, sourceOf } from '../core/act/answer.ts'
import { judge } from '../core/decide/item.ts'
import { type Consequence, mostDecisive, type Question, questionsFor } from '../core/decide/questions.ts'
import { say } from '../core/decide/words.ts'
import type { Knowledge } from '../core/knowledge.ts'
import { type Article, articles } from '../core/parcel/articles.ts'
import { type ItemLine, modes, type Parcel, recipients } from '../core/parcel/parcel.ts'
import { findPlace } from '../core/parcel/places.ts'
import { parts, type State, stateFacts, uses } from '../core/parcel/state.ts'
import { findTaxon } from '../core/parcel/taxa.ts'
import type { Finding } from '../core/recognise/finding.ts'
import { numbersIn } from '../core/recognise/numbers.ts'
import {
  type Demand,
  isBan,
  type LawAnswer,
  notLoaded,
  requirementsFor,
  type Verdict,
  verdictOf,
} from '../core/require/requirements.ts'
import { factsOf } from '../core/require/situation.ts'
import { courtOf } from '../core/screen.ts'
import { UsageError } from '../intake/table.ts'
import { type Arguments, dayArgument, oneOf, placeArgument, readArguments, usage } from './arguments.ts'
import { importsFolder } from './imports-folder.ts'

export const requirementsHelp = `greenlane requirements --to FR --article plants-for-planting [--origin CN] [--dispatch CN] [--taxon Citrus] [options]

  --article ARTICLE    ${articles.filter((one) => one !== 'none' && one !== 'unclear').join(', ')}
  --taxon NAME         scientific name, accepted or not
  --use USE            planting, consumption, decorative or other
  --part PART          ${parts.join(', ')}
  --state FACTS        facts that hold, with commas: dormant,rooted; with no- before it where it does not: no-leaves
  --by WAY             post, courier, luggage or cargo
  --recipient WHO      private-person, institution or trader
  --quantity AMOUNT    "100 g", "50 pcs"
  --on DAY             day whose law counts, as 2026-11-24; today when not given
  --output FORM        text or json
  --knowledge DIR      names that were imported; GREENLANE_KNOWLEDGE when not given, else ./greenlane-knowledge where it is there

What is not given is unknown: it never makes an answer milder. Exit code: 0, or 2 for wrong use.
`

/** Tells what the law of a destination asks of an article. */
export async function requirements(args: readonly string[]): Promise<number> {
  return usage(requirementsHelp, async () => {
    const options = [
      'to',
      'origin',
      'dispatch',
      'article',
      'taxon',
      'use',
      'part',
      'state',
      'by',
      'recipient',
      'quantity',
      'on',
      'output',
      'knowledge',
    ]
    const given = readArguments(args, {
      ...Object.fromEntries(options.map((name) => [name, { type: 'string' as const }])),
      help: { type: 'boolean', short: 'h' },
    })
    if (given.flag('help')) {
      process.stdout.write(requirementsHelp)
      return 0
    }
    const knowledge = await knowledgeFor(given)
    const answer = lookUp(given, knowledge)
    const form = oneOf(given, 'output', ['text', 'json'] as const) ?? 'text'
    process.stdout.write(form === 'json' ? `${JSON.stringify(answer, null, 2)}\n` : `${asText(answer, knowledge)}\n`)
    return 0
  })
}

/** What `requirements --output json` prints. */
export interface RequirementsAnswer {
  readonly verdict: Verdict
  readonly measures: readonly (ReturnType<typeof answerMeasures>[number] & {
    readonly title: string
    readonly text: string
  })[]
  readonly exemptions: readonly {
    readonly title: string
    readonly requirement: string
    readonly source: ReturnType<typeof sourceOf>
  }[]
  readonly questions: readonly {
    readonly fact: string
    readonly sentence: string
    readonly askWhom: readonly string[]
    readonly wouldChange: readonly string[]
  }[]
  readonly coverage: string
  readonly knowledge: string
}

/** The knowledge, with the imported taxon that is asked for. */
async function knowledgeFor(given: Arguments): Promise<Knowledge> {
  const imports = importsFolder(given)
  const knowledge = await loadKnowledge(imports)
  const name = given.text('taxon')
  if (imports === null || name === null) return knowledge
  const { knowing } = await import('../knowledge/imported/find-imported.ts')
  return knowing(knowledge, name)
}

function lookUp(given: Arguments, knowledge: Knowledge): RequirementsAnswer {
  const article = oneOf(
    given,
    'article',
    articles.filter((one) => one !== 'none' && one !== 'unclear'),
  )
  if (article === null) throw new UsageError('Say which article it is with --article.')
  if (given.text('to') === null) throw new UsageError('Say where it goes with --to.')
  const court = courtOf(knowledge)
  const parcel = parcelOf(given, knowledge)
  const finding = findingOf(given, article, knowledge)
  const line = parcel.lines[0] as ItemLine
  const on = dayArgument(given)
  const judgement = judge({ line, finding, parcel, on, court })
  const candidate = judgement.candidates[0]
  const situation = candidate?.situations[0]
  const index = court.indexFor(court.placeOf(parcel.route.destination))
  const law: LawAnswer = index === null || situation === undefined ? notLoaded : requirementsFor(index, situation)
  const questions = questionsFor(finding, judgement, {
    parcel,
    on,
    court,
    proposal: judgement.proposal,
    others: 'no-objection',
  })
  const pack = index?.pack
  return {
    verdict: verdictOf(law),
    measures: law.demands.flatMap((demand) =>
      answerMeasures(demand, situation?.origin ?? -1).map((one) => ({
        ...one,
        title: demand.requirement.title,
        text: demand.requirement.source.text,
      })),
    ),
    exemptions: law.exemptions.map((one) => ({ title: one.title, requirement: one.id, source: sourceOf(one) })),
    questions: askedFor(law, questions, knowledge),
    coverage:
      pack === undefined
        ? 'none'
        : `${pack.title}: ${law.complete ? 'complete for this article' : 'not complete for this article'}`,
    knowledge: knowledge.edition,
  }
}

type AskedFor = RequirementsAnswer['questions'][number]

/** Questions whose answers would change the verdict; for a partial prohibition at least the facts that it hangs on. */
function askedFor(law: LawAnswer, questions: readonly Question[], knowledge: Knowledge): AskedFor[] {
  const verdict = verdictOf(law)
  if (verdict === 'prohibited' || verdict === 'no-requirement') return []
  const asked = mostDecisive(
    questions.filter(({ fact }) => !['certificate', 'article', 'authorisation'].includes(fact)),
    knowledge.policy,
  ).map(({ fact, consequences }) =>
    askedFact(
      fact,
      consequences.map((one) => consequence(one, knowledge)),
      knowledge,
    ),
  )
  if (verdict !== 'partly-prohibited') return asked
  for (const ban of law.demands.filter(isBan)) {
    for (const one of hangsOn(ban, knowledge)) if (!asked.some(({ fact }) => fact === one.fact)) asked.push(one)
  }
  return asked.slice(0, knowledge.policy.questions)
}

function askedFact(fact: string, wouldChange: readonly string[], { words, policy }: Knowledge): AskedFor {
  const sentence = words[`question.${fact}`] ?? say(words, 'question.state', { fact: `@fact.${fact}` })
  return { fact, sentence, askWhom: policy.askWhom[fact] ?? policy.askWhom['state'] ?? [], wouldChange }
}

/** The facts that a prohibition hangs on, each with what it decides. */
function hangsOn({ requirement, missing, derogation }: Demand, knowledge: Knowledge): AskedFor[] {
  const { words } = knowledge
  const decides = [say(words, 'decides', { title: requirement.title })]
  const facts = factsOf(missing).filter((fact) => fact !== 'text')
  const listed = facts.map((fact) => {
    const unknown = [requirement.when, ...requirement.unless].find((block) => block.unknown !== undefined)?.unknown
    if (fact !== 'other' || unknown === undefined) return askedFact(fact, decides, knowledge)
    return { ...askedFact(fact, decides, knowledge), sentence: say(words, 'question.other', { text: unknown }) }
  })
  if (derogation === null) return listed
  const sentence = say(words, 'question.derogation', { title: derogation.title, paper: derogation.paper ?? '' })
  return [{ ...askedFact('derogation', decides, knowledge), sentence }, ...listed]
}

function consequence({ value, proposal }: Consequence, { words, places }: Knowledge): string {
  const answer =
    value.kind === 'word'
      ? (words[value.value] ?? value.value)
      : value.kind === 'place'
        ? (places.names[findPlace(places, value.value)] ?? value.value)
        : value.value
  return say(words, 'would-change', { answer, proposal: `@proposal.${proposal}` })
}

function parcelOf(given: Arguments, knowledge: Knowledge): Parcel {
  const amounts = numbersIn(given.text('quantity') ?? '', knowledge.policy.units)
  const origin = placeArgument(given, 'origin', knowledge)
  return {
    id: null,
    line: 1,
    stage: 'unknown',
    route: {
      dispatch: placeArgument(given, 'dispatch', knowledge),
      destination: placeArgument(given, 'to', knowledge),
      transit: [],
    },
    by: oneOf(given, 'by', modes),
    recipient: oneOf(given, 'recipient', recipients),
    documents: [],
    lines: [
      {
        index: 1,
        path: '',
        description: given.text('taxon') ?? '',
        legible: null,
        hs: null,
        category: null,
        value: null,
        origin,
        pieces: amounts.pieces ?? null,
        grams: amounts.grams ?? null,
      },
    ],
    problems: [],
    readable: true,
  }
}

function findingOf(given: Arguments, article: Article, knowledge: Knowledge): Finding {
  const taxon = taxonArgument(given, knowledge)
  const state: Partial<State> = {
    ...stateArgument(given),
    ...numbersIn(given.text('quantity') ?? '', knowledge.policy.units),
  }
  const names = taxon === null ? [] : [{ text: given.text('taxon') ?? '', from: 0, to: 0, taxa: [taxon] }]
  const thing = {
    articles: [{ article, probability: 1 }],
    names,
    part: oneOf(given, 'part', parts),
    state,
    use: oneOf(given, 'use', uses),
    given: true,
  }
  return {
    index: 1,
    things: [thing],
    clarity: 1,
    contradiction: false,
    evidence: [],
    ruledOut: [],
    contamination: null,
    packaging: null,
  }
}

function taxonArgument(given: Arguments, knowledge: Knowledge): number | null {
  const name = given.text('taxon')
  if (name === null) return null
  const number = findTaxon(knowledge.taxa, name)
  if (number >= 0) return number
  // A species that is not known is still a plant of its genus.
  const genus = findTaxon(knowledge.taxa, name.trim().split(/\s+/)[0] as string)
  if (genus >= 0) return genus
  throw new UsageError(
    `--taxon ${name}: this name is not known. Give an accepted scientific name, a genus or a family, or leave it out.`,
  )
}

function stateArgument(given: Arguments): Partial<State> {
  const state: { -readonly [K in keyof State]?: State[K] } = {}
  for (const word of (given.text('state') ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')) {
    const fact = stateFacts.find((one) => one === word.replace(/^no-/, ''))
    if (fact === undefined)
      throw new UsageError(
        `--state ${word}: give some of ${stateFacts.join(', ')}, with no- before it where it does not hold.`,
      )
    state[fact] = !word.startsWith('no-')
  }
  return state
}

function asText(answer: RequirementsAnswer, { words }: Knowledge): string {
  const lines = [say(words, `verdict.${answer.verdict}`), '']
  for (const { measure, certainty, title, source, verified, text } of answer.measures) {
    lines.push(
      `  ${say(words, `measure.${measure}`)} (${say(words, `certainty.${certainty}`)}): ${title}`,
      `    ${source.title}`,
      `    ${source.href}`,
    )
    if (text !== '') lines.push(`    ${text}`)
    if (!verified) lines.push(`    ${say(words, 'unverified')}`)
  }
  for (const { title, source } of answer.exemptions)
    lines.push(`  ${say(words, 'reason.exempt', { title })}`, `    ${source.title}`)
  if (answer.questions.length > 0) lines.push('', 'What would change this')
  for (const { sentence, wouldChange } of answer.questions)
    lines.push(`  ${sentence}`, ...wouldChange.map((one) => `    ${one}`))
  lines.push('', `${answer.coverage}. Knowledge ${answer.knowledge}.`)
  return lines.join('\n')
}
