import type { Measure, Requirement } from './pack.ts'
import type { ReadyRequirement } from './ready.ts'
import { union } from './situation.ts'
import { type Value, yes } from './value.ts'

/** A requirement that applies or could apply. */
export interface Demand {
  readonly requirement: Requirement
  /** `required`: applies; `possible`: would apply if facts not told were so. */
  readonly certainty: 'required' | 'possible'
  /** Bits of the facts that would settle it. */
  readonly missing: number
  /** A derogation whose stated conditions could hold, for a prohibition that otherwise stands. */
  readonly derogation: Requirement | null
  /** Measures of it that this demand does not ask: an exemption waives them, or they are told in a demand of their own. */
  readonly waived: readonly Measure[]
}

/** A requirement, by its number, that applies or could, and the facts that are unknown. */
export interface Found {
  readonly at: number
  readonly value: Value
  readonly missing: number
}

/** What of an index demands are made of. */
interface Requirements {
  readonly requirements: readonly ReadyRequirement[]
}

/** Whether a demand is a prohibition. */
export function isBan({ requirement: { measures } }: Demand): boolean {
  for (let at = 0; at < measures.length; at += 1) if (measures[at]?.measure === 'prohibited') return true
  return false
}

/** Whether a demand binds somebody: an expectation does not, and is told only where no law speaks. */
export function isBinding({ requirement }: Pick<Demand, 'requirement'>): boolean {
  return requirement.branch !== 'expectation'
}

/** Whether a demand is made by law, not by the terms of a carrier and not by what may be expected. */
export function isLaw({ requirement }: Demand): boolean {
  return requirement.branch !== 'expectation' && requirement.branch !== 'carrier'
}

/** Whether a requirement that applies is sure: what nobody has read, and what is only expected, is not. */
function isSure({ source, branch }: Requirement): boolean {
  return source.unverified === null && branch !== 'expectation'
}

const nothingWaived: readonly Measure[] = []

/** Exceptions that apply or could: what was not read can make an answer stricter, never milder. */
export interface Exceptions {
  readonly exemptions: readonly Found[]
  readonly derogations: readonly Found[]
}

/** A demand that nothing lifts: the same one for the same unknown facts, so that what is written of it is written once. */
export function plainDemand(index: Requirements, { at, value, missing }: Found): Demand {
  const { requirement, demands } = index.requirements[at] as ReadyRequirement
  const certain = value === yes && isSure(requirement)
  const key = certain ? -1 - missing : missing
  const known = demands.get(key) as Demand | undefined
  if (known !== undefined) return known
  const certainty = certain ? 'required' : 'possible'
  const demand: Demand = { requirement, certainty, missing, derogation: null, waived: nothingWaived }
  demands.set(key, demand)
  return demand
}

/** One demand, or two where an exemption that only could hold names some of its measures: the others stay as sure as they were. */
export function demandsOf(index: Requirements, one: Found, { exemptions, derogations }: Exceptions): readonly Demand[] {
  const { requirement, prohibits } = index.requirements[one.at] as ReadyRequirement
  const { waived, open, missing } = lifted(index, requirement, exemptions)
  const left = requirement.measures.map(({ measure }) => measure).filter((measure) => !waived.includes(measure))
  if (left.length === 0) return []
  const sure = one.value === yes && isSure(requirement)
  const lifting = derogations.find(({ at }) => {
    const { lifts } = (index.requirements[at] as ReadyRequirement).requirement
    return lifts?.requirements.includes(requirement.id) === true
  })
  const derogation = lifting === undefined ? null : (index.requirements[lifting.at] as ReadyRequirement).requirement
  const inDoubt = left.filter((measure) => open.includes(measure))
  const possible: Demand = {
    requirement,
    certainty: sure && inDoubt.length === 0 ? 'required' : 'possible',
    missing: inDoubt.length === 0 ? one.missing : union(one.missing, missing),
    derogation,
    waived,
  }
  if (!sure || prohibits || inDoubt.length === 0 || inDoubt.length === left.length) return [possible]
  const standing = left.filter((measure) => !open.includes(measure))
  return [
    { ...possible, certainty: 'required', missing: one.missing, waived: [...waived, ...inDoubt] },
    { ...possible, waived: [...waived, ...standing] },
  ]
}

/** Measures of a requirement that exemptions waive, those they might waive, and the facts that would settle it. */
function lifted(
  index: Requirements,
  { id, measures }: Requirement,
  exemptions: readonly Found[],
): { readonly waived: readonly Measure[]; readonly open: readonly Measure[]; readonly missing: number } {
  const waived: Measure[] = []
  const open: Measure[] = []
  let missing = 0
  for (const exemption of exemptions) {
    const { lifts } = (index.requirements[exemption.at] as ReadyRequirement).requirement
    if (lifts === null || (lifts.requirements.length > 0 && !lifts.requirements.includes(id))) continue
    const named = measures.map(({ measure }) => measure).filter((measure) => lifts.measures.includes(measure))
    if (named.length === 0) continue
    if (exemption.value === yes) waived.push(...named)
    else {
      open.push(...named)
      missing = union(missing, exemption.missing)
    }
  }
  return { waived, open, missing }
}
