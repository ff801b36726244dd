import { type CodePhase, codePhases, codeSystems, type PartnerCode, partnerStates } from '../core/act/case/codes.ts'
import { cell, oneOfCell, type Row, readTable } from './csv.ts'
import { type Fault, tell } from './fault.ts'
import { filesLike, type SourceFile } from './sources.ts'

/** Reads `policy/partner-codes.csv`: what codes of partners mean. Without the file none is known, and each is kept as it came. */
export function readPartnerCodes(files: readonly SourceFile[], faults: Fault[]): PartnerCode[] {
  const columns = { required: ['system', 'code', 'state'], optional: ['phase', 'note'] }
  const rows = filesLike(files, /^policy\/partner-codes\.csv$/).flatMap((file) => readTable(file, columns, faults))
  const seen = new Map<string, Row>()
  return rows.flatMap((row) => {
    const system = oneOfCell(row, 'system', codeSystems, faults)
    const state = oneOfCell(row, 'state', partnerStates, faults)
    const phase = cell(row, 'phase') === '' ? null : oneOfCell<CodePhase>(row, 'phase', codePhases, faults)
    const code = cell(row, 'code')
    if (code === '') tell(faults, row, 'The code is missing. Write it as the partner does.')
    const key = `${system} ${code.toUpperCase()}`
    const before = seen.get(key)
    if (before !== undefined)
      tell(faults, row, `The code "${code}" of ${system} has a row already (${before.file}:${before.line}). Keep one.`)
    seen.set(key, row)
    return system === null || state === null ? [] : [{ system, code, state, phase }]
  })
}
