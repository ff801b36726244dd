import type { Case } from '../core/act/case/case.ts'
import { climbSteps, stepEvents } from '../core/act/case/certificate.ts'
import { isSameCertificate } from '../core/act/case/certificate-number.ts'
import { type CodeSystem, codeSystems, readCode } from '../core/act/case/codes.ts'
import type { EventBody } from '../core/act/case/event.ts'
import type { CertificateClaim } from '../core/act/case/event-inspecting.ts'
import { type Party, parties } from '../core/act/case/parties.ts'
import type { Knowledge } from '../core/knowledge.ts'
import type { ClaimedDocument, Parcel } from '../core/parcel/parcel.ts'

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
    ...certificateEvents(said, parcel, state, knowledge),
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
  const as = parties.find((party) => party === by)
  if (typeof fact !== 'string' || told === null || as === undefined) return []
  return [{ kind: 'answered', item: typeof item === 'number' ? item : 1, fact, as: as satisfies Party, value: told }]
}

function certificateEvents(
  { content, identifiers }: SaidMessage,
  parcel: Parcel,
  state: Case,
  { acting, places }: SaidKnowledge,
): EventBody[] {
  const { route, lines } = parcel
  const posted = isRaw(content) ? textOf(content['postingDate']) : null
  const origins = lines.flatMap(({ origin }) => origin ?? [])
  const compared = { identifiers, dispatch: route.dispatch, destination: route.destination, origins, posted }
  return listOf(isRaw(content) ? content['documents'] : [])
    .map(claimOf)
    .filter((claim) => claim.paper !== 'other' || claim.number !== null)
    .filter((claim) => !state.certificates.some((known) => isSameClaim(known.claim, claim)))
    .flatMap((claim) => stepEvents(claim, climbSteps(claim, { parcel: compared, policy: acting.certificates, places })))
}

/** The same paper with the same number, issuer and day: nothing new is told of it. */
function isSameClaim(one: CertificateClaim, other: CertificateClaim): boolean {
  return isSameCertificate(one, other) && one.issuer === other.issuer && one.issued === other.issued
}

function claimOf({ kind, number, issuer, issuedOn }: Raw): CertificateClaim {
  return {
    paper: (textOf(kind) ?? 'other') as ClaimedDocument['kind'],
    number: textOf(number),
    issuer: textOf(issuer),
    issued: textOf(issuedOn),
    item: null,
  }
}

function codeRead({ system, code }: Raw, partner: string, { partnerCodes }: SaidKnowledge): EventBody[] {
  const raw = textOf(code)
  const known = codeSystems.find((one) => one === textOf(system)?.toLowerCase())
  if (raw === null) return []
  const reading = known === undefined ? unknownSystem(raw) : readCode(partnerCodes, known, raw)
  return [{ kind: 'partner-code-read', partner, reading }]
}

/** A code of a system that nobody told, or that is not read: it is kept, and means nothing. */
function unknownSystem(raw: string): ReturnType<typeof readCode> {
  return { system: 'other' as CodeSystem, raw, state: null, phase: null }
}
