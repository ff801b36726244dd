import type pg from 'pg'
import { chainHash, firstHash, hexOf, type NewEvent } from '../chain.ts'
import {
  type Batch,
  countRow,
  proposedBody,
  type Recorded,
  type RecordRow,
  receivedBody,
  type Score,
  type StoredMessage,
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
  readonly questions: string[]
  readonly forgotten: Set<string>
  readonly scores: string[]
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
    questions: [],
    forgotten: new Set(),
    scores: [],
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
    `select p.parcel, p.last_seq, p.decision, d.answer from parcels p join decisions d on d.tenant = p.tenant and d.seq = p.decision
     where p.tenant = $1 and p.parcel = any($2)`,
    [tenant, parcels],
  )
  const said = await client.query<StoredMessage & { parcel: number; digest: string }>(
    `select parcel, seq, partner, digest, received_at as at, content from messages
     where tenant = $1 and parcel = any($2) order by seq`,
    [tenant, parcels],
  )
  for (const { parcel, last_seq: last, decision, answer } of rows) {
    const messages = said.rows.filter((message) => message.parcel === parcel)
    standing.set(`${tenant} ${parcel}`, { last, decision, answer, messages })
  }
}

interface Under {
  readonly batch: Batch
  readonly bytes: Buffer
  readonly scores: Map<string, Score>
  readonly toMerge: Set<number>
  readonly desk: Desk
}

