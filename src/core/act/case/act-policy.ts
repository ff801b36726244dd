import type { Proposal } from '../../decide/policy.ts'
import type { ClaimedDocument, Stage } from '../../parcel/parcel.ts'
import type { PartyRole } from './party-roles.ts'

/** One round of asking. */
export interface AskRound {
  /** Who can be reached in it; of them those are asked who can answer. */
  readonly whom: readonly PartyRole[]
  /** Time to answer, in hours. */
  readonly hours: number
  /** Hours after asking at which whoever was asked is reminded. */
  readonly remind: readonly number[]
}

/** Asking at one stage of a parcel. */
export interface StagePolicy {
  readonly rounds: readonly AskRound[]
  /** What follows when nobody answers, by what stood; never milder. */
  readonly unanswered: Readonly<Record<Proposal, Proposal>>
}

/** A form that numbers of an issuer have by a public source: `#` a digit, `*` one letter or digit or more, `{issuer}` its code. */
export interface NumberForm {
  readonly papers: readonly ClaimedDocument['kind'][]
  /** Codes of the countries whose authorities write so. */
  readonly issuers: readonly string[]
  readonly form: string
  readonly source: { readonly title: string; readonly href: string }
}

/** How old a certificate may be when the goods leave, by law of some destinations. */
export interface Validity {
  /** Codes of the destinations. */
  readonly destinations: readonly string[]
  readonly days: number
  /** Id of the requirement that says so. */
  readonly requirement: string
}

export interface CertificatePolicy {
  /** What people write where they have no number: n/a, pending. */
  readonly placeholders: readonly string[]
  /** Letters and digits that a number has at the least and at the most. */
  readonly shortest: number
  readonly longest: number
  readonly forms: readonly NumberForm[]
  readonly validity: readonly Validity[]
  /** Share by which the goods may weigh more than the certificate says. */
  readonly tolerance: number
}

/** What happens after a proposal, as the authority wants it: `knowledge/policy/act.yaml`. */
export interface ActPolicy {
  /** Proposals from mildest to strictest, as the policy of deciding orders them. */
  readonly order: readonly Proposal[]
  readonly stages: Readonly<Record<Stage, StagePolicy>>
  /** Kinds of reasons for which a declaration goes back to who lodged it. */
  readonly returned: readonly string[]
  readonly certificates: CertificatePolicy
}
