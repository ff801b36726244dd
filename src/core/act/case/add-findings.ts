import { addCarriedOut } from './add-decisions.ts'
import type { Case, CaseFinding, Mark } from './case.ts'
import type { Inspected, LaboratoryResult } from './event-inspecting.ts'

/** Adds an inspection, once; it also carries out the decision to inspect. */
export function addInspected(state: Case, body: Inspected, mark: Mark): Case {
  if (state.inspections.some(({ told }) => told.id === body.id)) return state
  const { id, found, taxon, pest, alive } = body
  const finding: CaseFinding = { ...mark, by: 'inspection', inspection: id, found, taxon, pest, alive, before: null }
  const inspected: Case = {
    ...state,
    inspections: [...state.inspections, { ...mark, told: body }],
    samples: body.sampled ? [...state.samples, id] : state.samples,
    findings: [...state.findings, finding],
  }
  const { decision } = state
  if (decision?.told.act !== 'inspect' || decision.state !== 'taken') return inspected
  return addCarriedOut(inspected, { kind: 'carried-out', decision: decision.seq, how: '' }, mark)
}

/** Puts a laboratory's word in place of the inspection's, and keeps what was taken for found before. */
export function addLaboratoryResult(state: Case, body: LaboratoryResult, mark: Mark): Case {
  const { inspection, found, taxon, pest, alive } = body
  const old = state.findings.find((one) => one.inspection === inspection)
  const before = old === undefined ? null : { found: old.found, taxon: old.taxon, pest: old.pest, alive: old.alive }
  const finding: CaseFinding = { ...mark, by: 'laboratory', inspection, found, taxon, pest, alive, before }
  return {
    ...state,
    samples: state.samples.filter((one) => one !== inspection),
    findings: [...state.findings.filter((one) => one.inspection !== inspection), finding],
  }
}
