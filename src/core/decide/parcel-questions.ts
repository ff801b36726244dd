import type { Parcel } from '../parcel/parcel.ts'
import { parcelFacts } from '../read/answers.ts'
import { readValue } from './answers.ts'
import type { Court } from './court.ts'
import { judgeTold, leastOf } from './item.ts'
import { type Proposal, severity, stricter } from './policy.ts'
import type { Consequence, Question } from './questions.ts'
import type { ItemDecision } from './reason.ts'
import { both, tell } from './told.ts'

/** Most judgements that weighing such answers may take: in a parcel of very many items fewer answers are tried. */
const mostJudgements = 20_000

/** A parcel whose items are weighed together. */
export interface Weighing {
  readonly items: readonly ItemDecision[]
  readonly proposal: Proposal
  readonly parcel: Parcel
  readonly on: string
  readonly court: Court
}

/**
 * Questions about the way of a parcel with several items, each asked once: an answer holds for all items, and what it leads to is weighed
 * over all of them. Other questions stay as they are.
 */
export function askedOnce(found: readonly Question[], weighing: Weighing): readonly Question[] {
  const { items, proposal, court } = weighing
  if (items.length < 2 || !found.some(({ fact }) => parcelFacts.has(fact))) return found
  const { policy } = court
  let left = mostJudgements
  const asked = new Map<string, Question[]>()
  for (const question of found)
    if (parcelFacts.has(question.fact)) asked.set(question.fact, [...(asked.get(question.fact) ?? []), question])
  const once = [...asked.values()].flatMap((same) => {
    const [{ fact, item }] = same as [Question]
    const consequences: Consequence[] = []
    for (const { value } of distinctConsequences(same)) {
      left -= items.length
      if (left < 0) break
      const then = leadsAllTo(fact, value.value, weighing)
      if (then === proposal) continue
      // Of places that lead to the same, one is enough.
      if (value.kind === 'place' && consequences.some((one) => one.proposal === then)) continue
      consequences.push({ value, proposal: then })
    }
    const steps = consequences.map((one) => Math.abs(severity(policy, one.proposal) - severity(policy, proposal)))
    return consequences.length === 0 ? [] : [{ fact, item, consequences, reach: Math.max(...steps) }]
  })
  return [...found.filter(({ fact }) => !parcelFacts.has(fact)), ...once]
}

function distinctConsequences(questions: readonly Question[]): Iterable<Consequence> {
  const all = questions.flatMap(({ consequences }) => consequences)
  return new Map(all.map((one) => [`${one.value.kind} ${one.value.value}`, one])).values()
}

/** What a parcel is proposed for when an answer holds for every one of its items. */
function leadsAllTo(fact: string, value: string, { items, parcel, on, court }: Weighing): Proposal {
  const { policy } = court
  return items.reduce<Proposal>((most, { line, finding, judgement }) => {
    const item = { line, finding, parcel, on, court }
    const suppose = readValue(fact, value, judgement, court)?.suppose ?? {}
    const then = judgeTold(item, judgement.told ?? tell(item), both(judgement.supposed, suppose))
    return stricter(policy, most, leastOf(line, then, policy))
  }, 'no-objection')
}
