import type { Court } from '../decide/court.ts'
import { isMet } from '../decide/leads-to.ts'
import { say, type Words } from '../decide/words.ts'
import { type Demand, isBan, isLaw } from '../require/demands.ts'
import type { Measure, Requirement } from '../require/pack.ts'
import { factsOf } from '../require/situation.ts'
import { type AnswerSource, type QuestionVoice, sourceOf } from './answer.ts'
import type { Check, DestinationCheck } from './check.ts'
import { lineOf } from './check-item.ts'
import { askedFacts } from './law-questions.ts'

/** The rule behind a step: which requirement, where it is written, and how far it was read. */
export interface StepRule {
  readonly requirement: string
  readonly title: string
  readonly certainty: 'required' | 'possible'
  /** What the rule says about the measure itself, as the words of a declaration, or null. */
  readonly detail: string | null
  readonly branch: Requirement['branch']
  readonly source: AnswerSource
  /** Whether the text of the law was read. */
  readonly verified: boolean
  /** Day on which it was read, as 2026-11-24, or null. */
  readonly read: string | null
  /** Day of an old edition that was read, or null. */
  readonly edition: string | null
}

/** One thing to do, in the order of the list it stands in. */
export interface Step {
  /** A measure of law, or what the seller does besides. */
  readonly step:
    | Measure
    | 'state-goods'
    | 'confirm-other-goods'
    | 'do-not-sell-there'
    | 'may-be-prohibited'
    | 'authorisation'
    | 'state-plant'
    | 'state-origin'
    | 'answer-questions'
    | 'choose-carrier'
    | 'clean-goods'
    | 'mark-packaging'
    | 'ask-authority'
  readonly sentence: string
  readonly certainty: 'required' | 'possible'
  /** Who owes it, where law says so. */
  readonly by: string | null
  /** Whether a paper that meets it is claimed: it is compared with the goods at the border. */
  readonly claimed: boolean
  readonly rules: readonly StepRule[]
}

/** A question to settle before the sale, and the requirements that hang on it. */
export interface CheckQuestion {
  readonly fact: string
  readonly sentence: string
  readonly rules: readonly string[]
}

/** What to do about one destination. */
export interface Advice {
  readonly next: readonly Step[]
  /** Requirements that only could apply and are not told one by one. */
  readonly more: number
  readonly questions: readonly CheckQuestion[]
}

/** What putting steps into words needs. */
export interface StepVoice extends QuestionVoice {
  readonly court: Court
}

/** What the seller does next about one destination, in order. */
export function adviceFor(check: Check, at: DestinationCheck, voice: StepVoice): Advice {
  const { words } = voice
  if (at.verdict === 'which-goods') {
    const steps = [step('state-goods', words)]
    if (check.item.stated.article === 'none') steps.push(step('confirm-other-goods', words))
    return { next: steps, more: 0, questions: [] }
  }
  const bans = banSteps(check, at, voice)
  if (bans.length > 0) return { next: bans, more: 0, questions: [] }
  const questions = questionsTold(at, voice)
  const { told, more } = demandsTold(at.law.demands, voice)
  const next = [
    ...lessThanBanned(told, voice),
    ...askingSteps(questions, words),
    ...measureSteps(check, at, told, voice),
    ...besideLaw(check, at, told, words),
  ]
  return { next, more, questions }
}

interface StepShape {
  readonly slots?: Readonly<Record<string, string>>
  readonly certainty?: Step['certainty']
  readonly by?: string | null
  readonly claimed?: boolean
  readonly rules?: readonly StepRule[]
  /** Whose demand it is, where it is not law. */
  readonly beside?: 'carrier' | 'expectation' | null
}

function step(name: Step['step'], words: Words, shape: StepShape = {}): Step {
  const { slots = {}, certainty = 'required', by = null, claimed = false, rules = [], beside = null } = shape
  let sentence = say(words, `check.step.${name}`, slots)
  if (beside !== null) sentence = say(words, `check.${beside}`, { step: sentence })
  else if (certainty === 'possible' && name !== 'may-be-prohibited')
    sentence = say(words, 'check.possible', { step: sentence })
  if (claimed) sentence += ` ${say(words, 'check.claimed')}`
  return { step: name, sentence, certainty, by, claimed, rules }
}

