import type { ClaimedDocument } from '../../parcel/parcel.ts'
import type { Case } from './case.ts'
import { type Climbing, climbSteps, type StepTold } from './certificate.ts'
import { isSameCertificate } from './certificate-number.ts'
import { actorKind } from './event.ts'
import type { CertificateClaim, CertificateStepped } from './event-inspecting.ts'

/** The papers that a declaration claims, for the whole parcel; each once, however often it is written. */
export function claimsOf(documents: readonly ClaimedDocument[]): CertificateClaim[] {
  const claims: CertificateClaim[] = []
  for (const { kind, number, issuer, issuedOn } of documents) {
    const claim = { paper: kind, number, issuer: issuer ?? null, issued: issuedOn ?? null, item: null }
    if (!claims.some((one) => isSameCertificate(one, claim))) claims.push(claim)
  }
  return claims
}

/**
 * The events that tell what is new of claimed papers: that they are claimed, and each step that holds or fails and was not told so
 * before. What cannot be told is no event, unless something else was told; a person's word is never contradicted by the machine.
 */
export function certificateEvents(
  state: Case,
  claims: readonly CertificateClaim[],
  climbing: Climbing,
): CertificateStepped[] {
  return claims.flatMap((claim) => {
    const known = state.certificates.find((one) => isSameCertificate(one.claim, claim))
    const fresh = climbSteps(claim, climbing).filter((told) => {
      const before = known?.steps.find(({ step }) => step === told.step)
      if (before === undefined) return told.holds !== null
      return actorKind(before.actor) !== 'person' && !isSameWord(before, told)
    })
    return fresh.map((told): CertificateStepped => ({ kind: 'certificate-step', certificate: claim, ...told }))
  })
}

function isSameWord(one: Pick<StepTold, 'holds' | 'why'>, other: Pick<StepTold, 'holds' | 'why'>): boolean {
  return one.holds === other.holds && one.why === other.why
}
