import { findPlace, type Places } from '../../parcel/places.ts'
import type { CertificatePolicy } from './act-policy.ts'
import { isPlaceholder, normaliseNumber, numberFault } from './certificate-number.ts'
import type { CertificateClaim, CertificateStep } from './event-inspecting.ts'
import { daysBetween, isDay } from './instant.ts'

/** What a certificate is compared with: what is known of the parcel. Each may be null. */
export interface ParcelOfClaim {
  /** Identifiers of the parcel itself, which people copy where a number is asked. */
  readonly identifiers: readonly string[]
  readonly dispatch: string | null
  readonly destination: string | null
  /** Origins declared for the items that the certificate is for. */
  readonly origins: readonly string[]
  /** Day of posting, or null. */
  readonly posted: string | null
}

export interface Climbing {
  readonly parcel: ParcelOfClaim
  readonly policy: CertificatePolicy
  readonly places: Places
}

/** Whether one step holds; null when it cannot be told. `why` is a key of `certificate-why.*`. */
export interface StepTold {
  readonly step: CertificateStep
  readonly holds: boolean | null
  readonly why: string | null
  readonly facts: Readonly<Record<string, string>>
}

type Verdict = Omit<StepTold, 'step'>
const holds: Verdict = { holds: true, why: null, facts: {} }
const fails = (why: string, facts: StepTold['facts'] = {}): Verdict => ({ holds: false, why, facts })
const open = (why: string, facts: StepTold['facts'] = {}): Verdict => ({ holds: null, why, facts })

/**
 * The steps of a claimed certificate that can be told from the claim and the parcel alone. What is not told leaves a step open: it
 * neither holds nor fails. What a person or an exchange must see is not looked at here.
 */
export function climbSteps(claim: CertificateClaim, climbing: Climbing): readonly StepTold[] {
  return [
    { step: 'claimed', ...holds },
    { step: 'number-well-formed', ...wellFormed(claim, climbing) },
    { step: 'issuer-fits', ...issuerFits(claim, climbing) },
    { step: 'issued-in-time', ...issuedInTime(claim, climbing) },
  ]
}

function wellFormed(claim: CertificateClaim, { parcel, policy }: Climbing): Verdict {
  const { number } = claim
  if (number === null || number.trim() === '') return open('number-not-told')
  if (isPlaceholder(number, policy)) return open('number-placeholder', { number })
  const plain = normaliseNumber(number)
  if (parcel.identifiers.some((one) => normaliseNumber(one) === plain)) return fails('number-of-parcel', { number })
  const fault = numberFault(claim, policy)
  return fault === null ? holds : fails(fault, { number, issuer: claim.issuer ?? '' })
}

function issuerFits({ paper, issuer }: CertificateClaim, { parcel, places }: Climbing): Verdict {
  if (paper === 'plant-passport' || paper === 'other') return open('issuer-not-compared')
  if (issuer === null) return open('issuer-not-told')
  const own = countryOf(issuer, places)
  if (own === null) return open('issuer-unknown', { issuer })
  const isPermit = paper === 'import-permit' || paper === 'authorisation'
  const expected = isPermit ? parcel.destination : parcel.dispatch
  if (expected === null) return open(isPermit ? 'destination-not-told' : 'dispatch-not-told')
  if (own === countryOf(expected, places)) return holds
  const facts = { issuer, expected }
  if (isPermit) return fails('permit-elsewhere', facts)
  const grewThere = parcel.origins.some((origin) => countryOf(origin, places) === own)
  return grewThere && paper === 'phytosanitary-certificate'
    ? open('issuer-of-origin', facts)
    : fails('issuer-elsewhere', facts)
}

function issuedInTime({ paper, issued }: CertificateClaim, { parcel, policy, places }: Climbing): Verdict {
  if (issued === null) return open('issued-not-told')
  if (!isDay(issued)) return fails('issued-no-day', { issued })
  const { posted } = parcel
  if (posted === null || !isDay(posted)) return open('posted-not-told')
  const days = daysBetween(issued, posted) ?? 0
  if (days < 0) return fails('issued-after-posting', { issued, posted })
  const isCertificate = paper === 'phytosanitary-certificate' || paper === 're-export-certificate'
  const limit = isCertificate
    ? policy.validity.find((one) => liesIn(parcel.destination, one.destinations, places))
    : undefined
  if (limit === undefined || days <= limit.days) return holds
  return fails('issued-too-early', { days: `${days}`, limit: `${limit.days}`, requirement: limit.requirement })
}

function liesIn(place: string | null, destinations: readonly string[], places: Places): boolean {
  if (place === null) return false
  const number = findPlace(places, place)
  if (destinations.includes(places.codes[number] ?? place)) return true
  const country = countryOf(place, places)
  return country !== null && destinations.includes(country)
}

/** Code of the country that a place is, or lies in; null for a place that is not known. */
function countryOf(place: string, places: Places): string | null {
  const number = findPlace(places, place)
  if (number < 0) return null
  const whole = places.partOf[number] ?? -1
  return places.codes[whole < 0 ? number : whole] ?? null
}
