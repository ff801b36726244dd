import { mostDecisive, type Question } from '../decide/questions.ts'
import { say } from '../decide/words.ts'
import { type Demand, isBan, isLaw } from '../require/demands.ts'
import type { LawAnswer } from '../require/requirements.ts'
import { factsOf } from '../require/situation.ts'
import { verdictOf } from '../require/verdict.ts'
import { type AnswerQuestion, answerQuestion, type QuestionVoice, questionSentence, whoAnswers } from './answer.ts'

/** A fact that is not told and on which the verdict hangs. */
export type AskedFact = Omit<AnswerQuestion, 'item' | 'answers'>

/** Questions whose answers would change the verdict; for a partial prohibition at least the facts that it hangs on. */
export function askedFacts(law: LawAnswer, questions: readonly Question[], voice: QuestionVoice): AskedFact[] {
  const verdict = verdictOf(law)
  if (verdict === 'prohibited' || verdict === 'no-requirement') return []
  const asked = mostDecisive(
    questions.filter(({ fact }) => !['certificate', 'article', 'authorisation'].includes(fact)),
    voice.policy,
  ).map((question): AskedFact => {
    const { item: _, answers: __, ...told } = answerQuestion(question, voice)
    return told
  })
  if (verdict !== 'partly-prohibited') return asked
  for (const ban of law.demands.filter((demand) => isBan(demand) && isLaw(demand))) {
    for (const one of hangsOn(ban, voice)) if (!asked.some(({ fact }) => fact === one.fact)) asked.push(one)
  }
  return asked.slice(0, voice.policy.questions)
}

/** The facts that a prohibition hangs on, each with what it decides. */
function hangsOn({ requirement, missing, derogation }: Demand, voice: QuestionVoice): AskedFact[] {
  const { words, policy } = voice
  const decides = [say(words, 'decides', { title: requirement.title })]
  const facts = factsOf(missing).filter((fact) => fact !== 'text')
  const listed = facts.map((fact) => {
    const unknown = [requirement.when, ...requirement.unless].find((block) => block.unknown !== undefined)?.unknown
    const isTold = fact === 'other' && unknown !== undefined
    const sentence = isTold ? say(words, 'question.other', { text: unknown }) : questionSentence(fact, words)
    return { fact, sentence, askWhom: whoAnswers(fact, policy), wouldChange: decides }
  })
  if (derogation === null) return listed
  const sentence = say(words, 'question.derogation', { title: derogation.title, paper: derogation.paper ?? '' })
  const askWhom = whoAnswers('derogation', policy)
  return [{ fact: 'derogation', sentence, askWhom, wouldChange: decides }, ...listed]
}
