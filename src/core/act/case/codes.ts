/** Systems whose codes are read. */
export const codeSystems = ['ics2', 'cargo-xml', 'camir', 'wco-res', 'btms', 'emsevt'] as const
export type CodeSystem = (typeof codeSystems)[number]

/**
 * What a partner's code means to Greenlane. These are readings of what others did: none of them is a proposal or a decision of
 * Greenlane, and nothing here turns one back into a code. `screening-asked` and `do-not-load` are orders of aviation security.
 */
export const partnerStates = [
  'received',
  'presented',
  'released',
  'information-asked',
  'screening-asked',
  'do-not-load',
  'to-be-inspected',
  'held',
  'held-outward',
  'not-compliant',
  'import-terminated',
  'message-rejected',
  'invalidated',
  'no-certificate-matched',
  'certificate-not-valid',
  'goods-differ',
] as const
export type PartnerState = (typeof partnerStates)[number]

/** Where an order stands: just given, in place, lifted, or replied to. */
export const codePhases = ['open', 'in-place', 'removed', 'replied'] as const
export type CodePhase = (typeof codePhases)[number]

/** One row of `knowledge/policy/partner-codes.csv`. */
export interface PartnerCode {
  readonly system: CodeSystem
  readonly code: string
  readonly state: PartnerState
  readonly phase: CodePhase | null
}

/** A code as it came, with what it means; `state` is null for a code that is not in the table. */
export interface CodeReading {
  /** `other` where nobody told which, or one whose codes are not read. */
  readonly system: CodeSystem | 'other'
  /** As it was written. */
  readonly raw: string
  readonly state: PartnerState | null
  readonly phase: CodePhase | null
}

/** Reads a partner's code. Letters may be small, and blanks may stand around it; the raw code is kept as it came. */
export function readCode(codes: readonly PartnerCode[], systemName: string, raw: string): CodeReading {
  const wanted = raw.trim().toUpperCase()
  const system = codeSystems.find((one) => one === systemName.trim().toLowerCase()) ?? 'other'
  const found = codes.find((one) => one.system === system && one.code.toUpperCase() === wanted)
  return { system, raw, state: found?.state ?? null, phase: found?.phase ?? null }
}
