import type { Store } from '../store/open-store.ts'
import type { Batch, Recorded, RecordRow, StoredEvent, StoredMessage } from '../store/record.ts'
import { type Block, promptBlocksOf } from './blocks.ts'
import type { CheckDone, CheckJob, CompareDone, CompareJob } from './check-block.ts'
import type { LookedUpReceipt } from './claimed-receipts.ts'
import type { Crew } from './crew.ts'
import { partnerAnswer } from './partner-answer.ts'
import type { ClaimJob, MergeJob, Received, ReceivedRow, ReceiveJob } from './receive.ts'
import { type BlockFormat, tooLongRecord } from './records.ts'
import type { TableStart } from './table-start.ts'

/** Who sends, as the credential tells. */
export interface Sending {
  readonly tenant: string
  readonly partner: string
  readonly actor: string
}

/** Jobs of a screening thread, and what comes back. */
export type ScreeningJob = ReceiveJob | MergeJob | ClaimJob | CheckJob | CompareJob
export type ScreeningDone =
  | Received
  | { readonly bytes: SharedArrayBuffer; readonly row: RecordRow }
  | CheckDone
  | CompareDone

/** One edition of knowledge with the threads that screen by it. */
export interface Bench {
  readonly edition: string
  readonly engine: string
  readonly crew: Crew<ScreeningJob, ScreeningDone>
}

/** Answers to a run of records, in their order. */
export interface Answered {
  /** NDJSON in UTF-8, a line for each record. */
  readonly answers: Buffer
  readonly tally: Tally
}

/** What became of records. */
export interface Tally {
  readonly records: number
  readonly items: number
  readonly stored: number
  readonly known: number
  readonly amended: number
  readonly unreadable: number
  readonly proposals: ReadonlyMap<string, number>
}

/** What a reception is made of. */
export interface ReceptionParts {
  readonly store: Store
  /** The bench of the current edition. */
  readonly bench: () => Bench
  /** Now, in milliseconds since 1970. */
  readonly now: () => number
  /** Looks up a receipt that is claimed, on a day (2026-11-24). */
  readonly lookUp: (text: string, of: { readonly tenant: string; readonly day: string }) => Promise<LookedUp>
}

/** What is known of a receipt, whichever field claims it. */
export type LookedUp = Omit<LookedUpReceipt, 'at'>

export interface Reception {
  /**
   * Screens and stores records as they come and yields their answers in order, each only after it is on disk. Throws StoreFault:
   * what was yielded is stored, what follows is not.
   */
  readonly receive: (
    chunks: AsyncIterable<Buffer>,
    how: { readonly format: 'ndjson' } | TableStart,
    sending: Sending,
  ) => AsyncGenerator<Answered>
  /** Decides anew on a parcel, with a message more or on what is known; tells the number of the decision that then stands. */
  readonly decideAgain: (again: DecideAgain) => Promise<{ readonly decision: number; readonly answer: string }>
}

export interface DecideAgain {
  readonly sending: Sending
  readonly parcel: number
  readonly cause: string
  /** Content of a new message, or null. */
  readonly fresh: { readonly content: string; readonly digest: string; readonly keys: readonly string[] } | null
}

/** Milliseconds without a byte after which what came is answered. */
const pause = 25

/** Most times that a parcel is merged anew because others spoke of it meanwhile. */
const mostTries = 50

/** Joins threads that screen and the store into the way of a message. */
export function reception(parts: ReceptionParts): Reception {
  return {
    receive: (chunks, how, sending) => receive(chunks, how, { ...parts, sending }),
    decideAgain: (again) => decideAgain(again, { ...parts, sending: again.sending }),
  }
}

interface Receiving extends ReceptionParts {
  readonly sending: Sending
}

interface Screened {
  readonly received: Received
  readonly at: string
  readonly bench: Bench
}

async function* receive(
  chunks: AsyncIterable<Buffer>,
  start: { readonly format: 'ndjson' } | TableStart,
  receiving: Receiving,
): AsyncGenerator<Answered> {
  const under: Promise<Screened>[] = []
  const blocks = opened(promptBlocksOf(chunks, start.format === 'csv', pause), start)
  let reading: Promise<IteratorResult<Opened>> | null = blocks.next()
  try {
    while (reading !== null || under.length > 0) {
      const first = under[0]
      const full = under.length > receiving.bench().crew.size * 2
      // What is screened goes out at once; meanwhile more is read, as much as the threads have use for.
      const came: IteratorResult<Opened> | Screened = await firstOf(full ? null : reading, first)
      if ('received' in came) {
        under.shift()
        for (const run of runsOf(came.received)) yield await storeRun({ ...came, received: run }, receiving)
      } else if (came.done === true) reading = null
      else {
        const screened = screenBlock(came.value.rest, came.value.how, receiving)
        // A failure is told when its turn comes.
        screened.catch(() => {})
        under.push(screened)
        reading = blocks.next()
        reading.catch(() => {})
      }
    }
  } finally {
    await blocks.return(undefined)
    await Promise.allSettled(under)
  }
}

