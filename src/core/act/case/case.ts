import { type Proposal, proposals } from '../../decide/policy.ts'
import type { Stage } from '../../parcel/parcel.ts'
import { addEvent } from './add-event.ts'
import type { CaseStatus } from './case-status.ts'
import type { CodeReading } from './codes.ts'
import type { CaseEvent, Located, OpenedWithoutData, ReceiptClaimed, Received, Selected } from './event.ts'
import type { AskedQuestion, Proposed } from './event-asking.ts'
import type { Decided } from './event-deciding.ts'
import type { CertificateClaim, CertificateStep, Inspected } from './event-inspecting.ts'
import type { HistoryLine } from './history-line.ts'
import type { Instant } from './instant.ts'
import type { PartyRole } from './party-roles.ts'

/** Number, time and actor of the event that something is known from. */
export interface Mark {
  readonly seq: number
  readonly at: Instant
  readonly actor: string
}

/** What an event told, with its mark. */
export interface Told<Body> extends Mark {
  readonly told: Body
}

export interface CaseQuestion extends AskedQuestion {
  readonly state: 'open' | 'answered' | 'ended' | 'closed'
  /** Whether the declaration went back to the declarant for it. */
  readonly returned: boolean
  readonly stage: Stage
  readonly round: number
  readonly askedAt: Instant
  readonly deadline: Instant
  /** Reminders sent in this round. */
  readonly reminders: number
  /** Proposal that followed from its end without an answer, or null. */
  readonly follows: Proposal | null
}

export interface CaseAnswer extends Mark {
  readonly item: number
  readonly fact: string
  readonly as: PartyRole
  readonly value: string
  /** Whether it came when no such question was open: after the deadline, or never asked. */
  readonly unasked: boolean
}

export interface CertificateSeen extends Mark {
  readonly step: CertificateStep
  readonly holds: boolean | null
  readonly why: string | null
  readonly facts: Readonly<Record<string, string>>
}

export interface CaseCertificate {
  readonly claim: CertificateClaim
  /** The highest step that holds, or null. */
  readonly highest: CertificateSeen | null
  /** The latest word on each step, in the order of steps. */
  readonly steps: readonly CertificateSeen[]
}

export interface CaseDecision extends Told<Decided> {
  readonly state: 'taken' | 'undone' | 'carried-out'
  readonly undone: Mark | null
  readonly carriedOut: (Mark & { readonly how: string }) | null
  /** What the machine proposed when it was taken, or null. */
  readonly proposalThen: Proposal | null
}

/** What was found inside, by the latest word on it. */
export interface CaseFinding extends Mark {
  readonly by: 'inspection' | 'laboratory'
  readonly inspection: string
  readonly found: boolean
  readonly taxon: string | null
  readonly pest: string | null
  readonly alive: boolean | null
  /** What was taken for found before a laboratory told otherwise. */
  readonly before: Pick<CaseFinding, 'found' | 'taxon' | 'pest' | 'alive'> | null
}

export interface CasePartnerCode extends Mark {
  readonly partner: string
  readonly reading: CodeReading
}

/** State of a parcel's case: a fold over its events. Plain data. */
export interface Case {
  /** Proposals from mildest to strictest. */
  readonly order: readonly Proposal[]
  /** Number of the last event, 0 before the first. */
  readonly lastSeq: number
  readonly openedAt: Instant | null
  readonly status: CaseStatus
  readonly stage: Stage
  readonly identifiers: readonly string[]
  readonly messages: readonly Told<Received>[]
  readonly openedWithoutData: Told<OpenedWithoutData> | null
  /** What the machine proposes, latest. */
  readonly proposal: Told<Proposed> | null
  /** The proposal, made stricter by questions that ended without an answer. */
  readonly standing: Proposal | null
  /** What a person decided, beside it: the latest that is not undone. */
  readonly decision: CaseDecision | null
  /** Whether the machine has proposed something else since a person decided: a person looks again. */
  readonly proposalChangedSince: boolean
  readonly decisions: readonly CaseDecision[]
  readonly questions: readonly CaseQuestion[]
  readonly answers: readonly CaseAnswer[]
  readonly certificates: readonly CaseCertificate[]
  readonly inspections: readonly Told<Inspected>[]
  /** Ids of inspections whose sample is with a laboratory. */
  readonly samples: readonly string[]
  readonly findings: readonly CaseFinding[]
  readonly receipts: readonly Told<ReceiptClaimed>[]
  /** The latest code of each partner and system. */
  readonly partnerCodes: readonly CasePartnerCode[]
  readonly selected: Told<Selected> | null
  readonly located: Told<Located> | null
  readonly assigned: string | null
  readonly personalData: 'kept' | 'deleted'
  /** Everything that happened, oldest first, as keys of sentences. */
  readonly history: readonly HistoryLine[]
}

/** A case before its first event. `order` is that of the policy. */
export function newCase(order: readonly Proposal[] = proposals): Case {
  return {
    order,
    lastSeq: 0,
    openedAt: null,
    status: 'new',
    stage: 'unknown',
    identifiers: [],
    messages: [],
    openedWithoutData: null,
    proposal: null,
    standing: null,
    decision: null,
    proposalChangedSince: false,
    decisions: [],
    questions: [],
    answers: [],
    certificates: [],
    inspections: [],
    samples: [],
    findings: [],
    receipts: [],
    partnerCodes: [],
    selected: null,
    located: null,
    assigned: null,
    personalData: 'kept',
    history: [],
  }
}

/** The case after these events, in the order of their numbers, from a case that was folded before. Throws for no event. */
export function foldCase(events: readonly CaseEvent[], from: Case = newCase()): Case {
  return events.reduce(addEvent, from)
}
