import { hash, randomBytes } from 'node:crypto'
import { answerProblem } from '../core/act/answer.ts'
import { type Check, checkItem } from '../core/act/check.ts'
import { type CheckAnswer, checkAnswer } from '../core/act/check-answer.ts'
import { readCheckItem } from '../core/act/check-item.ts'
import { type Wording, wordingOf } from '../core/act/check-offer.ts'
import { type ReceiptClaims, type ReceiptDesk, receiptOf } from '../core/act/receipt.ts'
import { compareWithParcel, differenceSentences, type ReceiptComparison } from '../core/act/receipt-compare.ts'
import { receiptBytes, receiptId } from '../core/act/receipt-id.ts'
import { lawDigests } from '../core/act/receipt-law.ts'
import type { Article } from '../core/parcel/articles.ts'
import type { RawRecord, Screener } from '../core/screen.ts'
import { receiptPayload } from '../receipts/sign.ts'
import { type BlockFormat, recordsIn } from './records.ts'

/** A run of items that are to be checked before the sale. */
export interface CheckJob {
  readonly kind: 'check'
  readonly bytes: Uint8Array
  readonly firstLine: number
  /** A record that stands for the whole run, where it could not be cut. */
  readonly instead: RawRecord | null
  readonly how: BlockFormat
  /** Day whose law counts, as 2026-11-24. */
  readonly day: string
  readonly issuer: string
  readonly tenant: string
  /** Who checks: sellers of one partner are told apart from those of another. */
  readonly partner: string
  /** What earlier wordings spoke of, by line of the item. */
  readonly earlier: ReadonlyMap<number, readonly Article[]>
}

/** What came of one item. */
export interface CheckedRow {
  readonly line: number
  /** `CheckAnswer` as JSON text. */
  readonly answer: string
  /** Its receipt; null where the goods were not clear. */
  readonly receipt: NewReceipt | null
  /** Null for an item that could not be read. */
  readonly wording: Wording | null
}

/** A receipt as it is kept. */
export interface NewReceipt {
  readonly id: string
  readonly expires: string
  /** What is signed, as JSON text. */
  readonly payload: string
}

/** What came of a run, in input order. */
export interface CheckDone {
  readonly rows: readonly CheckedRow[]
}

/** A receipt that is to be compared with a parcel as it was declared. */
export interface CompareJob {
  readonly kind: 'compare'
  readonly claims: ReceiptClaims
  readonly parcel: unknown
  readonly day: string
}

/** How it stands, and its differences in sentences; null for a parcel without items. */
export interface CompareDone {
  readonly comparison: (ReceiptComparison & { readonly sentences: readonly string[] }) | null
}

export interface Checker {
  readonly check: (job: CheckJob) => CheckDone
  readonly compare: (job: CompareJob) => CompareDone
}

/** Makes the functions that check items and compare receipts: the same in this thread and in a worker. */
export function checker(screen: Screener, pseudonym: (text: string) => string): Checker {
  const { court, voice, recognise } = screen
  const desk: ReceiptDesk = { court, edition: voice.edition, digest, law: lawDigests(court, digest) }
  const draw = newDraw()
  const check = (record: RawRecord, giving: Giving): CheckedRow => {
    const { job } = giving
    if ('fault' in record)
      return { line: record.line, answer: unreadable(record, job, screen), receipt: null, wording: null }
    const { line } = record
    const item = readCheckItem(record.value, line, voice)
    const checked = checkItem(item, { recognise, court, on: job.day }, job.earlier.get(line))
    const answer = JSON.stringify(checkAnswer(checked, { ...voice, court }))
    const wording = wordingFor(checked, job, pseudonym)
    const claims = claimsOf(checked, giving, desk)
    if (claims === null) return { line, answer, receipt: null, wording }
    const receipt = { id: claims.id, expires: claims.expires, payload: receiptPayload(claims) }
    return { line, answer, receipt, wording }
  }
  return {
    check: (job) => {
      const rows: CheckedRow[] = []
      const giving = { job, draw, expires: dayAfter(job.day, court.policy.checks.receiptDays) }
      if (job.instead !== null) rows.push(check(job.instead, giving))
      else recordsIn(job.bytes, job.firstLine, job.how, (record) => rows.push(check(record, giving)))
      return { rows }
    },
    compare: ({ claims, parcel, day }) => {
      const decision = screen.decide({ line: 1, value: parcel }, day)
      const found = compareWithParcel(claims, { decision, on: day }, desk)
      if (found === null) return { comparison: null }
      return { comparison: { ...found, sentences: differenceSentences(found, voice.words) } }
    },
  }
}

/** Digests that a receipt holds: 96 bits of SHA-256 (FIPS 180-4), in base64url. */
function digest(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 16)
}

function unreadable(
  { line, fault, facts }: Extract<RawRecord, { fault: string }>,
  { day }: CheckJob,
  { voice }: Screener,
): string {
  const problem = answerProblem({ kind: fault, at: '', facts: { line: String(line), ...facts } }, voice.words)
  const answer: CheckAnswer = {
    item: line,
    id: null,
    goods: [],
    choices: [],
    destinations: [],
    problems: [problem],
    on: day,
    knowledge: voice.edition,
    engine: voice.engine,
  }
  return JSON.stringify(answer)
}

interface Giving {
  readonly job: CheckJob
  /** Last day of the receipts. */
  readonly expires: string
  readonly draw: () => Uint8Array
}

function claimsOf(check: Check, { job, draw, expires }: Giving, desk: ReceiptDesk): ReceiptClaims | null {
  const { issuer, tenant } = job
  return receiptOf(check, { id: receiptId(draw()), issuer, tenant, expires }, desk)
}

/** The day that lies some days after another. */
function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** Makes the function that draws bytes for an id, many ids at a time: asking the system for a few bytes takes as long as for many. */
function newDraw(): () => Uint8Array {
  let drawn = new Uint8Array()
  let used = 0
  return () => {
    if (used + receiptBytes > drawn.length) {
      drawn = randomBytes(receiptBytes * 500)
      used = 0
    }
    used += receiptBytes
    return drawn.subarray(used - receiptBytes, used)
  }
}

/** The wording with a pseudonym for its seller, who may be a person. An offer that nothing could be asked of leaves none. */
function wordingFor(check: Check, { partner }: CheckJob, pseudonym: (text: string) => string): Wording | null {
  if (check.item.title === '') return null
  const wording = wordingOf(check)
  return { ...wording, seller: pseudonym(`${partner}\n${wording.seller}`) }
}