function ruleOf({ requirement, certainty }: Demand, detail: string | null = null): StepRule {
  const { id, title, branch, source } = requirement
  return {
    requirement: id,
    title,
    certainty,
    detail,
    branch,
    source: sourceOf(requirement),
    verified: source.unverified === null,
    read: source.read?.on ?? null,
    edition: source.dated,
  }
}

/** Where nothing helps: goods that are prohibited whatever else is true, and papers that cannot be had. */
function banSteps(check: Check, at: DestinationCheck, { words, court }: StepVoice): Step[] {
  const sure = at.law.demands.filter((demand) => demand.certainty === 'required' && isLaw(demand))
  const bans = sure.filter((demand) => isBan(demand) && demand.derogation === null)
  const to = court.nameOf(court.placeOf(at.destination))
  if (bans.length > 0)
    return [step('do-not-sell-there', words, { slots: { to }, rules: bans.map((demand) => ruleOf(demand)) })]
  if (at.verdict !== 'unattainable') return []
  const origin = court.placeOf(lineOf(check.item).origin)
  const out = sure.filter(({ requirement }) => requirement.attainable?.no.includes(origin) === true)
  const why = out.map(({ requirement }) => requirement.attainable?.why ?? '').join('; ')
  const told = step('do-not-sell-there', words, { slots: { to }, rules: out.map((demand) => ruleOf(demand)) })
  return [{ ...told, sentence: `${told.sentence} ${say(words, 'law.unattainable', { why })}` }]
}

function questionsTold({ law, questions }: DestinationCheck, voice: StepVoice): CheckQuestion[] {
  return askedFacts(law, questions, voice).map(({ fact, sentence }) => ({
    fact,
    sentence,
    rules: law.demands.filter((demand) => hangsOn(demand, fact)).map(({ requirement }) => requirement.id),
  }))
}

/** Whether a fact is among those that would settle a demand. */
function hangsOn(demand: Demand, fact: string): boolean {
  // A fact that no record shows is asked for one prohibition at a time.
  if ((fact === 'other' || fact === 'text') && !isBan(demand)) return false
  return factsOf(demand.missing).some((one) => one === fact)
}

/** All that is sure, and the nearest of what only could apply. */
function demandsTold(
  demands: readonly Demand[],
  { policy }: StepVoice,
): { readonly told: readonly Demand[]; readonly more: number } {
  const sure = demands.filter(({ certainty }) => certainty === 'required')
  const possible = demands
    .filter(({ certainty }) => certainty === 'possible')
    .toSorted((one, other) => farness(one) - farness(other))
  const told = possible.slice(0, policy.checks.possible)
  return { told: [...sure, ...told], more: possible.length - told.length }
}

/** Law before what may be expected and the terms of carriers, and in each prohibitions before the rest. */
function farness(demand: Demand): number {
  const beside = besideOf(demand)
  return (beside === null ? 0 : beside === 'expectation' ? 2 : 4) + (isBan(demand) ? 0 : 1)
}

/** Prohibitions that only could apply, and those that a derogation may lift. */
function lessThanBanned(demands: readonly Demand[], { words }: StepVoice): Step[] {
  const bans = demands.filter((demand) => isBan(demand) && isLaw(demand))
  const lifted = bans.filter(({ certainty, derogation }) => certainty === 'required' && derogation !== null)
  const possible = bans.filter((demand) => demand.certainty === 'possible' && !isCleaned(demand))
  const steps = lifted.map((demand) => {
    const { title = '', paper, conditions } = demand.derogation ?? {}
    const slots = { title, paper: paper ?? '', conditions: conditions ?? '' }
    return step('authorisation', words, { slots, rules: [ruleOf(demand)] })
  })
  if (possible.length === 0) return steps
  const rules = possible.map((demand) => ruleOf(demand))
  return [...steps, step('may-be-prohibited', words, { certainty: 'possible', rules })]
}

