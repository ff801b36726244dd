import { articles, isRegulated } from '../parcel/articles.ts'
import { isComplete } from './completeness.ts'
import { type Demand, demandsOf, type Found, isBinding, isLaw, plainDemand } from './demands.ts'
import { evaluate, originForbids } from './evaluate.ts'
import { candidatesFor, type RequirementIndex } from './index-requirements.ts'
import { missingFacts } from './missing.ts'
import { type Candidates, narrowed } from './narrow.ts'
import type { Requirement } from './pack.ts'
import type { ReadyRequirement } from './ready.ts'
import type { Situation } from './situation.ts'
import { no, unknown, yes } from './value.ts'

/** What the law of one destination asks of one article. */
export interface LawAnswer {
  readonly demands: readonly Demand[]
  /** Whether a pack for the destination is loaded. */
  readonly loaded: boolean
  /** Whether the pack declares itself complete for this article and these origins. */
  readonly complete: boolean
  /** Exemptions that apply. */
  readonly exemptions: readonly Requirement[]
}

/** An answer where no pack for the destination is loaded. */
export const notLoaded: LawAnswer = { demands: [], loaded: false, complete: false, exemptions: [] }

/** Requirements of unnamed plants that are told one by one before the rest is summed up. */
const possibleShown = 8

/** `requirementsFor`, remembering: parcels of one kind ask the same again and again. */
export function rememberedRequirements(index: RequirementIndex, situation: Situation): LawAnswer {
  const { answers } = index
  const known = answers.find(situation)
  if (known !== undefined) return known
  const answer = requirementsFor(index, situation)
  answers.keep(situation, answer)
  return answer
}

/**
 * What the law asks of an article on its way. All requirements that apply are told, and those that could; exemptions waive
 * the measures they name, derogations are named beside the prohibition they lift.
 */
export function requirementsFor(index: RequirementIndex, situation: Situation): LawAnswer {
  const article = articles.indexOf(situation.article)
  const found: Found[] = []
  if (isRegulated(situation.article)) {
    if (situation.taxa.length === 0) findForUnnamed(index, situation, article, found)
    else if (situation.taxa.length === 1) {
      const candidates = candidatesFor(index, situation.taxa[0] as number, article)
      findAll(index, narrowed(candidates, situation, index), situation, found)
    } else {
      const numbers = new Set(situation.taxa.flatMap((taxon) => [...candidatesFor(index, taxon, article).numbers]))
      const sorted = [...numbers].sort((one, other) => one - other)
      findAll(index, { numbers: sorted, relations: [], between: none }, situation, found)
    }
  }
  return combine(index, situation, found)
}

/** No lists between places: of these candidates none are made. */
const none: Candidates['between'] = new Map()

function findAll(index: RequirementIndex, candidates: Candidates, situation: Situation, found: Found[]): void {
  const { numbers, relations } = candidates
  for (let position = 0; position < numbers.length; position += 1) {
    const at = numbers[position] as number
    const one = index.requirements[at] as ReadyRequirement
    if (originForbids(one, situation)) continue
    const value = evaluate(one, situation, index, relations[position] ?? -1)
    if (value !== no) found.push({ at, value, missing: missingFacts() })
  }
}

/** Of requirements that hang on the species of an unnamed plant, the first few are told: prohibitions before the rest. */
function findForUnnamed(index: RequirementIndex, situation: Situation, article: number, found: Found[]): void {
  findAll(index, { numbers: index.anyTaxon[article] ?? [], relations: [], between: none }, situation, found)
  let shown = 0
  for (const at of index.someTaxon[article] ?? []) {
    const one = index.requirements[at] as ReadyRequirement
    // Of a plant that nobody names, terms of carriers on single species would crowd out the law.
    if (one.requirement.kind !== 'requirement' || one.requirement.branch === 'carrier') continue
    if (evaluate(one, situation, index) === no) continue
    found.push({ at, value: unknown, missing: missingFacts() })
    shown += 1
    if (shown === possibleShown) return
  }
}

const noneExempt: readonly Requirement[] = []

function combine(index: RequirementIndex, situation: Situation, found: readonly Found[]): LawAnswer {
  const exemptions: Found[] = []
  const derogations: Found[] = []
  for (const one of found) {
    const { requirement } = index.requirements[one.at] as ReadyRequirement
    // What was not read can make an answer stricter, never milder.
    if (requirement.kind === 'exemption' && requirement.source.unverified === null) exemptions.push(one)
    if (requirement.kind === 'derogation' && requirement.source.unverified === null) derogations.push(one)
  }
  const lifting = exemptions.length + derogations.length > 0
  const demands: Demand[] = []
  for (const one of found) {
    const { requirement } = index.requirements[one.at] as ReadyRequirement
    if (requirement.kind !== 'requirement') continue
    // What law waives a carrier may still ask.
    const waivable = lifting && requirement.branch !== 'carrier'
    if (waivable) demands.push(...demandsOf(index, one, { exemptions, derogations }))
    else demands.push(plainDemand(index, one))
  }
  const complete = isComplete(index.pack, situation)
  const spoken = index.expects && (complete || demands.some(isLaw))
  return {
    demands: lawFirst(spoken ? demands.filter(isBinding) : demands),
    loaded: index.pack.layer === 'law',
    complete,
    exemptions:
      exemptions.length === 0
        ? noneExempt
        : exemptions
            .filter(({ value }) => value === yes)
            .map(({ at }) => (index.requirements[at] as ReadyRequirement).requirement),
  }
}

/** The demands of law before all others, in their order. */
function lawFirst(demands: readonly Demand[]): readonly Demand[] {
  if (demands.every(isLaw)) return demands
  return [...demands.filter(isLaw), ...demands.filter((demand) => !isLaw(demand))]
}
