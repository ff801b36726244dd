import type pg from 'pg'
import { chainHash, firstHash, hexOf, type NewEvent } from '../chain.ts'
import {
  answersBegin,
  type Batch,
  countRow,
  isAnswers,
  newScores,
  proposedBody,
  type Recorded,
  type RecordRow,
  type Score,
  type StoredEvent,
  type StoredMessage,
  type Stretch,
  stretchOver,
} from '../record.ts'

interface Chain {
  seq: number
  hash: Uint8Array
}

/** What stands in the store about the parcels that batches speak of. */
interface Standing {
  readonly last: number
  readonly decision: number
  readonly answer: string
  readonly messages: readonly (StoredMessage & { readonly digest: string })[]
  readonly events: readonly StoredEvent[]
}

/** Rows to be inserted, as pieces of JSON lists that the server takes apart. */
interface Sheets {
  readonly events: string[]
  readonly messages: string[]
  readonly decisions: string[]
  readonly parcels: string[]
  readonly moved: string[]
  readonly identifiers: string[]
  readonly personal: string[]
  readonly scores: string[]
  readonly shown: string[]
  readonly stretches: string[]
}

interface Desk {
  readonly chains: ReadonlyMap<string, Chain>
  /** Number of a parcel by tenant and key. */
  readonly known: Map<string, number>
  readonly standing: Map<string, Standing>
  readonly sheets: Sheets
}

/**
 * Stores batches in one transaction, in their order, as `recordBatches` for SQLite does. Chains of the tenants are locked first, so
 * that processes beside each other give numbers in the order of their commits; each table is filled by one statement.
 */
