import type { CertificatePolicy, NumberForm, Validity } from '../core/act/case/act-policy.ts'
import type { Policy } from '../core/decide/policy.ts'
import type { Places } from '../core/parcel/places.ts'
import type { Pack } from '../core/require/pack.ts'
import { type Fault, suggestion, tell } from './fault.ts'
import type { Source } from './law-sources.ts'
import { findCode } from './places.ts'
import { paperKinds } from './situations.ts'
import { asList, asMap, asNumber, asText, asTexts, asWords, checkKeys, type Node, under } from './yaml.ts'

/** What the policy of acting is compared with. */
export interface ActContext {
  readonly policy: Pick<Policy, 'order' | 'askWhom'>
  readonly places: Places
  readonly packs: readonly Pack[]
  readonly sources: ReadonlyMap<string, Source>
  readonly faults: Fault[]
}

/** Stands in after a fault; what has faults is not compiled. */
export const noCertificates: CertificatePolicy = {
  placeholders: [],
  shortest: 0,
  longest: 0,
  forms: [],
  validity: [],
  tolerance: 0,
}

/** What `act.yaml` says of numbers of certificates, their forms and how long they count. */
export function asCertificates(node: Node, what: string, context: ActContext): CertificatePolicy {
  const { faults } = context
  const map = asMap(node, what, faults)
  if (map === null) return noCertificates
  checkKeys(map, ['placeholders', 'shortest', 'longest', 'forms', 'validity', 'tolerance'], [], faults)
  const [shortest, longest] = ['shortest', 'longest'].map((key) => under(map, key, asPositive, faults) ?? 0)
  if ((shortest ?? 0) > (longest ?? 0))
    tell(faults, map, `"shortest" (${shortest}) is more than "longest" (${longest}).`)
  const items = (key: string): readonly Node[] => under(map, key, asList, faults) ?? []
  return {
    placeholders: under(map, 'placeholders', asTexts, faults) ?? [],
    shortest: shortest ?? 0,
    longest: longest ?? 0,
    forms: items('forms').flatMap((one) => asForm(one, context) ?? []),
    validity: items('validity').flatMap((one) => asValidity(one, context) ?? []),
    tolerance: under(map, 'tolerance', asShare, faults) ?? 0,
  }
}

function asShare(node: Node, what: string, faults: Fault[]): number | null {
  const share = asNumber(node, what, faults)
  if (share === null || (share >= 0 && share <= 1)) return share
  tell(faults, node, `"${what}" is a share from 0 to 1, here is ${share}.`)
  return null
}

function asForm(node: Node, { places, sources, faults }: ActContext): NumberForm | null {
  const map = asMap(node, 'a form', faults)
  if (map === null) return null
  checkKeys(map, ['papers', 'issuers', 'form', 'source', 'point'], [], faults)
  const form = under(map, 'form', asText, faults) ?? ''
  // One run of any length: then no text takes long to compare.
  if (!/^([A-Z0-9#/ .-]|\{issuer\})+\*?$/.test(form))
    tell(
      faults,
      map,
      `"${form}" is no form. Write capitals, digits, # for a digit, {issuer}, and * at the end for the rest.`,
    )
  const issuers = under(map, 'issuers', asTexts, faults) ?? []
  for (const issuer of issuers) findCode(places, issuer, map, faults)
  const name = under(map, 'source', asText, faults) ?? ''
  const source = sources.get(name)
  if (source === undefined)
    tell(
      faults,
      map,
      `Unknown source "${name}".${suggestion(name, sources.keys())} Write a name of sources.yaml or add it there.`,
    )
  const title = `${source?.title ?? ''}, ${under(map, 'point', asText, faults) ?? ''}`
  const papers = under(map, 'papers', (one, key) => asWords(one, key, paperKinds, faults), faults) ?? []
  return { papers, issuers, form, source: { title, href: source?.href ?? '' } }
}

function asValidity(node: Node, { places, packs, faults }: ActContext): Validity | null {
  const map = asMap(node, 'a validity', faults)
  if (map === null) return null
  checkKeys(map, ['days', 'requirement'], [], faults)
  const days = under(map, 'days', asPositive, faults) ?? 0
  const requirement = under(map, 'requirement', asText, faults) ?? ''
  const pack = packs.find(({ requirements }) => requirements.some(({ id }) => id === requirement))
  if (pack === undefined) {
    const ids = packs.flatMap(({ requirements }) => requirements.map(({ id }) => id))
    tell(
      faults,
      map,
      `Unknown requirement "${requirement}".${suggestion(requirement, ids)} Write the id of one in requirements/.`,
    )
    return null
  }
  return { destinations: pack.destinations.map((place) => places.codes[place] ?? ''), days, requirement }
}

/** A number above 0, or null after a fault. */
export function asPositive(node: Node, what: string, faults: Fault[]): number | null {
  const number = asNumber(node, what, faults)
  if (number === null || number > 0) return number
  tell(faults, node, `"${what}" must be more than 0, here is ${number}.`)
  return null
}
