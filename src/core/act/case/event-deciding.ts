import type { Instant } from './instant.ts'

/** What a person with the authority decides (ISPM 20 and 23), in an officer's words. */
export const acts = [
  'release',
  'stop-before-dispatch',
  'detain',
  'inspect',
  'treat',
  'quarantine',
  'return',
  're-export',
  'destroy',
  'hand-over',
  'notify',
] as const
export type Act = (typeof acts)[number]

/** Acts that refuse entry: they need the requirement, the authority and the disposal offered. */
export const refusals: readonly Act[] = ['return', 're-export', 'destroy']
/** Acts after whose carrying out the parcel is no longer in the officer's hands. */
export const finalActs: readonly Act[] = ['release', 'return', 're-export', 'destroy', 'hand-over']

export const handOverTo = ['customs', 'cites', 'invasive-species'] as const

/** What is offered to the addressee where entry is refused. */
export interface Disposal {
  readonly offered: readonly ('return' | 're-export' | 'destroy' | 'treat')[]
  /** What it costs, in words of the authority (amount, currency, who pays); null when it costs nothing. */
  readonly cost: string | null
  /** Last day to choose. */
  readonly until: string
}

/** A person with the authority decided. */
export interface Decided {
  readonly kind: 'decided'
  readonly act: Act
  /** Item lines that it is about; null for the whole parcel. */
  readonly items: readonly number[] | null
  /** Id of the requirement that is not met, or null. */
  readonly requirement: string | null
  /** Authority in whose name it is decided, or null. */
  readonly authority: string | null
  /** Reasons in the person's own words. They name no people. */
  readonly reasons: string
  readonly disposal: Disposal | null
  /** Where it is handed over to. */
  readonly to: (typeof handOverTo)[number] | null
  /** Instant until which a parcel is detained or kept in quarantine, or null. */
  readonly until: Instant | null
}

/** A decision is known by the number of its event. */
export interface DecisionUndone {
  readonly kind: 'decision-undone'
  readonly decision: number
  readonly reasons: string
}

export interface CarriedOut {
  readonly kind: 'carried-out'
  readonly decision: number
  /** What was done, where it needs words: the treatment, the way of destruction. */
  readonly how: string
}