export async function recordBatches(
  client: pg.PoolClient,
  batches: readonly Batch[],
): Promise<readonly (readonly Recorded[])[]> {
  await client.query('begin')
  try {
    const desk = await openDesk(client, batches)
    const recorded = batches.map((batch) => recordBatch(batch, desk))
    await write(client, desk)
    await client.query('commit')
    return recorded
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

/** Locks the chains and reads what stands about the parcels that are already known. */
async function openDesk(client: pg.PoolClient, batches: readonly Batch[]): Promise<Desk> {
  const tenants = [...new Set(batches.map(({ tenant }) => tenant))].sort()
  const chains = await lockChains(client, tenants)
  const known = new Map<string, number>()
  const standing = new Map<string, Standing>()
  for (const tenant of tenants) {
    const rows = batches.filter((batch) => batch.tenant === tenant).flatMap((batch) => batch.rows)
    const keys = [...new Set(rows.flatMap((row) => row.keys))]
    const found = await client.query<{ key: string; parcel: number }>(
      'select key, parcel from identifiers where tenant = $1 and key = any($2)',
      [tenant, keys],
    )
    for (const { key, parcel } of found.rows) known.set(`${tenant} ${key}`, parcel)
    const parcels = new Set([
      ...found.rows.map(({ parcel }) => parcel),
      ...rows.flatMap((row) => row.merged?.parcel ?? []),
    ])
    if (parcels.size > 0) await readStanding(client, tenant, [...parcels], standing)
  }
  const sheets: Sheets = {
    events: [],
    messages: [],
    decisions: [],
    parcels: [],
    moved: [],
    identifiers: [],
    personal: [],
    scores: [],
    shown: [],
    stretches: [],
  }
  return { chains, known, standing, sheets }
}

/** The ends of chains, locked until the transaction ends, in one order so that no two wait for each other. */
async function lockChains(client: pg.PoolClient, tenants: readonly string[]): Promise<Map<string, Chain>> {
  const chains = new Map<string, Chain>()
  for (const tenant of tenants) {
    await client.query('insert into chains values ($1, 0, $2) on conflict do nothing', [tenant, firstHash])
    const { rows } = await client.query<Chain>('select seq, hash from chains where tenant = $1 for update', [tenant])
    chains.set(tenant, { ...(rows[0] as Chain) })
  }
  return chains
}

async function readStanding(
  client: pg.PoolClient,
  tenant: string,
  parcels: readonly number[],
  standing: Map<string, Standing>,
): Promise<void> {
  const { rows } = await client.query<{ parcel: number; last_seq: number; decision: number; answer: string }>(
    `select p.parcel, p.last_seq, p.decision, coalesce(d.answer, '') as answer from parcels p left join decisions d on d.tenant = p.tenant and d.seq = p.decision
     where p.tenant = $1 and p.parcel = any($2)`,
    [tenant, parcels],
  )
  const said = await client.query<StoredMessage & { parcel: number; digest: string }>(
    `select parcel, seq, partner, digest, received_at as at, content from messages
     where tenant = $1 and parcel = any($2) order by seq`,
    [tenant, parcels],
  )
  const happened = await client.query<StoredEvent & { parcel: number }>(
    'select parcel, seq, kind, at, actor, body from events where tenant = $1 and parcel = any($2) order by seq',
    [tenant, parcels],
  )
  const saidOf = Map.groupBy(said.rows, ({ parcel }) => parcel)
  const happenedTo = Map.groupBy(happened.rows, ({ parcel }) => parcel)
  for (const { parcel, last_seq: last, decision, answer } of rows) {
    const messages = saidOf.get(parcel) ?? []
    standing.set(`${tenant} ${parcel}`, { last, decision, answer, messages, events: happenedTo.get(parcel) ?? [] })
  }
}

interface Under {
  readonly batch: Batch
  readonly bytes: Buffer
  readonly scores: Map<string, Score>
  readonly toMerge: Set<number>
  readonly stretches: (Stretch | null)[]
  readonly desk: Desk
}

function recordBatch(batch: Batch, desk: Desk): readonly Recorded[] {
  const under: Under = {
    batch,
    bytes: Buffer.from(new Uint8Array(batch.bytes)),
    scores: newScores(batch),
    toMerge: new Set(),
    stretches: [],
    desk,
  }
  const recorded = batch.rows.map((row) => recordRow(row, under))
  for (const stretch of under.stretches) {
    if (stretch === null) continue
    const { tenant, partner } = batch
    desk.sheets.stretches.push(JSON.stringify({ tenant, partner, last_seq: stretch.last, first_seq: stretch.first }))
  }
  for (const [dispatch, { received, amended, unreadable, vague, withoutHs, withoutOrigin }] of under.scores) {
    const { tenant, partner, at } = batch
    const day = at.slice(0, 10)
    desk.sheets.scores.push(
      JSON.stringify({
        tenant,
        partner,
        dispatch,
        day,
        received,
        amended,
        unreadable,
        vague,
        without_hs: withoutHs,
        without_origin: withoutOrigin,
      }),
    )
  }
  return recorded
}

function recordRow(row: RecordRow, under: Under): Recorded {
  const { batch, desk, toMerge } = under
  const { tenant, partner } = batch
  const parcel =
    row.merged?.parcel ?? row.keys.map((key) => desk.known.get(`${tenant} ${key}`)).find((one) => one !== undefined)
  if (parcel === undefined) return storeNew(row, under)
  const stands = desk.standing.get(`${tenant} ${parcel}`) as Standing
  // Also while it was merged, the same may have been said by a second request.
  if (row.received !== null && (row.merged !== null || !toMerge.has(parcel))) {
    const answers = isAnswers(under.bytes, row.content)
    const last = stands.messages.findLast(
      (message) => message.partner === partner && message.content.startsWith(answersBegin) === answers,
    )
    if (last?.digest === row.digest) return { kind: 'known', parcel, seq: stands.decision, answer: stands.answer }
  }
  if (row.merged?.last === stands.last) return storeMore(row, parcel, under)
  toMerge.add(parcel)
  const messages = stands.messages.map(({ seq, partner, at, content }) => ({ seq, partner, at, content }))
  return { kind: 'merge', parcel, last: stands.last, messages, events: stands.events }
}

function storeNew(row: RecordRow, under: Under): Recorded {
  const { batch, desk } = under
  const { tenant, at } = batch
  const parcel = (desk.chains.get(tenant) as Chain).seq + 1
  const { seq, last } = storeSaid(row, parcel, under)
  desk.sheets.parcels.push(JSON.stringify({ ...movedRow(row, parcel, { tenant, at, seq, last }), created_at: at }))
  return { kind: 'stored', parcel, seq }
}

function storeMore(row: RecordRow, parcel: number, under: Under): Recorded {
  const { batch, desk } = under
  const { tenant, at } = batch
  const { seq, last } = storeSaid(row, parcel, under)
  desk.sheets.moved.push(JSON.stringify(movedRow(row, parcel, { tenant, at, seq, last })))
  return { kind: 'stored', parcel, seq }
}

function movedRow(
  { identifier, proposal, status, stage, destination, dispatch, dueAt }: RecordRow,
  parcel: number,
  { tenant, at, seq, last }: { tenant: string; at: string; seq: number; last: number },
): object {
  const told = { identifier, proposal, status, stage, destination, dispatch, due_at: dueAt }
  return { tenant, parcel, updated_at: at, last_seq: last, decision: seq, ...told }
}

/** Writes the message with its people, the decision and the questions it opens, each with its event, and keeps what stands up to date. */
function storeSaid(row: RecordRow, parcel: number, under: Under): { seq: number; last: number } {
  const { batch, bytes, desk } = under
  const { tenant, at, edition, engine, day } = batch
  const stands = desk.standing.get(`${tenant} ${parcel}`)
  const events: StoredEvent[] = []
  const add = (kind: string, actor: string, body: string): number => {
    const seq = append({ parcel, kind, at, actor, body }, tenant, desk)
    events.push({ seq, kind, at, actor, body })
    return seq
  }
  const said =
    row.received === null ? [] : [storeMessage(row, parcel, under, add('received', batch.actor, row.received))]
  storeKeys(row, parcel, tenant, desk)
  for (const { kind, own, body } of row.between) add(kind, own ? 'system' : batch.actor, body)
  const messages = [...(row.merged?.messages ?? []), ...said.map(({ seq }) => seq)]
  const seq = add('proposed', 'system', proposedBody(row, messages))
  const answer = bytes.toString('utf8', ...row.answer)
  const { proposal, merged } = row
  const cause = merged?.cause ?? 'received'
  const told = { tenant, seq, parcel, proposal, edition, engine, day, messages: JSON.stringify(messages), cause }
  desk.sheets.decisions.push(JSON.stringify({ ...told, answer }))
  stretchOver(under.stretches, seq, row.received !== null)
  if (merged !== null) {
    const others = new Set((stands?.messages ?? []).map((message) => message.partner))
    if (row.received !== null) others.delete(batch.partner)
    for (const other of others) desk.sheets.shown.push(JSON.stringify({ tenant, partner: other, seq }))
  }
  let last = seq
  for (const { kind, body } of row.following) last = add(kind, 'system', body)
  desk.standing.set(`${tenant} ${parcel}`, {
    last,
    decision: seq,
    answer,
    messages: [...(stands?.messages ?? []), ...said],
    events: [...(stands?.events ?? []), ...events],
  })
  return { seq, last }
}

function storeMessage(
  row: RecordRow,
  parcel: number,
  { batch, bytes, desk, scores }: Under,
  seq: number,
): StoredMessage & { readonly digest: string } {
  const { tenant, partner, at } = batch
  const { digest } = row
  const content = bytes.toString('utf8', ...row.content)
  // As a text within a text: PostgreSQL reads escapes of JSON that no text of its own may hold (\\u0000, half a letter).
  desk.sheets.messages.push(JSON.stringify({ tenant, seq, parcel, partner, digest, received_at: at, content }))
  if (row.people !== null) {
    const { sealed, deleteAfter: delete_after } = row.people
    desk.sheets.personal.push(JSON.stringify({ tenant, seq, parcel, sealed: hexOf(sealed), delete_after }))
  }
  countRow(scores, row)
  return { seq, partner, at, content, digest }
}

function storeKeys({ keys }: RecordRow, parcel: number, tenant: string, { known, sheets }: Desk): void {
  for (const key of keys) {
    if (known.has(`${tenant} ${key}`)) continue
    known.set(`${tenant} ${key}`, parcel)
    sheets.identifiers.push(JSON.stringify({ tenant, key, parcel }))
  }
}

function append(event: NewEvent, tenant: string, { chains, sheets }: Desk): number {
  const chain = chains.get(tenant) as Chain
  const seq = chain.seq + 1
  chain.hash = chainHash(chain.hash, tenant, seq, event)
  chain.seq = seq
  sheets.events.push(JSON.stringify({ tenant, seq, ...event, hash: hexOf(chain.hash) }))
  return seq
}

/** One statement for each table that gets rows; the server takes the JSON list apart. */
async function write(client: pg.PoolClient, { chains, sheets }: Desk): Promise<void> {
  const fill = async (rows: readonly string[], sql: string): Promise<void> => {
    if (rows.length > 0) await client.query(sql, [`[${rows.join(',')}]`])
  }
  await fill(sheets.events, inserts.events)
  await fill(sheets.messages, inserts.messages)
  await fill(sheets.decisions, inserts.decisions)
  await fill(sheets.parcels, inserts.parcels)
  await fill(sheets.moved, inserts.moved)
  await fill(sheets.identifiers, inserts.identifiers)
  await fill(sheets.personal, inserts.personal)
  await fill(sheets.scores, inserts.scores)
  await fill(sheets.shown, inserts.shown)
  await fill(sheets.stretches, inserts.stretches)
  for (const [tenant, { seq, hash }] of chains)
    await client.query('update chains set seq = $2, hash = $3 where tenant = $1', [tenant, seq, hash])
}

const inserts = {
  events: `insert into events (tenant, seq, parcel, kind, at, actor, body, hash)
    select tenant, seq, parcel, kind, at, actor, body, decode(hash, 'hex') from json_to_recordset($1::json)
    as x(tenant text, seq bigint, parcel bigint, kind text, at text, actor text, body text, hash text)`,
  messages: `insert into messages (tenant, seq, parcel, partner, digest, content, received_at)
    select tenant, seq, parcel, partner, digest, content, received_at from json_to_recordset($1::json)
    as x(tenant text, seq bigint, parcel bigint, partner text, digest text, content text, received_at text)`,
  decisions: `insert into decisions (tenant, seq, parcel, proposal, answer, edition, engine, day, messages, cause)
    select tenant, seq, parcel, proposal, answer, edition, engine, day, messages, cause from json_to_recordset($1::json)
    as x(tenant text, seq bigint, parcel bigint, proposal text, answer text, edition text, engine text, day text, messages text, cause text)`,
  parcels: `insert into parcels (tenant, parcel, identifier, created_at, updated_at, last_seq, decision, proposal, status, stage, destination, dispatch, due_at)
    select tenant, parcel, identifier, created_at, updated_at, last_seq, decision, proposal, status, stage, destination, dispatch, due_at
    from json_to_recordset($1::json) as x(tenant text, parcel bigint, identifier text, created_at text, updated_at text, last_seq bigint,
    decision bigint, proposal text, status text, stage text, destination text, dispatch text, due_at text)`,
  moved: `update parcels p set updated_at = x.updated_at, last_seq = x.last_seq, decision = x.decision, proposal = x.proposal, status = x.status, stage = x.stage,
    destination = coalesce(nullif(x.destination, ''), p.destination), dispatch = x.dispatch, due_at = x.due_at
    from (select distinct on (tenant, parcel) * from json_to_recordset($1::json) as y(tenant text, parcel bigint, updated_at text,
      last_seq bigint, decision bigint, proposal text, status text, stage text, destination text, dispatch text, due_at text) order by tenant, parcel, last_seq desc) x
    where p.tenant = x.tenant and p.parcel = x.parcel`,
  identifiers: `insert into identifiers (tenant, key, parcel) select tenant, key, parcel from json_to_recordset($1::json)
    as x(tenant text, key text, parcel bigint) on conflict do nothing`,
  personal: `insert into personal (tenant, seq, parcel, sealed, delete_after)
    select tenant, seq, parcel, decode(sealed, 'hex'), delete_after from json_to_recordset($1::json)
    as x(tenant text, seq bigint, parcel bigint, sealed text, delete_after text)`,
  stretches: `insert into stretches (tenant, partner, last_seq, first_seq) select tenant, partner, last_seq, first_seq
    from json_to_recordset($1::json) as x(tenant text, partner text, last_seq bigint, first_seq bigint)`,
  shown: `insert into decisions_of_partners (tenant, partner, seq) select tenant, partner, seq from json_to_recordset($1::json)
    as x(tenant text, partner text, seq bigint)`,
  scores: `insert into scorecards (tenant, partner, dispatch, day, received, amended, unreadable, vague, without_hs, without_origin)
    select tenant, partner, dispatch, day, sum(received), sum(amended), sum(unreadable), sum(vague), sum(without_hs), sum(without_origin)
    from json_to_recordset($1::json) as x(tenant text, partner text, dispatch text, day text, received int, amended int, unreadable int, vague int,
    without_hs int, without_origin int) group by tenant, partner, dispatch, day
    on conflict (tenant, partner, dispatch, day) do update set received = scorecards.received + excluded.received,
    amended = scorecards.amended + excluded.amended, unreadable = scorecards.unreadable + excluded.unreadable, vague = scorecards.vague + excluded.vague,
    without_hs = scorecards.without_hs + excluded.without_hs, without_origin = scorecards.without_origin + excluded.without_origin`,
} as const
