import type { ReceiptClaims } from '../core/act/receipt.ts'
import type { ReceiptComparison } from '../core/act/receipt-compare.ts'

/** A receipt that a message claims, and the field that claims it, as `lines[0].receipt`. */
export interface ClaimedReceipt {
  readonly at: string
  /** Compact JWS, or short id. */
  readonly text: string
}

/** What is known of it: what it says, or why it does not hold. */
export interface LookedUpReceipt {
  readonly at: string
  /** As events and answers call it. */
  readonly receipt: string
  readonly claims: ReceiptClaims | null
  /** Key of `receipt-why.*`; null where it holds. */
  readonly why: string | null
}

/** Most receipts of one parcel that are looked at. */
const mostReceipts = 20

type Raw = Readonly<Record<string, unknown>>

/** The receipts that the content of a message claims; nearly all claim none. */
export function claimedReceipts(content: unknown): readonly ClaimedReceipt[] {
  if (!isRaw(content)) return []
  const found: ClaimedReceipt[] = []
  const add = (at: string, value: unknown): void => {
    if (value === undefined || value === null || found.length === mostReceipts) return
    const text = isRaw(value) ? (value['jws'] ?? value['id']) : value
    if (typeof text === 'string' && text.trim() !== '') found.push({ at, text: text.trim() })
  }
  add('receipt', content['receipt'])
  const lines = content['lines']
  if (Array.isArray(lines))
    for (const [at, line] of lines.entries()) if (isRaw(line)) add(`lines[${at}].receipt`, line['receipt'])
  return found
}

/**
 * The content with what became of the receipts it claims: `receipts` tells which are honoured and in what the others differ, and what an
 * honoured one answers stands among the answers, as what the seller said. What is declared stays as it was declared.
 */
export function withReceipts(
  content: Raw,
  receipts: readonly LookedUpReceipt[],
  compare: (claims: ReceiptClaims) => Pick<ReceiptComparison, 'honoured' | 'answers' | 'differs'> | null,
): Raw {
  const told: Raw[] = []
  const answers: Raw[] = []
  for (const { at, receipt, claims, why } of receipts) {
    const comparison = claims === null ? null : compare(claims)
    const differs = comparison?.differs.map((one) => one.in) ?? [why ?? 'goods']
    const honoured = comparison?.honoured === true
    told.push({ at, receipt, honoured, differs: [...new Set(differs)].join(' ') })
    if (honoured) for (const one of comparison.answers) answers.push({ ...one, by: 'seller', receipt })
  }
  return { ...content, receipts: told, ...(answers.length === 0 ? {} : { answers }) }
}

function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
