import type { ClaimedDocument } from '../../parcel/parcel.ts'
import type { Instant } from './instant.ts'

/** Steps that a certificate climbs, the lowest first. */
export const certificateSteps = [
  'claimed',
  'number-well-formed',
  'issuer-fits',
  'issued-in-time',
  'found-in-exchange',
  'original-seen',
  'goods-agree',
] as const
export type CertificateStep = (typeof certificateSteps)[number]

/** A paper as it was claimed. A number is a claim, not a document seen. */
export interface CertificateClaim {
  readonly paper: ClaimedDocument['kind']
  /** The number as it was written, or null. No number is not no certificate. */
  readonly number: string | null
  /** Country whose authority issued it, or null when not told. */
  readonly issuer: string | null
  /** Day of issue, or null when not told. */
  readonly issued: string | null
  /** Item line that it is for, from 1; null for the whole parcel. */
  readonly item: number | null
}

/** A step of a certificate was looked at. */
export interface CertificateStepped {
  readonly kind: 'certificate-step'
  readonly certificate: CertificateClaim
  readonly step: CertificateStep
  /** Whether it holds; null when it cannot be told. */
  readonly holds: boolean | null
  /** Key of the sentence `certificate-why.<why>`, or null; with its slots. */
  readonly why: string | null
  readonly facts: Readonly<Record<string, string>>
}

/** A person looked inside (ISPM 23). */
export interface Inspected {
  readonly kind: 'inspected'
  /** Id that the form gave it: sent again from a phone, it counts once. */
  readonly id: string
  /** When it was done; the event's own time is when it arrived. */
  readonly done: Instant
  /** Item line, or null for the whole parcel. */
  readonly item: number | null
  /** Whether something was found that law asks something of. */
  readonly found: boolean
  readonly taxon: string | null
  readonly part: string | null
  readonly pest: string | null
  readonly alive: boolean | null
  readonly soil: boolean | null
  /** Measure taken on the spot, in words. */
  readonly measure: string | null
  readonly minutes: number
  readonly certificateSeen: boolean | null
  /** Whether a sample went to a laboratory. */
  readonly sampled: boolean
  /** Digests of photographs. */
  readonly photographs: readonly string[]
}

/** A laboratory told what a sample is. It changes the finding of the inspection, and the case says so. */
export interface LaboratoryResult {
  readonly kind: 'laboratory-result'
  /** Id of the inspection whose sample it is. */
  readonly inspection: string
  readonly laboratory: string
  readonly found: boolean
  readonly taxon: string | null
  readonly pest: string | null
  readonly alive: boolean | null
}
