import type { Parcel } from '../parcel/parcel.ts'
import { parcelFacts } from '../read/answers.ts'
import { readValue } from './answers.ts'
import type { Court } from './court.ts'
import { judgeTold, leastOf, nothingSupposed } from './item.ts'
import { type Proposal, severity, stricter } from './policy.ts'
import type { Consequence, Question } from './questions.ts'
import type { ItemDecision } from './reason.ts'
import { both } from './told.ts'

/** A parcel that is asked about. */
interface AskedParcel {
  readonly items: readonly ItemDecision[]
  readonly proposal: Proposal
  readonly parcel: Parcel
  readonly on: string
  readonly court: Court
}

/** Most judgements that weighing such answers may take: in a parcel of very many items fewer answers are tried. */
const mostJudgements = 20_000

/**
 * Questions about the way of a parcel with several items, each asked once: an answer holds for all items, and what it leads to is weighed
 * over all of them. Other questions stay as they are.
 */
export function askedOnce(found: readonly Question[], asked: AskedParcel): readonly Question[] {
  const { items, proposal, court } = asked
  if (items.length < 2 || !found.some(({ fact }) => parcelFacts.has(fact))) return found
  const { policy } = court
  let left = mostJudgements
  const byFact = new Map<string, Question[]>()
  for (const question of found)
    if (parcelFacts.has(question.fact)) byFact.set(question.fact, [...(byFact.get(question.fact) ?? []), question])
  const once = [...byFact.values()].flatMap((same) => {
    const [{ fact, item }] = same as [Question]
    const consequences: Consequence[] = []
    for (const { value } of distinctConsequences(same)) {
      left -= items.length
      if (left < 0) break
      const then = leadsAllTo(fact, value.value, asked)
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
function leadsAllTo(fact: string, value: string, { items, parcel, on, court }: AskedParcel): Proposal {
  const { policy } = court
  return items.reduce<Proposal>((most, { line, finding, judgement }) => {
    const { told, supposed } = judgement
    // Nothing that law is not asked about hangs on the way.
    if (told === null) return stricter(policy, most, leastOf(line, judgement, policy))
    const suppose = readValue(fact, value, judgement, court)?.suppose ?? nothingSupposed
    const then = judgeTold({ line, finding, parcel, on, court }, told, both(supposed, suppose))
    return stricter(policy, most, leastOf(line, then, policy))
  }, 'no-objection')
}
