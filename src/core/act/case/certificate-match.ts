import type { CertificatePolicy } from './act-policy.ts'
import type { ParcelOfClaim, StepTold } from './certificate.ts'
import { compareNumbers, isPlaceholder, type NumberAgreement } from './certificate-number.ts'
import type { CertificateClaim } from './event-inspecting.ts'

/** Goods as a certificate names them. */
export interface CertifiedGoods {
  readonly scientificNames: readonly string[]
  /** Digits only, or null. */
  readonly hs: string | null
  /** Net weight in grams, or null. */
  readonly grams: number | null
}

/** A certificate as an exchange between authorities (IPPC ePhyto hub, TRACES) gave it to the importing authority. */
export interface ExchangedCertificate {
  readonly number: string
  /** Country of the authority that issued it, and the country that it is made out to. */
  readonly issuer: string
  readonly importer: string
  readonly status: 'issued' | 'withdrawn' | 'replaced'
  readonly goods: readonly CertifiedGoods[]
}

/** What came of looking for a claimed certificate. `not-in-our-copy` is never evidence of fraud. */
export interface CertificateMatch {
  readonly kind: 'matched' | 'candidate' | 'no-number' | 'not-in-our-copy'
  readonly certificate: ExchangedCertificate | null
  readonly agreement: NumberAgreement | null
}

/**
 * Looks for a claimed certificate among those exchanged: first the number as it is, then with signs that look alike, then by its last
 * seven digits. Whatever is less than the same number is a candidate only, and only where issuer and importer agree too.
 */
export function matchCertificate(
  claim: CertificateClaim,
  exchanged: readonly ExchangedCertificate[],
  { parcel, policy }: { readonly parcel: ParcelOfClaim; readonly policy: CertificatePolicy },
): CertificateMatch {
  const { number } = claim
  if (number === null || isPlaceholder(number, policy)) return { kind: 'no-number', certificate: null, agreement: null }
  const fitting = exchanged.filter(
    ({ issuer, importer }) =>
      (claim.issuer === null
        ? parcel.dispatch === issuer || parcel.origins.includes(issuer)
        : claim.issuer === issuer) && parcel.destination === importer,
  )
  for (const wanted of ['same', 'looks-alike', 'same-ending'] as const) {
    const found = fitting.filter((one) => compareNumbers(number, one.number) === wanted)
    const [certificate] = found
    if (certificate === undefined) continue
    const sure = wanted === 'same' && found.length === 1
    return { kind: sure ? 'matched' : 'candidate', certificate, agreement: wanted }
  }
  return { kind: 'not-in-our-copy', certificate: null, agreement: null }
}

/** The step "found in the exchange" of a match. */
export function exchangeStep({ kind, certificate }: CertificateMatch): StepTold {
  const told = (holds: boolean | null, why: string | null): StepTold => ({
    step: 'found-in-exchange',
    holds,
    why,
    facts: { number: certificate?.number ?? '' },
  })
  if (certificate === null) return told(null, kind === 'no-number' ? 'number-not-told' : 'not-in-our-copy')
  if (kind === 'candidate') return told(null, 'candidate')
  return certificate.status === 'issued' ? told(true, null) : told(false, `certificate-${certificate.status}`)
}

/** Goods of a parcel, as recognised and declared. */
export interface GoodsOfParcel {
  readonly item: number
  /** Accepted scientific name and its genus, or null when no plant was recognised. */
  readonly taxon: { readonly name: string; readonly genus: string | null } | null
  readonly hs: string | null
  readonly grams: number | null
}

/** In what goods differ from their certificate: a key of `goods-differ.*` with its slots. */
export interface GoodsDifference {
  readonly item: number | null
  readonly why: string
  readonly facts: Readonly<Record<string, string>>
}

/**
 * In what the goods of a parcel differ from what a certificate names: species, heading (six digits), and more weight than certified.
 * It helps whoever has both in hand: that the goods agree is a person's word. What is not told on either side is no difference.
 */
export function compareGoods(
  goods: readonly GoodsOfParcel[],
  certified: readonly CertifiedGoods[],
  tolerance: number,
): GoodsDifference[] {
  const names = certified.flatMap(({ scientificNames }) => scientificNames)
  const headings = certified.flatMap(({ hs }) => (hs === null ? [] : [hs.slice(0, 6)]))
  const differences = goods.flatMap(({ item, taxon, hs }): GoodsDifference[] => [
    ...(taxon !== null && names.length > 0 && !names.some((name) => covers(name, taxon))
      ? [{ item, why: 'taxon', facts: { taxon: taxon.name, names: names.join(', ') } }]
      : []),
    ...(hs !== null && headings.length > 0 && !headings.includes(hs.slice(0, 6))
      ? [{ item, why: 'heading', facts: { hs, headings: headings.join(', ') } }]
      : []),
  ])
  const [sent, allowed] = [sumOf(goods), sumOf(certified)]
  if (sent !== null && allowed !== null && sent > allowed * (1 + tolerance))
    differences.push({ item: null, why: 'weight', facts: { sent: `${sent}`, allowed: `${allowed}` } })
  return differences
}

/** Whether a name on a certificate covers a taxon: the same name, its genus, or, of a genus, a species in it. */
function covers(name: string, taxon: { readonly name: string; readonly genus: string | null }): boolean {
  const written = name
    .trim()
    .toLowerCase()
    .replace(/\s+(sp|spp)\.?$/, '')
    .replaceAll(/\s+/g, ' ')
  const own = taxon.name.toLowerCase()
  if (written === own || written === taxon.genus?.toLowerCase()) return true
  return !own.includes(' ') && written.startsWith(`${own} `)
}

/** Sum of weights; null when one of them is not told. */
function sumOf(goods: readonly { readonly grams: number | null }[]): number | null {
  let sum = 0
  for (const { grams } of goods) {
    if (grams === null) return null
    sum += grams
  }
  return goods.length === 0 ? null : sum
}
