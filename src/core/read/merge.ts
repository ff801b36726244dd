import type { Places } from '../parcel/places.ts'
import { addUp, amend, withLines } from './amend.ts'
import { bindAnswers, hasAnswers, placeAnswers } from './bind-answers.ts'
import { linesIn, matchLines } from './match-lines.ts'
import { isRecord, type Raw } from './raw.ts'
import { latestStage } from './read.ts'
import { agreed, wholeFacts } from './same-fact.ts'

/** What one partner said of a parcel at one time, reduced. */
export interface Message {
  readonly partner: string
  /** Time of receipt in UTC, as 2026-11-24T09:00:00.000Z: texts that sort as the times do. */
  readonly at: string
  readonly content: unknown
}

/** A fact on which partners say different things. */
export interface Disagreement {
  /** Path inside the content, as `lines[0].originCountry`. */
  readonly at: string
  readonly said: readonly { readonly partner: string; readonly value: unknown }[]
}

/** All that is said of one parcel, as one. */
export interface Merged {
  /** What `read` takes; where partners disagree it holds their disagreements. */
  readonly content: unknown
  readonly disagreements: readonly Disagreement[]
  /** Who said each fact, by its path; where partners disagree, all who said anything. */
  readonly saidBy: Readonly<Record<string, readonly string[]>>
}

/** What one partner says, all its messages taken together. */
interface Account {
  readonly partner: string
  readonly content: Raw
}

/**
 * Merges the messages about one parcel. A partner's later message amends its earlier ones (`amend`). What different partners tell adds
 * up; where they disagree, the content holds what each said, and whoever decides follows each of them. The order in which messages of
 * different partners came makes no difference. One message stays as it is; what is no object is left out beside others. Answers speak of
 * the line that they were given for, whatever its number is then.
 */
export function mergeMessages(messages: readonly Message[], places: Places): Merged {
  const inTime = messages.toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
  if (messages.length < 2 || !inTime.some(hasAnswers)) return mergeTold(inTime, places)
  const bound = bindAnswers(inTime, (told) => mergeTold(told, places))
  return placeAnswers(mergeTold(bound, places))
}

/** Merges messages that stand in the order of time. */
function mergeTold(messages: readonly Message[], places: Places): Merged {
  const accounts = accountsOf(messages)
  const [only] = accounts
  if (only === undefined) return { content: messages.at(-1)?.content ?? null, disagreements: [], saidBy: {} }
  const desk: Desk = { places, disagreements: [], saidBy: {} }
  if (accounts.length === 1) {
    note(only.content, '', [only.partner], desk)
    return { content: only.content, disagreements: [], saidBy: desk.saidBy }
  }
  const content = merge(
    accounts.map(({ partner, content }) => ({ partner, value: withLines(content) })),
    '',
    desk,
  )
  const { disagreements, saidBy } = desk
  if (disagreements.length > 0) content['disagreements'] = disagreements
  return { content, disagreements, saidBy }
}

/** One account for each partner, in the order of their names. */
function accountsOf(messages: readonly Message[]): Account[] {
  const byPartner = new Map<string, Raw>()
  for (const { partner, content } of messages) {
    if (!isRecord(content)) continue
    const before = byPartner.get(partner)
    byPartner.set(partner, before === undefined ? content : amend(before, content))
  }
  return [...byPartner]
    .map(([partner, content]) => ({ partner, content }))
    .sort((one, other) => (one.partner < other.partner ? -1 : 1))
}

interface Desk {
  readonly places: Places
  readonly disagreements: Disagreement[]
  readonly saidBy: Record<string, readonly string[]>
}

/** A value and who said it. */
interface Said<T = unknown> {
  readonly partner: string
  readonly value: T
}

/** Merges objects that different partners sent, field by field. */
function merge(said: readonly Said<Raw>[], at: string, desk: Desk): Record<string, unknown> {
  const made: Record<string, unknown> = {}
  const fields = new Set(said.flatMap(({ value }) => Object.keys(value)))
  fields.delete('__proto__')
  for (const field of fields) {
    const told = said.flatMap(({ partner, value }) => {
      const own = value[field]
      return own === null || own === undefined ? [] : [{ partner, value: own }]
    })
    if (told.length === 0) made[field] = null
    else made[field] = mergeFact(field, told, at === '' ? field : `${at}.${field}`, desk)
  }
  return made
}

function mergeFact(field: string, told: readonly Said[], at: string, desk: Desk): unknown {
  if (field === 'lines') return mergeLines(told, desk)
  if (told.every(({ value }) => Array.isArray(value))) {
    const lists = told as readonly Said<readonly unknown[]>[]
    desk.saidBy[at] = lists.map(({ partner }) => partner)
    if (field === 'answers') return lists.flatMap(answersFrom)
    return lists.map(({ value }) => value).reduce((one, other) => addUp(field, one, other))
  }
  if (!wholeFacts.has(field) && told.every(({ value }) => isRecord(value)))
    return merge(told as readonly Said<Raw>[], at, desk)
  return settle(field, told, at, desk)
}

/** What one partner passed on as answers. Two partners may say different things in the name of the same seller: both are kept. */
function answersFrom({ partner, value }: Said<readonly unknown[]>): unknown[] {
  return value.map((one) => (isRecord(one) ? { ...one, partner } : one))
}

/** One value for a fact; where partners disagree, what each said is kept, and the value of the first of them stands in the content. */
function settle(field: string, told: readonly Said[], at: string, desk: Desk): unknown {
  desk.saidBy[at] = told.map(({ partner }) => partner)
  // A parcel that arrived after it was posted is no disagreement.
  if (field === 'stage') return latestStage(told.map(({ value }) => value))
  let value = told[0]?.value
  let isAgreed = true
  for (const one of told.slice(1)) {
    const both = agreed(field, [value, one.value], desk.places)
    if (both === undefined) isAgreed = false
    else value = both
  }
  if (!isAgreed) desk.disagreements.push({ at, said: told })
  return value
}

/** Lines of the same item in one; each partner's further lines stand behind. */
function mergeLines(told: readonly Said[], desk: Desk): unknown[] {
  const lines: Said<Raw>[][] = []
  for (const { partner, value } of told) {
    const own = linesIn({ lines: value })
    const matches = matchLines(
      lines.map((line) => Object.assign({}, ...line.map((one) => one.value).toReversed())),
      own,
      'partners',
    )
    own.forEach((line, position) => {
      const said = { partner, value: withBasis(line) }
      const match = matches[position] as number
      if (match < 0) lines.push([said])
      else lines[match]?.push(said)
    })
  }
  return lines.map((said, position) => merge(said, `lines[${position}]`, desk))
}

/** A line without its number, whose weight says on what basis it is: the basis of one partner never joins the weight of another. */
function withBasis(line: Raw): Raw {
  const { weightBasis, index: _, ...rest } = line
  return line['netWeightKg'] === undefined ? rest : { ...rest, weightBasis: weightBasis ?? 'line' }
}

/** Notes who said the facts of one account. */
function note(value: unknown, at: string, partners: readonly string[], desk: Desk): void {
  const isOpen = (isRecord(value) || at === 'lines') && !wholeFacts.has(at.slice(at.lastIndexOf('.') + 1))
  if (!isOpen) {
    desk.saidBy[at] = partners
    return
  }
  for (const [field, inner] of Object.entries(value as Raw)) {
    if (inner === null || inner === undefined) continue
    note(inner, at === 'lines' ? `lines[${field}]` : at === '' ? field : `${at}.${field}`, partners, desk)
  }
}