/** What clings to goods and is cleaned off: while it is not told, no prohibition of the goods. */
function isCleaned({ certainty, requirement }: Demand): boolean {
  return certainty === 'possible' && requirement.contamination
}

/** What to state in the offer; the rest of the questions is one step. */
function askingSteps(questions: readonly CheckQuestion[], words: Words): Step[] {
  const facts = questions.map(({ fact }) => fact)
  const steps: Step[] = []
  if (facts.includes('taxon')) steps.push(step('state-plant', words))
  if (facts.includes('origin')) steps.push(step('state-origin', words))
  if (facts.some((fact) => fact !== 'taxon' && fact !== 'origin')) steps.push(step('answer-questions', words))
  return steps
}

/** One step for each measure, with all rules that ask it: a certificate is got once, whatever is written on it. */
function measureSteps(check: Check, at: DestinationCheck, demands: readonly Demand[], voice: StepVoice): Step[] {
  const { policy, words } = voice
  const groups = new Map<string, { readonly measure: Measure; readonly demands: Demand[] }>()
  for (const demand of demands) {
    for (const { measure } of demand.requirement.measures) {
      if (demand.waived.includes(measure) || (measure === 'prohibited' && isLaw(demand))) continue
      const key = `${besideOf(demand) ?? 'law'} ${measure}`
      const group = groups.get(key)
      if (group === undefined) groups.set(key, { measure, demands: [demand] })
      else group.demands.push(demand)
    }
  }
  const places = placesOf(check, at, voice)
  const claimed = check.item.parcel.documents.map(({ kind }) => kind as string)
  const rank = (measure: Measure): number => policy.checks.order.indexOf(measure)
  const nearness = ({ measure, demands: [first] }: { measure: Measure; demands: readonly Demand[] }): number =>
    rank(measure) + ['law', 'expectation', 'carrier'].indexOf(besideOf(first) ?? 'law') * policy.checks.order.length
  return [...groups.values()]
    .toSorted((one, other) => nearness(one) - nearness(other))
    .map(({ measure, demands: own }) =>
      step(measure === 'prohibited' && besideOf(own[0]) === 'carrier' ? 'choose-carrier' : measure, words, {
        slots: places,
        certainty: own.some(({ certainty }) => certainty === 'required') ? 'required' : 'possible',
        by: demandOf(own[0], measure)?.by ?? null,
        claimed: isMet(measure, claimed, policy),
        rules: own.map((demand) => ruleOf(demand, demandOf(demand, measure)?.detail ?? null)),
        beside: besideOf(own[0]),
      }),
    )
}

function demandOf(demand: Demand | undefined, measure: Measure): Requirement['measures'][number] | undefined {
  return demand?.requirement.measures.find((one) => one.measure === measure)
}

function besideOf(demand: Demand | undefined): 'carrier' | 'expectation' | null {
  const branch = demand?.requirement.branch
  return branch === 'carrier' || branch === 'expectation' ? branch : null
}

/** The country whose authority certifies is the one that goods are sent from; where they grew when that is not told. */
function placesOf(check: Check, at: DestinationCheck, { court }: StepVoice): { from: string; to: string } {
  const { origin } = lineOf(check.item)
  const from = court.placeOf(check.item.parcel.route.dispatch ?? origin)
  return { from: from < 0 ? '@check.not-told' : court.nameOf(from), to: court.nameOf(court.placeOf(at.destination)) }
}

/** What is to be done whatever law asks: clean what soil clings to, mark wood packaging, ask where law was not read whole. */
function besideLaw({ goods }: Check, { law }: DestinationCheck, told: readonly Demand[], words: Words): Step[] {
  const steps: Step[] = []
  const cleaned = told.filter(isCleaned).map((demand) => ruleOf(demand))
  if (goods.finding.contamination !== null || cleaned.length > 0)
    steps.push(step('clean-goods', words, { rules: cleaned }))
  if (goods.finding.packaging !== null) steps.push(step('mark-packaging', words))
  if (!law.complete) steps.push(step('ask-authority', words))
  return steps
}
