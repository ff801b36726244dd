import { type Consequence, mostDecisive, type Question } from '../decide/questions.ts'
import { say } from '../decide/words.ts'
import { findPlace } from '../parcel/places.ts'
import { type Demand, isBan, type LawAnswer, verdictOf } from '../require/requirements.ts'
import { factsOf } from '../require/situation.ts'
import type { Voice } from './answer.ts'

/** What putting questions into words needs. */
export type Told = Pick<Voice, 'words' | 'policy' | 'places'>

/** A fact that is not told and on which the verdict hangs. */
export interface AskedFact {
  readonly fact: string
  readonly sentence: string
  readonly askWhom: readonly string[]
  readonly wouldChange: readonly string[]
}

/** Questions whose answers would change the verdict; for a partial prohibition at least the facts that it hangs on. */
export function askedFacts(law: LawAnswer, questions: readonly Question[], knowledge: Told): AskedFact[] {
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

function askedFact(fact: string, wouldChange: readonly string[], { words, policy }: Told): AskedFact {
  const sentence = words[`question.${fact}`] ?? say(words, 'question.state', { fact: `@fact.${fact}` })
  return { fact, sentence, askWhom: policy.askWhom[fact] ?? policy.askWhom['state'] ?? [], wouldChange }
}

/** The facts that a prohibition hangs on, each with what it decides. */
function hangsOn({ requirement, missing, derogation }: Demand, knowledge: Told): AskedFact[] {
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

function consequence({ value, proposal }: Consequence, { words, places }: Told): string {
  const answer =
    value.kind === 'word'
      ? (words[value.value] ?? value.value)
      : value.kind === 'place'
        ? (places.names[findPlace(places, value.value)] ?? value.value)
        : value.value
  return say(words, 'would-change', { answer, proposal: `@proposal.${proposal}` })
}