/** Whichever of the two comes first; one may be missing. */
function firstOf<A, B>(one: Promise<A> | null, other: Promise<B> | undefined): Promise<A | B> {
  if (one === null) return other as Promise<B>
  return other === undefined ? one : Promise.race([other, one])
}

interface Opened {
  readonly how: BlockFormat
  readonly rest: Block
}

/** Blocks with how they are read: the first block of a table holds the header. */
async function* opened(
  blocks: AsyncGenerator<Block>,
  start: { readonly format: 'ndjson' } | TableStart,
): AsyncGenerator<Opened> {
  let how: BlockFormat | null = 'open' in start ? null : start
  for await (const block of blocks) {
    const one: Opened | null =
      how === null && 'open' in start ? start.open(block) : { how: how as BlockFormat, rest: block }
    if (one === null) continue
    how = one.how
    if (one.rest.bytes.length > 0 || one.rest.tooLong) yield one
  }
}

async function screenBlock(
  { bytes, firstLine, tooLong }: Block,
  how: BlockFormat,
  receiving: Receiving,
): Promise<Screened> {
  const bench = receiving.bench()
  const at = new Date(receiving.now()).toISOString()
  const instead = tooLong ? tooLongRecord(firstLine) : null
  const { partner } = receiving.sending
  const job: ReceiveJob = { kind: 'receive', bytes, firstLine, instead, how, partner, at, day: at.slice(0, 10) }
  return { received: (await bench.crew.ask(job)) as Received, at, bench }
}

/**
 * Runs of rows that are stored together, in their order: a record that claims a receipt is one of its own, since what became of the receipt
 * is to be known before it is stored. All others go the way without a database.
 */
function runsOf(received: Received): readonly Received[] {
  const { rows, bytes } = received
  if (!rows.some(isClaiming)) return [received]
  const runs: ReceivedRow[][] = []
  for (const [at, row] of rows.entries()) {
    const before = rows[at - 1]
    if (before === undefined || isClaiming(row) || isClaiming(before)) runs.push([row])
    else runs.at(-1)?.push(row)
  }
  return runs.map((run, at) => ({ bytes, rows: run, items: at === 0 ? received.items : 0 }))
}

function isClaiming(row: ReceivedRow): boolean {
  return 'row' in row && row.claimed.length > 0
}

async function storeRun(screened: Screened, receiving: Receiving): Promise<Answered> {
  const [first] = screened.received.rows
  if (first === undefined || !('row' in first) || first.claimed.length === 0) return store(screened, receiving)
  return store(await withClaims(first, screened, receiving), receiving)
}

/** Screens a record again with what its receipts tell. */
async function withClaims(
  { row, line, claimed }: Extract<ReceivedRow, { row: RecordRow }>,
  { received, at }: Screened,
  { bench, lookUp, sending }: Receiving,
): Promise<Screened> {
  const { tenant, partner } = sending
  const day = at.slice(0, 10)
  const receipts = await Promise.all(
    claimed.map(async (one) => ({ at: one.at, ...(await lookUp(one.text, { tenant, day })) })),
  )
  const { keys, identifier, digest, people } = row
  const content = Buffer.from(received.bytes).toString('utf8', ...row.content)
  const job: ClaimJob = {
    kind: 'claim',
    said: { partner, keys, identifier, digest, content, people },
    receipts,
    at,
    day,
  }
  const current = bench()
  const done = (await current.crew.ask(job)) as { bytes: SharedArrayBuffer; row: RecordRow }
  const { items } = received
  return { received: { bytes: done.bytes, rows: [{ line, row: done.row, claimed: [] }], items }, at, bench: current }
}

/** Stores what was screened, merges what is to be merged, and puts the answers in order. */
async function store({ received, at, bench }: Screened, receiving: Receiving): Promise<Answered> {
  const rows = received.rows.flatMap((one) => ('row' in one ? [one.row] : []))
  const unreadable = received.rows.length - rows.length
  const batch = { ...batchOf(received.bytes, rows, { at, bench, receiving }), unreadable }
  const recorded = received.rows.length === 0 ? [] : await receiving.store.record(batch)
  const bytes = Buffer.from(received.bytes)
  const answers: Buffer[] = []
  const tally = newTally(received)
  let next = 0
  for (const one of received.rows) {
    if ('unreadable' in one) {
      tally.unreadable += 1
      answers.push(bytes.subarray(...one.unreadable), lineEnd)
      continue
    }
    const outcome = recorded[next] as Recorded
    next += 1
    const settled = await settle(one, outcome, { batch, bytes, receiving })
    tally[outcome.kind === 'merge' ? 'amended' : outcome.kind] += 1
    count(tally.proposals, settled.proposal)
    answers.push(...withLine(settled.answer, one.line, settled.decision))
  }
  return { answers: Buffer.concat(answers), tally }
}

interface Settling {
  readonly batch: Batch
  readonly bytes: Buffer
  readonly receiving: Receiving
}

/** What stands of a record in the end. */
interface Settled {
  readonly answer: Buffer
  readonly decision: number
  readonly proposal: string
}

