import type { Case } from '../core/act/case/case.ts'
import { certificateEvents, claimsOf } from '../core/act/case/certificate-events.ts'
import { readCode } from '../core/act/case/codes.ts'
import type { EventBody } from '../core/act/case/event.ts'
import { partyRoles } from '../core/act/case/party-roles.ts'
import type { Knowledge } from '../core/knowledge.ts'
import type { Parcel } from '../core/parcel/parcel.ts'

/** What a message is read with. */
export type SaidKnowledge = Pick<Knowledge, 'acting' | 'places' | 'partnerCodes'>

/** A message about a parcel, as it was reduced. */
export interface SaidMessage {
  readonly content: unknown
  readonly partner: string
  readonly identifiers: readonly string[]
}

type Raw = Readonly<Record<string, unknown>>

/**
 * What a message says beside the goods, as events: answers to questions, papers that are claimed with the steps that can be told of
 * them at once, and codes of partners, which are read and kept as they came.
 */
export function saidEvents(said: SaidMessage, parcel: Parcel, state: Case, knowledge: SaidKnowledge): EventBody[] {
  const content = isRaw(said.content) ? said.content : {}
  return [
    ...listOf(content['answers']).flatMap(answered),
    ...listOf(content['receipts']).flatMap(receiptClaimed),
    ...paperEvents(said, parcel, state, knowledge),
    ...listOf(content['codes']).flatMap((one) => codeRead(one, said.partner, knowledge)),
  ]
}

function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function listOf(value: unknown): readonly Raw[] {
  return Array.isArray(value) ? value.filter(isRaw) : []
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}

function answered({ item, fact, value, by }: Raw): EventBody[] {
  const told = textOf(value)
  const as = partyRoles.find((role) => role === by)
  if (typeof fact !== 'string' || told === null || as === undefined) return []
  return [{ kind: 'answered', item: typeof item === 'number' ? item : 1, fact, as, value: told }]
}

function receiptClaimed({ receipt, honoured, differs }: Raw): EventBody[] {
  const against = (textOf(differs) ?? '').split(' ').filter((one) => one !== '')
  return [{ kind: 'receipt-claimed', receipt: textOf(receipt) ?? '', honoured: honoured === true, differs: against }]
}

function paperEvents(
  { content, identifiers }: SaidMessage,
  parcel: Parcel,
  state: Case,
  { acting, places }: SaidKnowledge,
): EventBody[] {
  const { route, lines, documents } = parcel
  const posted = isRaw(content) ? textOf(content['postingDate']) : null
  const origins = lines.flatMap(({ origin }) => origin ?? [])
  const compared = { identifiers, dispatch: route.dispatch, destination: route.destination, origins, posted }
  const claims = claimsOf(documents).filter(({ paper, number }) => paper !== 'other' || number !== null)
  return certificateEvents(state, claims, { parcel: compared, policy: acting.certificates, places })
}

function codeRead({ system, code }: Raw, partner: string, { partnerCodes }: SaidKnowledge): EventBody[] {
  const raw = textOf(code)
  if (raw === null) return []
  return [{ kind: 'partner-code-read', partner, reading: readCode(partnerCodes, textOf(system) ?? '', raw) }]
}
