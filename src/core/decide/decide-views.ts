import { isRegulated } from '../parcel/articles.ts'
import type { ItemLine, Parcel } from '../parcel/parcel.ts'
import type { Finding } from '../recognise/finding.ts'
import type { Court } from './court.ts'
import { type Decision, decide } from './decide.ts'
import { disagreementReasons, type Vague } from './disagreements.ts'
import { type Policy, type Proposal, severity, stricter } from './policy.ts'
import { type Consequence, mostDecisive, type Question } from './questions.ts'
import type { ItemDecision, Reason } from './reason.ts'

/** The parcel as one partner tells it, and what was found in it. */
export interface ViewFound {
  readonly partner: string
  readonly parcel: Parcel
  readonly findings: readonly Finding[]
}

/**
 * Decides on a parcel of which partners say different things: each partner's view is decided on, and the strictest proposal stands, item by
 * item with its reasons. Only a description that tells nothing at all gives way to another partner's that does.
 */
export function decideViews(parcel: Parcel, found: readonly ViewFound[], on: string, court: Court): Decision {
  const { policy } = court
  const { views, vague } = withoutVague(found, policy)
  const decisions = views.map((view) => decide(view.parcel, view.findings, on, court))
  const proposal = decisions.reduce<Proposal>((most, one) => stricter(policy, most, one.proposal), 'no-objection')
  const chosen = strictestItems(decisions, policy)
  const reasons = chosen.flatMap(({ decision, at }) => reasonsOf(decision, at + 1))
  const ofNoItem = decisions.find((one) => one.proposal === proposal)?.reasons.filter(({ item }) => item === null) ?? []
  return {
    parcel,
    proposal,
    items: chosen.map(({ item }) => item),
    reasons: [...ofNoItem, ...reasons, ...disagreementReasons(parcel, decisions, vague)],
    questions: mostDecisive(commonQuestions(decisions, proposal, policy), policy),
  }
}

function reasonsOf({ reasons }: Decision, item: number): Reason[] {
  return reasons.filter((one) => one.item === item)
}

interface Chosen {
  readonly decision: Decision
  readonly item: ItemDecision
  readonly at: number
}

/** Each item as the view has it that is strictest about it. */
function strictestItems(decisions: readonly Decision[], policy: Policy): Chosen[] {
  const [first] = decisions
  return (first?.items ?? []).map((_, at) => {
    let best: Chosen | null = null
    for (const decision of decisions) {
      const item = decision.items[at] as ItemDecision
      const rank = severity(policy, item.judgement.proposal)
      if (best === null || rank > severity(policy, best.item.judgement.proposal)) best = { decision, item, at }
    }
    return best as Chosen
  })
}

/** Puts a description that tells something in the place of those of the same line that tell nothing at all. */
function withoutVague(found: readonly ViewFound[], policy: Policy): { views: readonly ViewFound[]; vague: Vague[] } {
  const vague: Vague[] = []
  const telling = found[0]?.findings.map((_, at) => tellingView(found, at, policy)) ?? []
  const views = found.map((view) => {
    const lines: ItemLine[] = [...view.parcel.lines]
    const findings = view.findings.map((finding, at) => {
      const other = telling[at]
      const line = lines[at] as ItemLine
      const otherLine = other?.parcel.lines[at]
      if (other === undefined || otherLine === undefined || !tellsNothing(finding, policy)) return finding
      if (otherLine.description === line.description) return finding
      vague.push({
        item: at + 1,
        by: view.partner,
        text: line.description,
        other: other.partner,
        said: otherLine.description,
      })
      const { description, legible, hs, category } = otherLine
      lines[at] = { ...line, description, legible, hs, category }
      return other.findings[at] as Finding
    })
    return { ...view, parcel: { ...view.parcel, lines }, findings }
  })
  return { views, vague }
}

/** A view whose description of a line tells what it is, where another's tells nothing. */
function tellingView(found: readonly ViewFound[], at: number, policy: Policy): ViewFound | undefined {
  if (!found.some(({ findings }) => tellsNothing(findings[at] as Finding, policy))) return undefined
  return found.find(({ findings }) => {
    const finding = findings[at] as Finding
    return finding.clarity >= policy.vague && !finding.contradiction && isNamed(finding)
  })
}

/** Whether anything is named that the line is: an article, a plant or goods. */
function isNamed({ evidence }: Finding): boolean {
  return evidence.some(({ kind }) => kind === 'form' || kind === 'name' || kind === 'goods' || kind === 'imitation')
}

/** Whether a line is vague and nothing in it, its codes included, speaks of regulated goods: "gift". */
function tellsNothing({ clarity, evidence, contamination, contradiction, things }: Finding, policy: Policy): boolean {
  if (clarity >= policy.vague || contamination !== null || contradiction) return false
  if (things.some(({ names }) => names.length > 0)) return false
  return !evidence.some(({ kind, article, weight }) => kind !== 'model' && isRegulated(article) && weight > 0)
}

/** Questions that every view which asks them answers alike: what an answer leads to is the strictest that any view makes of it. */
function commonQuestions(decisions: readonly Decision[], proposal: Proposal, policy: Policy): Question[] {
  const top = decisions.filter((one) => one.proposal === proposal)
  const asked = new Map<string, Question>()
  for (const question of top.flatMap(({ questions }) => questions)) {
    const key = `${question.item} ${question.fact}`
    if (asked.has(key)) continue
    const consequences = question.consequences.flatMap(({ value }) => {
      const leadsTo = decisions.reduce<Proposal>(
        (most, one) => stricter(policy, most, consequenceIn(one, question, value)),
        'no-objection',
      )
      return leadsTo === proposal ? [] : [{ value, proposal: leadsTo }]
    })
    if (consequences.length === 0) continue
    const reach = Math.max(
      ...consequences.map((one) => Math.abs(severity(policy, one.proposal) - severity(policy, proposal))),
    )
    asked.set(key, { ...question, consequences, reach })
  }
  return [...asked.values()]
}

function consequenceIn(decision: Decision, { item, fact }: Question, { kind, value }: Consequence['value']): Proposal {
  const own = decision.questions.find((one) => one.item === item && one.fact === fact)
  const told = own?.consequences.find((one) => one.value.kind === kind && one.value.value === value)
  return told?.proposal ?? decision.proposal
}
