import { earlierArticles, type Rewording, rewordingOf, type Wording, wordingFinder } from '../core/act/check-offer.ts'
import type { CheckPolicy } from '../core/decide/policy.ts'
import type { Article } from '../core/parcel/articles.ts'
import type { ReceiptKey } from '../receipts/receipt-key.ts'
import { signReceipt } from '../receipts/sign.ts'
import type { Store } from '../store/open-store.ts'
import { keepReceipts } from '../store/receipts.ts'
import { findWordings, keepWordings } from '../store/wordings.ts'
import { type Block, blocksOf } from './blocks.ts'
import type { CheckDone, CheckedRow, CheckJob, NewReceipt } from './check-block.ts'
import type { Bench, Sending } from './reception.ts'
import { tooLongRecord } from './records.ts'

/** What checking is made of. */
export interface CheckingParts {
  readonly store: Store
  /** The bench of the current edition. */
  readonly bench: () => Bench
  /** What the policy of the current edition says of checks. */
  readonly policy: () => CheckPolicy
  readonly key: ReceiptKey
  /** Name of this service in receipts: the address at which people reach it. */
  readonly issuer: string
  /** Now, in milliseconds since 1970. */
  readonly now: () => number
  /** Told of an offer that was worded again and again: by its pseudonym and key, never to the seller. */
  readonly onRewording: (signal: Rewording & { readonly tenant: string; readonly seller: string }) => void
}

/** More items than are checked at once. */
export class TooManyItems extends Error {
  override readonly name = 'TooManyItems'
}

/**
 * Checks items as they come, one a line, and tells their answers in order once their receipts are on disk. What is an item of an offer
 * whose earlier wordings were not clear is checked with what they spoke of. Throws TooManyItems beyond `most`, and StoreFault: then no
 * answer leaves.
 */
export async function checkItems(
  chunks: AsyncIterable<Buffer>,
  { sending, most }: { readonly sending: Sending; readonly most: number },
  parts: CheckingParts,
): Promise<readonly string[]> {
  const at = new Date(parts.now()).toISOString()
  const checking: Checking = { parts, sending, at, day: at.slice(0, 10), bench: parts.bench() }
  const under: Promise<readonly CheckedRow[]>[] = []
  let count = 0
  try {
    for await (const block of blocksOf(chunks, false)) {
      if (block.bytes.length === 0 && !block.tooLong) continue
      count += linesIn(block)
      if (count > most) throw new TooManyItems(`More than ${most} items are not checked at once.`)
      const given = checkBlock(block, checking)
      // A failure is told when its turn comes.
      given.catch(() => {})
      under.push(given)
    }
  } catch (error) {
    await Promise.allSettled(under)
    throw error
  }
  const rows = (await Promise.all(under)).flat()
  const isSigned = rows.length <= signedAtOnce
  return rows.map(({ answer, receipt }) => withReceipt(answer, receipt, isSigned ? parts.key : null))
}

/** Answers to a request of up to so many items hold their receipts signed; a signature takes as long as a check. */
const signedAtOnce = 100

/** The answer with its receipt as its last member: the text is not parsed for it. */
function withReceipt(answer: string, receipt: NewReceipt | null, key: ReceiptKey | null): string {
  const told =
    receipt === null
      ? null
      : { id: receipt.id, expires: receipt.expires, jws: key === null ? null : signReceipt(receipt.payload, key) }
  return `${answer.slice(0, -1)},"receipt":${JSON.stringify(told)}}`
}

interface Checking {
  readonly parts: CheckingParts
  readonly sending: Sending
  readonly at: string
  readonly day: string
  readonly bench: Bench
}

/** Lines that hold something: as many items as a block can have. */
function linesIn({ bytes, tooLong }: Block): number {
  if (tooLong) return 1
  let lines = 0
  let filled = false
  for (const byte of bytes) {
    if (byte === 10) {
      if (filled) lines += 1
      filled = false
    } else if (byte > 32) filled = true
  }
  return filled ? lines + 1 : lines
}

async function checkBlock({ bytes, firstLine, tooLong }: Block, checking: Checking): Promise<readonly CheckedRow[]> {
  const { parts, sending, day, bench } = checking
  const job: CheckJob = {
    kind: 'check',
    bytes,
    firstLine,
    instead: tooLong ? tooLongRecord(firstLine) : null,
    how: { format: 'ndjson' },
    day,
    issuer: parts.issuer,
    tenant: sending.tenant,
    partner: sending.partner,
    earlier: new Map(),
  }
  const first = await askCrew(bench, job)
  const earlier = await rememberWordings(first, checking)
  const rows = earlier.size === 0 ? first : await askCrew(bench, { ...job, earlier })
  const receipts = rows.flatMap(({ receipt }) => (receipt === null ? [] : [receipt]))
  const { kid, publicKey } = parts.key
  const given = { tenant: sending.tenant, at: checking.at, to: sending.partner, kid, publicKey }
  await keepReceipts(parts.store.db, receipts, given)
  return rows
}

async function askCrew({ crew }: Bench, job: CheckJob): Promise<readonly CheckedRow[]> {
  return ((await crew.ask(job)) as CheckDone).rows
}

/**
 * Finds the earlier wordings of each offer, keeps the new ones that are not clear or come after such, and tells what was worded again and
 * again. Returns what earlier wordings spoke of, by line.
 */
async function rememberWordings(rows: readonly CheckedRow[], checking: Checking): Promise<Map<number, Article[]>> {
  const { parts, sending, at } = checking
  const policy = parts.policy()
  const earlier = new Map<number, Article[]>()
  const worded = rows.filter(isWorded)
  const sellers = [...new Set(worded.map(({ wording }) => wording.seller))]
  if (sellers.length === 0) return earlier
  const sameAs = wordingFinder(await findWordings(parts.store.db, sending.tenant, sellers), policy)
  const kept: Wording[] = []
  for (const { line, wording } of worded) {
    const same = sameAs(wording)
    const spoken = earlierArticles(same)
    if (spoken.length > 0) earlier.set(line, spoken)
    if (wording.clear && spoken.length === 0) continue
    kept.push(wording)
    const isNew = !same.some((one) => one.words.join(' ') === wording.words.join(' '))
    const signal = isNew ? rewordingOf([...same, wording], policy) : null
    if (signal !== null) parts.onRewording({ ...signal, tenant: sending.tenant, seller: wording.seller })
  }
  await keepWordings(parts.store.db, sending.tenant, { wordings: kept, at })
  return earlier
}

type Worded = CheckedRow & { readonly wording: Wording }

function isWorded(row: CheckedRow): row is Worded {
  return row.wording !== null
}
