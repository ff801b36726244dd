import type { Parcel } from '../parcel/parcel.ts'
import type { Letters } from '../recognise/finding.ts'
import { type Demand, isBan, isLaw } from '../require/demands.ts'
import type { Requirement } from '../require/pack.ts'
import type { Court } from './court.ts'
import type { Candidate } from './item.ts'
import { isMet } from './leads-to.ts'
import { type ItemDecision, lettersFor, type Reason, reason, short } from './reason.ts'

/** Papers come before what is written on them. */
function paperRank({ requirement }: Demand): number {
  const first = requirement.measures[0]?.measure
  return first === 'additional-declaration'
    ? 2
    : first === 'phytosanitary-certificate' || first === 'import-permit'
      ? 0
      : 1
}

/** What only could apply: plant health law first, then other law, then what carriers take; what nobody has read after what was read. */
function byNearness({ requirement: one }: Demand, { requirement: other }: Demand): number {
  return farness(one) - farness(other)
}

function farness({ branch, source }: Requirement): number {
  const far = branch === 'plant-health' ? 0 : branch === 'carrier' || branch === 'expectation' ? 4 : 2
  return far + (source.unverified === null ? 0 : 1)
}

/** Requirements that only could apply and are told one by one; the rest is counted, and stands among the measures. */
const possibleTold = 4

/** Terms of carriers and expectations that are told beside law; the rest stands among the measures. */
const besideTold = 3

const isSure = ({ certainty }: Demand): boolean => certainty === 'required'
const sureFirst = (demand: Demand): number => (isSure(demand) ? 0 : 1)

/** What is certain: prohibitions, then papers, then what is written on them. */
function inOrder(demands: readonly Demand[]): Demand[] {
  const sure = demands.filter(isSure)
  const papers = sure.filter((demand) => !isBan(demand)).sort((one, other) => paperRank(one) - paperRank(other))
  return [...sure.filter(isBan), ...papers]
}

/** What law asks of an item, or that it is silent; then what is told beside law. */
export function lawReasons(chosen: Candidate, item: ItemDecision, parcel: Parcel, court: Court): Reason[] {
  const { finding, line } = item
  const at = finding.index
  const letters = lettersFor(finding, (one) => one.article === chosen.article || one.kind === 'name')
  const seen = {
    article: `@article.${chosen.article}`,
    text: letters.map(({ text }) => text).join(' ') || short(line.description),
  }
  const list: Reason[] = []
  const [situation] = chosen.situations
  const claimed = situation?.claimed ?? []
  const tell = (demand: Demand): void => {
    if (isBan(demand)) list.push(...banReasons(demand, at, letters, claimed))
    else list.push(demandReason(demand, at, letters, { claimed, court }))
  }
  const law = chosen.demands.filter(isLaw)
  for (const demand of inOrder(law)) tell(demand)
  const possible = law.filter((demand) => !isSure(demand)).sort(byNearness)
  for (const demand of possible.slice(0, possibleTold)) tell(demand)
  if (possible.length > possibleTold) {
    list.push(reason('more-possible', at, { count: String(possible.length - possibleTold) }, { evidence: letters }))
  }
  for (const exemption of chosen.exemptions)
    list.push(reason('exempt', at, { title: exemption.title }, { evidence: letters, requirement: exemption }))
  const banned = law.some((demand) => isBan(demand) && isSure(demand))
  if (list.length === 0 || (!chosen.complete && !banned))
    list.push(
      silentLaw(chosen, at, {
        slots: seen,
        letters,
        told: parcel.route.destination !== null || (situation?.destination ?? -1) >= 0,
      }),
    )
  const beside = chosen.demands
    .filter((demand) => !isLaw(demand))
    .sort((one, other) => sureFirst(one) - sureFirst(other))
  for (const demand of beside.slice(0, besideTold)) tell(demand)
  const contrary = finding.evidence.find(({ kind, article }) => kind === 'hs' && article === 'none')
  if (contrary !== undefined && !finding.contradiction)
    list.push(reason('hs-contradicts', at, { hs: line.hs ?? '', article: seen.article }, { evidence: letters }))
  return list
}

function banReasons(demand: Demand, at: number, letters: Letters[], claimed: readonly string[]): Reason[] {
  const { requirement, certainty, derogation } = demand
  const slots = { title: requirement.title, point: requirement.source.point }
  if (requirement.branch === 'expectation') return [reason('expected', at, slots, { evidence: letters, requirement })]
  if (requirement.branch === 'carrier')
    return [
      reason(certainty === 'possible' ? 'carrier-may-refuse' : 'carrier-refuses', at, slots, {
        evidence: letters,
        requirement,
      }),
    ]
  if (certainty === 'possible') return [reason('possibly-prohibited', at, slots, { evidence: letters, requirement })]
  const list = [reason('prohibited', at, slots, { evidence: letters, requirement })]
  if (derogation !== null) {
    list.push(
      reason(
        'derogation',
        at,
        { title: derogation.title, paper: derogation.paper ?? '', conditions: derogation.conditions ?? '' },
        { requirement: derogation },
      ),
    )
  } else if (claimed.includes('authorisation')) list.push(reason('authorisation-claimed', at, {}, { requirement }))
  return list
}

function demandReason(
  demand: Demand,
  at: number,
  letters: Letters[],
  context: { claimed: readonly string[]; court: Court },
): Reason {
  const { requirement, certainty } = demand
  const measure = requirement.measures.find((one) => !demand.waived.includes(one.measure)) ?? requirement.measures[0]
  const name = measure?.measure ?? 'inspection'
  const slots = {
    title: requirement.title,
    point: requirement.source.point,
    measure: `@measure.${name}`,
    detail: measure?.detail ?? '',
  }
  if (requirement.branch === 'expectation') return reason('expected', at, slots, { evidence: letters, requirement })
  if (requirement.branch === 'carrier') return reason('carrier-asks', at, slots, { evidence: letters, requirement })
  if (certainty === 'possible') return reason('possibly-required', at, slots, { evidence: letters, requirement })
  const met = isMet(name, context.claimed, context.court.policy)
  return reason(met ? 'required-claimed' : 'required', at, slots, { evidence: letters, requirement })
}

function silentLaw(
  chosen: Candidate,
  at: number,
  {
    slots,
    letters,
    told,
  }: { readonly slots: Readonly<Record<string, string>>; readonly letters: readonly Letters[]; readonly told: boolean },
): Reason {
  if (!chosen.loaded) return reason(told ? 'law-not-loaded' : 'destination-not-told', at, slots, { evidence: letters })
  return reason(chosen.complete ? 'no-requirement' : 'law-incomplete', at, slots, { evidence: letters })
}