async function settle(
  { row }: Extract<ReceivedRow, { row: RecordRow }>,
  outcome: Recorded,
  { batch, bytes, receiving }: Settling,
): Promise<Settled> {
  if (outcome.kind === 'stored')
    return { answer: bytes.subarray(...row.answer), decision: outcome.seq, proposal: row.proposal }
  if (outcome.kind === 'known') return told(outcome)
  const { keys, identifier, digest, people } = row
  const fresh = {
    partner: batch.partner,
    keys,
    identifier,
    digest,
    people,
    content: bytes.toString('utf8', ...row.content),
  }
  const isAmended = outcome.messages.some(({ partner }) => partner === batch.partner)
  const cause = isAmended ? 'amended' : 'received'
  return mergeAndStore(outcome, { cause, fresh, identifier: row.identifier }, { receiving, at: batch.at })
}

/** An answer that stood already. */
function told({ answer, seq }: Extract<Recorded, { kind: 'known' }>): Settled {
  return { answer: Buffer.from(answer), decision: seq, proposal: proposalIn(answer) }
}

/**
 * Merges until nobody else spoke of the parcel between reading and storing, each time by the edition that then counts: the one that
 * the record was met with may count no more.
 */
async function mergeAndStore(
  first: Extract<Recorded, { kind: 'merge' }>,
  what: Pick<MergeJob, 'cause' | 'fresh' | 'identifier'>,
  { receiving, at }: { readonly receiving: Receiving; readonly at: string },
): Promise<Settled> {
  let outcome: Recorded = first
  for (let tries = 0; tries < mostTries; tries += 1) {
    const { parcel, last, messages, events } = outcome as Extract<Recorded, { kind: 'merge' }>
    const job: MergeJob = { kind: 'merge', parcel, last, messages, events, at, day: at.slice(0, 10), ...what }
    const bench = receiving.bench()
    const { bytes, row } = (await bench.crew.ask(job)) as { bytes: SharedArrayBuffer; row: RecordRow }
    const [stored] = await receiving.store.record(batchOf(bytes, [row], { at, bench, receiving }))
    outcome = stored as Recorded
    if (outcome.kind === 'known') return told(outcome)
    if (outcome.kind === 'stored') {
      const answer = Buffer.from(bytes).subarray(...row.answer)
      return { answer, decision: outcome.seq, proposal: row.proposal }
    }
  }
  throw new Error('Others speak of this parcel all the time: send it again.')
}

async function decideAgain(
  { parcel, cause, fresh }: DecideAgain,
  receiving: Receiving,
): Promise<{ decision: number; answer: string }> {
  const { store, now, sending } = receiving
  const { tenant } = sending
  const standing = await store.db
    .selectFrom('parcels')
    .select(['identifier', 'last_seq'])
    .where('tenant', '=', tenant)
    .where('parcel', '=', parcel)
    .executeTakeFirstOrThrow()
  const messages: StoredMessage[] = await store.db
    .selectFrom('messages')
    .select(['seq', 'partner', 'received_at as at', 'content'])
    .where('tenant', '=', tenant)
    .where('parcel', '=', parcel)
    .orderBy('seq')
    .execute()
  const events: StoredEvent[] = await store.db
    .selectFrom('events')
    .select(['seq', 'kind', 'at', 'actor', 'body'])
    .where('tenant', '=', tenant)
    .where('parcel', '=', parcel)
    .orderBy('seq')
    .execute()
  const { identifier } = standing
  const said = fresh === null ? null : { ...fresh, partner: sending.partner, identifier, people: null }
  const first = { kind: 'merge', parcel, last: standing.last_seq, messages, events } as const
  const at = new Date(now()).toISOString()
  const done = await mergeAndStore(first, { cause, fresh: said, identifier }, { receiving, at })
  return { decision: done.decision, answer: done.answer.toString('utf8') }
}

function batchOf(
  bytes: SharedArrayBuffer,
  rows: readonly RecordRow[],
  { at, bench, receiving }: { readonly at: string; readonly bench: Bench; readonly receiving: Receiving },
): Batch {
  const { edition, engine } = bench
  return { ...receiving.sending, at, day: at.slice(0, 10), edition, engine, bytes, rows }
}

const lineEnd = Buffer.from('\n')
const storedLine = Buffer.from('"line":1}')

/** A stored answer as it goes out: with the line of the request it answers, and the number of the decision. */
export function withLine(answer: Buffer, line: number, decision: number): Buffer[] {
  const told = answer.includes('"kind":"sources-') ? Buffer.from(partnerAnswer(answer.toString('utf8'))) : answer
  const at = told.indexOf(storedLine)
  return [
    told.subarray(0, at),
    Buffer.from(`"line":${line}}`),
    told.subarray(at + storedLine.length, -1),
    Buffer.from(`,"decision":${decision}}\n`),
  ]
}

function proposalIn(answer: string): string {
  return /"proposal":"([a-z-]+)"/.exec(answer)?.[1] ?? ''
}

type Counting = { -readonly [Key in keyof Tally]: Tally[Key] extends number ? number : Map<string, number> }

function newTally({ rows, items }: Received): Counting {
  return { records: rows.length, items, stored: 0, known: 0, amended: 0, unreadable: 0, proposals: new Map() }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
