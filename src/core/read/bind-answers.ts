import { parcelFacts } from './answers.ts'
import { linesIn } from './match-lines.ts'
import type { Merged, Message } from './merge.ts'
import { isRecord, type Raw } from './raw.ts'
import { plainFact } from './same-fact.ts'

/** The line that an answer speaks of: what it said when the answer was given, and which of the lines that said so it is, from 0. */
interface Of {
  readonly text: string
  readonly nth: number
}

/** Whether a message answers questions. */
export function hasAnswers({ content }: Message): boolean {
  return isRecord(content) && Array.isArray(content['answers'])
}

/**
 * Ties answers to what the line they speak of said when they were given, for messages in the order of time. Numbers of lines change when
 * more is told of a parcel, and an answer must never speak of other goods than it was given for.
 */
export function bindAnswers(messages: readonly Message[], mergeTold: (told: readonly Message[]) => Merged): Message[] {
  const told: Message[] = []
  let lines: readonly Raw[] | null = null
  return messages.map((message) => {
    if (!hasAnswers(message)) {
      told.push(message)
      lines = null
      return message
    }
    const { answers, ...rest } = message.content as Raw
    if (Object.keys(rest).length > 0) {
      told.push({ ...message, content: rest })
      lines = null
    }
    lines ??= linesOf(mergeTold(told))
    const known = lines
    return { ...message, content: { ...rest, answers: (answers as unknown[]).map((one) => bound(one, known)) } }
  })
}

function linesOf({ content }: Merged): readonly Raw[] {
  return isRecord(content) ? linesIn(content) : []
}

function bound(answer: unknown, lines: readonly Raw[]): unknown {
  if (!isRecord(answer) || parcelFacts.has(String(answer['fact']))) return answer
  const { of: _, ...own } = answer
  const at = Number(own['item'] ?? 0) - 1
  if (lines[at] === undefined) return own
  const text = descriptionOf(lines[at])
  const of: Of = { text, nth: lines.slice(0, at).filter((line) => descriptionOf(line) === text).length }
  return { ...own, of }
}

function descriptionOf(line: Raw): string {
  return plainFact('description', line['description'])
}

/**
 * Gives answers the number that their line bears among all that was merged. An answer about a line that nobody tells so any more answers
 * nothing, and is told as a problem: what it was asked about is asked again.
 */
export function placeAnswers(merged: Merged): Merged {
  const { content } = merged
  if (!isRecord(content) || !Array.isArray(content['answers'])) return merged
  const said = descriptionsIn(merged)
  const answers: unknown[] = []
  const problems: unknown[] = Array.isArray(content['problems']) ? [...content['problems']] : []
  for (const one of content['answers']) {
    const { of, ...own } = isRecord(one) ? one : { of: undefined }
    if (!isRecord(of)) answers.push(one)
    else {
      const at = said.flatMap((texts, line) => (texts.has(of['text'] as string) ? [line] : []))[of['nth'] as number]
      if (at !== undefined) answers.push({ ...own, item: at + 1 })
      else problems.push({ kind: 'answer-outdated', at: 'answers', facts: { fact: `@fact.${own['fact']}` } })
    }
  }
  return { ...merged, content: { ...content, answers, ...(problems.length === 0 ? {} : { problems }) } }
}

/** What anybody says that each line is. */
function descriptionsIn(merged: Merged): ReadonlySet<string>[] {
  const said = linesOf(merged).map((line) => new Set([descriptionOf(line)]))
  for (const { at, said: all } of merged.disagreements) {
    const line = /^lines\[(\d+)\]\.description$/.exec(at)?.[1]
    if (line !== undefined) for (const { value } of all) said[Number(line)]?.add(plainFact('description', value))
  }
  return said
}
