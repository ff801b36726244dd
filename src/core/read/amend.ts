import { linesIn, matchLines } from './match-lines.ts'
import { isRecord, type Raw } from './raw.ts'
import { lineFields } from './reduce-line.ts'
import { plainFact, wholeFacts } from './same-fact.ts'

/** Lists whose members add up, and the fields by which one is the same member again. */
const listMembers: ReadonlyMap<string, readonly string[]> = new Map([
  ['documents', ['kind', 'number']],
  ['codes', ['system', 'code', 'at']],
  ['problems', ['kind', 'at']],
  ['receipts', ['at']],
  ['answers', ['item', 'fact', 'by', 'of']],
])

/**
 * What one partner says after it said more: what the later message tells stands, what it does not tell (absent or null) stays as it was
 * told before, and pieces add up.
 */
export function amend(before: Raw, later: Raw): Raw {
  const hasLines = before['lines'] !== undefined || later['lines'] !== undefined
  const [one, other] = hasLines ? [withLines(before), withLines(later)] : [before, later]
  return amendFields(one, other)
}

function amendFields(before: Raw, later: Raw): Raw {
  const made: Record<string, unknown> = { ...before }
  for (const [field, value] of Object.entries(later)) {
    if (value === null || value === undefined || field === '__proto__') continue
    made[field] = amendFact(field, before[field], value)
  }
  return made
}

function amendFact(field: string, before: unknown, later: unknown): unknown {
  if (field === 'lines' && Array.isArray(before)) return amendLines(before, later)
  if (Array.isArray(before) && Array.isArray(later)) return addUp(field, before, later)
  if (!isRecord(before) || !isRecord(later) || wholeFacts.has(field)) return later
  // Who a party is, is told anew with its name: the country of one never joins the pseudonym of another.
  const isParty = typeof later['pseudonym'] === 'string' && typeof before['pseudonym'] === 'string'
  return isParty && later['pseudonym'] !== before['pseudonym'] ? later : amendFields(before, later)
}

function amendLines(before: readonly unknown[], later: unknown): unknown[] {
  const earlier = linesIn({ lines: before })
  const more = linesIn({ lines: later })
  const lines: Raw[] = [...earlier]
  matchLines(earlier, more, 'same-partner').forEach((match, at) => {
    const line = more[at] as Raw
    if (match < 0) lines.push(line)
    else lines[match] = amendFields(lines[match] as Raw, line)
  })
  return lines
}

/** Both lists in one, each member once; a member that is told again is amended. */
export function addUp(field: string, before: readonly unknown[], later: readonly unknown[]): unknown[] {
  const keys = listMembers.get(field)
  if (keys === undefined) return [...before, ...later.filter((one) => !before.includes(one))]
  const made = before.filter(isRecord)
  for (const one of later.filter(isRecord)) {
    const at = made.findIndex((other) => keys.every((key) => sameMember(key, one, other)))
    if (at < 0) made.push(one)
    else made[at] = amendFields(made[at] as Raw, one)
  }
  return made
}

/** A paper whose number is told later is the paper that was claimed without one. */
function sameMember(key: string, one: Raw, other: Raw): boolean {
  const [left, right] = [plainFact(key, one[key]), plainFact(key, other[key])]
  return left === right || (key === 'number' && (left === '' || right === ''))
}

/** A content whose goods stand in lines: one that describes them itself becomes one line. */
export function withLines(content: Raw): Raw {
  if (content['lines'] !== undefined || content['description'] === undefined) return content
  const rest = Object.entries(content).filter(([field]) => !lineFields.has(field))
  const own = Object.entries(content).filter(([field]) => lineFields.has(field))
  return { ...Object.fromEntries(rest), lines: [Object.fromEntries(own)] }
}
