import type { Article } from '../parcel/articles.ts'
import type { Mode, Recipient } from '../parcel/parcel.ts'
import type { NumberFact, Part, StateFact, Use } from '../parcel/state.ts'
import type { Trait } from '../parcel/taxa.ts'

export const measures = [
  'prohibited',
  'phytosanitary-certificate',
  're-export-certificate',
  'import-permit',
  'additional-declaration',
  'treatment',
  'post-entry-quarantine',
  'plant-passport',
  'prior-notification',
  'official-mark',
  'entry-point',
  'label',
  'registration',
  'inspection',
  'not-by-post',
  'quantity-limit',
] as const
export type Measure = (typeof measures)[number]

/**
 * The branch of law a requirement belongs to. Plant health law decides first; other binding law decides too, under its own
 * name and authority; terms of carriers bind who carries; an expectation (ISPM 20, 32) is no law and never decides alone.
 */
export const branches = [
  'plant-health',
  'invasive-species',
  'noxious-weeds',
  'endangered-species',
  'varieties',
  'biosecurity',
  'drugs',
  'carrier',
  'expectation',
] as const
export type Branch = (typeof branches)[number]

/** What a pack is: the law of its destinations, the terms of carriers, or what may be expected where no law is loaded. */
export const layers = ['law', 'carrier', 'world'] as const
export type Layer = (typeof layers)[number]

/** A measure as a requirement states it. */
export interface MeasureDemanded {
  readonly measure: Measure
  /** Who owes it: exporting-nppo, importing-nppo, sender, importer, operator, carrier. */
  readonly by: string | null
  readonly paper: string | null
  readonly detail: string | null
}

/** A test of a place: places inside give yes, places outside no, places that lie on both sides unknown. */
export interface PlaceTest {
  /** By number of the place: 0 no, 1 unknown, 2 yes. */
  readonly table: readonly number[]
  /** Whether the test can only hold for goods that come from outside the pack's union. */
  readonly thirdCountry: boolean
  /** Whether it asks if goods move inside the union: the place of dispatch tells, and the origin where that is not told. */
  readonly inside?: boolean
}

export interface NumberTest {
  readonly fact: NumberFact
  readonly atLeast: number | null
  readonly atMost: number | null
  readonly over: number | null
  readonly under: number | null
}

/** Tests that must all hold. A key that is absent is not tested. Taxa and places are numbers. */
export interface Block {
  readonly taxa?: readonly number[]
  readonly notTaxa?: readonly number[]
  /** Whether it speaks only of goods whose plant is named: of the rest, nearly all would be asked about for a few. */
  readonly named?: boolean
  readonly traits?: readonly Trait[]
  readonly articles?: readonly Article[]
  readonly notArticles?: readonly Article[]
  readonly parts?: readonly Part[]
  readonly notParts?: readonly Part[]
  readonly state?: readonly { readonly fact: StateFact; readonly value: boolean }[]
  readonly numbers?: readonly NumberTest[]
  readonly uses?: readonly Use[]
  readonly origin?: PlaceTest
  readonly dispatch?: PlaceTest
  readonly originOrDispatch?: PlaceTest
  /** Whether it is sent from another country than it grew in, through a hub: re-export (ISPM 12). */
  readonly reExported?: boolean
  /** Where it grew, was sent from, or passed through. */
  readonly route?: PlaceTest
  readonly destination?: PlaceTest
  readonly by?: readonly Mode[]
  readonly recipient?: readonly Recipient[]
  readonly months?: readonly number[]
  /** Kinds of paper that the sender must claim: yes when claimed, else no. */
  readonly claimed?: readonly string[]
  /** A fact that no parcel record shows: always unknown. */
  readonly unknown?: string
  /** In `doubt`: why the text can be read both ways. */
  readonly why?: string
}

/** Where a requirement is written and whether the text was read. */
export interface LegalSource {
  readonly title: string
  readonly point: string
  readonly href: string
  /** The point restated. */
  readonly text: string
  /** Day and text that was read, or null. */
  readonly read: { readonly on: string; readonly text: string } | null
  /** Day of an old edition that was read whole, where whether it still applies was not; else null. */
  readonly dated: string | null
  readonly unverified: string | null
}

export interface Requirement {
  readonly id: string
  readonly title: string
  readonly kind: 'requirement' | 'exemption' | 'derogation'
  readonly branch: Branch
  /**
   * Whether it speaks of what clings to goods (ISPM 5, contamination) and not of the goods: soil on roots. While that is not told it is a
   * condition that the sender can meet, and no prohibition of the goods.
   */
  readonly contamination: boolean
  /** Regulated pests it is there for, by accepted name. */
  readonly pests: readonly string[]
  readonly measures: readonly MeasureDemanded[]
  readonly when: Block
  readonly unless: readonly Block[]
  readonly doubt: readonly Block[]
  readonly lifts: { readonly measures: readonly Measure[]; readonly requirements: readonly string[] } | null
  readonly paper: string | null
  readonly conditions: string | null
  readonly from: string | null
  readonly to: string | null
  readonly attainable: { readonly no: readonly number[]; readonly why: string } | null
  readonly source: LegalSource
}

/** What a pack declares itself complete for. */
export interface Coverage {
  readonly articles: readonly Article[]
  readonly origins: 'third-country' | 'union' | 'any'
  readonly by: string
  readonly on: string
  /** First day whose law was read whole: of earlier days nothing is declared. */
  readonly from: string
  readonly what: string
  /** Articles of it that the law asks nothing of, so that no requirement speaks of them. */
  readonly asksNothing: readonly Article[]
}

export interface Pack {
  readonly place: string
  readonly title: string
  readonly layer: Layer
  /** Numbers of the places it serves. */
  readonly destinations: readonly number[]
  /** By number of a place: 2 inside the pack's union, 0 outside, 1 partly. */
  readonly union: readonly number[]
  readonly coverage: readonly Coverage[]
  readonly requirements: readonly Requirement[]
}
