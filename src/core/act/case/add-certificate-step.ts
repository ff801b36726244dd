import type { Case, CaseCertificate, CertificateSeen, Mark } from './case.ts'
import { isSameCertificate } from './certificate-number.ts'
import { actorKind } from './event.ts'
import { type CertificateStepped, certificateSteps } from './event-inspecting.ts'

/** Puts the latest word on a step of a certificate in its place; the machine's never in that of a person's. */
export function addCertificateStep(state: Case, body: CertificateStepped, mark: Mark): Case {
  const { certificate, step, holds, why, facts } = body
  const known = state.certificates.find(({ claim }) => isSameCertificate(claim, certificate))
  const before = known?.steps.find((one) => one.step === step)
  if (mark.actor === 'system' && before !== undefined && actorKind(before.actor) === 'person') return state
  const climbed = climb(known, certificate, { ...mark, step, holds, why, facts })
  if (known === undefined) return { ...state, certificates: [...state.certificates, climbed] }
  return { ...state, certificates: state.certificates.map((one) => (one === known ? climbed : one)) }
}

function climb(
  known: CaseCertificate | undefined,
  claim: CaseCertificate['claim'],
  seen: CertificateSeen,
): CaseCertificate {
  const steps = [...(known?.steps ?? []).filter(({ step }) => step !== seen.step), seen].sort(
    (one, other) => certificateSteps.indexOf(one.step) - certificateSteps.indexOf(other.step),
  )
  // What is told later (a day of issue) is added to the claim, and nothing told is lost.
  const told = {
    ...claim,
    issuer: claim.issuer ?? known?.claim.issuer ?? null,
    issued: claim.issued ?? known?.claim.issued ?? null,
  }
  return { claim: told, steps, highest: steps.findLast(({ holds }) => holds === true) ?? null }
}