function recordBatch(batch: Batch, desk: Desk): readonly Recorded[] {
  const under: Under = {
    batch,
    bytes: Buffer.from(new Uint8Array(batch.bytes)),
    scores: new Map(),
    toMerge: new Set(),
    desk,
  }
  const recorded = batch.rows.map((row) => recordRow(row, under))
  for (const [dispatch, { received, amended, vague, withoutHs, withoutOrigin }] of under.scores) {
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
        unreadable: 0,
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
  if (row.merged !== null && row.merged.last === stands.last) return storeMore(row, parcel, under)
  const last = stands.messages.findLast((message) => message.partner === partner)
  if (row.merged === null && !toMerge.has(parcel) && last?.digest === row.digest)
    return { kind: 'known', parcel, seq: stands.decision, answer: stands.answer }
  toMerge.add(parcel)
  const messages = stands.messages.map(({ seq, partner, at, content }) => ({ seq, partner, at, content }))
  return { kind: 'merge', parcel, last: stands.last, messages }
}

function storeNew(row: RecordRow, under: Under): Recorded {
  const { batch, desk } = under
  const { tenant, at } = batch
  const parcel = (desk.chains.get(tenant) as Chain).seq + 1
  const { seq, last } = storeSaid(row, parcel, under)
  desk.sheets.parcels.push(
    JSON.stringify({ ...movedRow(row, parcel, { tenant, at, seq, last }), created_at: at, status: 'open' }),
  )
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
  { identifier, proposal, stage, destination, dispatch }: RecordRow,
  parcel: number,
  { tenant, at, seq, last }: { tenant: string; at: string; seq: number; last: number },
): object {
  return {
    tenant,
    parcel,
    identifier,
    updated_at: at,
    last_seq: last,
    decision: seq,
    proposal,
    stage,
    destination,
    dispatch,
  }
}

/** Writes the message with its people, the decision and the questions it opens, each with its event, and keeps what stands up to date. */
function storeSaid(row: RecordRow, parcel: number, under: Under): { seq: number; last: number } {
  const { batch, bytes, desk, scores } = under
  const { tenant, partner, at, edition, engine, day } = batch
  const { sheets } = desk
  const stands = desk.standing.get(`${tenant} ${parcel}`)
  const content = bytes.toString('utf8', ...row.content)
  const answer = bytes.toString('utf8', ...row.answer)
  let messages = row.merged?.messages ?? []
  let said = stands?.messages ?? []
  if (row.merged === null || row.merged.message) {
    const seq = append(
      { parcel, kind: 'received', at, actor: batch.actor, body: receivedBody(row, partner) },
      tenant,
      desk,
    )
    const { digest } = row
    sheets.messages.push(
      `${JSON.stringify({ tenant, seq, parcel, partner, digest, received_at: at }).slice(0, -1)},"content":${content}}`,
    )
    if (row.people !== null) {
      const { sealed, deleteAfter: delete_after } = row.people
      sheets.personal.push(JSON.stringify({ tenant, seq, parcel, sealed: hexOf(sealed), delete_after }))
    }
    messages = [...messages, seq]
    said = [...said, { seq, partner, at, content, digest }]
    countRow(scores, row)
  }
  for (const key of row.keys) {
    if (desk.known.has(`${tenant} ${key}`)) continue
    desk.known.set(`${tenant} ${key}`, parcel)
    sheets.identifiers.push(JSON.stringify({ tenant, key, parcel }))
  }
  const seq = append(
    { parcel, kind: 'proposed', at, actor: 'system', body: proposedBody(row, batch, messages) },
    tenant,
    desk,
  )
  const { proposal, merged } = row
  const told = { tenant, seq, parcel, proposal, edition, engine, day, messages: JSON.stringify(messages) }
  sheets.decisions.push(
    `${JSON.stringify({ ...told, cause: merged?.cause ?? 'received' }).slice(0, -1)},"answer":${answer}}`,
  )
  if (merged !== null) sheets.forgotten.add(`${tenant} ${parcel}`)
  const last = row.asked === null ? seq : storeAsked(row.asked, parcel, under)
  desk.standing.set(`${tenant} ${parcel}`, { last, decision: seq, answer, messages: said })
  return { seq, last }
}

function storeAsked(asked: NonNullable<RecordRow['asked']>, parcel: number, { batch, desk }: Under): number {
  const { tenant, at } = batch
  const seq = append({ parcel, kind: 'asked', at, actor: 'system', body: asked.body }, tenant, desk)
  for (const { item, fact, sentence, whom } of asked.questions)
    desk.sheets.questions.push(
      JSON.stringify({
        tenant,
        parcel,
        item,
        fact,
        sentence,
        whom: JSON.stringify(whom),
        asked_at: at,
        remind_at: asked.remindAt,
        deadline: asked.deadline,
        round: 1,
      }),
    )
  return seq
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
  const { forgotten } = sheets
  if (forgotten.size > 0) {
    const pairs = [...forgotten].map((one) => one.split(' '))
    await client.query(
      'delete from questions q using unnest($1::text[], $2::bigint[]) as x(tenant, parcel) where q.tenant = x.tenant and q.parcel = x.parcel',
      [pairs.map(([tenant]) => tenant), pairs.map(([, parcel]) => parcel)],
    )
  }
  await fill(sheets.events, inserts.events)
  await fill(sheets.messages, inserts.messages)
  await fill(sheets.decisions, inserts.decisions)
  await fill(sheets.parcels, inserts.parcels)
  await fill(sheets.moved, inserts.moved)
  await fill(sheets.identifiers, inserts.identifiers)
  await fill(sheets.personal, inserts.personal)
  await fill(sheets.questions, inserts.questions)
  await fill(sheets.scores, inserts.scores)
  for (const [tenant, { seq, hash }] of chains)
    await client.query('update chains set seq = $2, hash = $3 where tenant = $1', [tenant, seq, hash])
}

const inserts = {
  events: `insert into events (tenant, seq, parcel, kind, at, actor, body, hash)
    select tenant, seq, parcel, kind, at, actor, body, decode(hash, 'hex') from json_to_recordset($1::json)
    as x(tenant text, seq bigint, parcel bigint, kind text, at text, actor text, body text, hash text)`,
  messages: `insert into messages (tenant, seq, parcel, partner, digest, content, received_at)
    select tenant, seq, parcel, partner, digest, content::text, received_at from json_to_recordset($1::json)
    as x(tenant text, seq bigint, parcel bigint, partner text, digest text, content json, received_at text)`,
  decisions: `insert into decisions (tenant, seq, parcel, proposal, answer, edition, engine, day, messages, cause)
    select tenant, seq, parcel, proposal, answer::text, edition, engine, day, messages, cause from json_to_recordset($1::json)
    as x(tenant text, seq bigint, parcel bigint, proposal text, answer json, edition text, engine text, day text, messages text, cause text)`,
  parcels: `insert into parcels (tenant, parcel, identifier, created_at, updated_at, last_seq, decision, proposal, status, stage, destination, dispatch)
    select tenant, parcel, identifier, created_at, updated_at, last_seq, decision, proposal, status, stage, destination, dispatch
    from json_to_recordset($1::json) as x(tenant text, parcel bigint, identifier text, created_at text, updated_at text, last_seq bigint,
    decision bigint, proposal text, status text, stage text, destination text, dispatch text)`,
  moved: `update parcels p set updated_at = x.updated_at, last_seq = x.last_seq, decision = x.decision, proposal = x.proposal, stage = x.stage,
    destination = x.destination, dispatch = x.dispatch
    from (select distinct on (tenant, parcel) * from json_to_recordset($1::json) as y(tenant text, parcel bigint, updated_at text,
      last_seq bigint, decision bigint, proposal text, stage text, destination text, dispatch text) order by tenant, parcel, last_seq desc) x
    where p.tenant = x.tenant and p.parcel = x.parcel`,
  identifiers: `insert into identifiers (tenant, key, parcel) select tenant, key, parcel from json_to_recordset($1::json)
    as x(tenant text, key text, parcel bigint) on conflict do nothing`,
  personal: `insert into personal (tenant, seq, parcel, sealed, delete_after)
    select tenant, seq, parcel, decode(sealed, 'hex'), delete_after from json_to_recordset($1::json)
    as x(tenant text, seq bigint, parcel bigint, sealed text, delete_after text)`,
  questions: `insert into questions (tenant, parcel, item, fact, sentence, whom, asked_at, remind_at, deadline, round)
    select tenant, parcel, item, fact, sentence, whom, asked_at, remind_at, deadline, round from json_to_recordset($1::json)
    as x(tenant text, parcel bigint, item int, fact text, sentence text, whom text, asked_at text, remind_at text, deadline text, round int)
    on conflict do nothing`,
  scores: `insert into scorecards (tenant, partner, dispatch, day, received, amended, unreadable, vague, without_hs, without_origin)
    select tenant, partner, dispatch, day, sum(received), sum(amended), 0, sum(vague), sum(without_hs), sum(without_origin)
    from json_to_recordset($1::json) as x(tenant text, partner text, dispatch text, day text, received int, amended int, vague int,
    without_hs int, without_origin int) group by tenant, partner, dispatch, day
    on conflict (tenant, partner, dispatch, day) do update set received = scorecards.received + excluded.received,
    amended = scorecards.amended + excluded.amended, vague = scorecards.vague + excluded.vague,
    without_hs = scorecards.without_hs + excluded.without_hs, without_origin = scorecards.without_origin + excluded.without_origin`,
} as const
