import { hash } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Fault, LinkFault } from './broken-link.ts'
import type { DecisionRow, EventRow, MessageRow, Tables } from './schema.ts'

/** Messages and decisions of a stretch of events, by their number: the events hold their digests. */
export interface CoveredRows {
  readonly messages: ReadonlyMap<number, MessageRow>
  readonly decisions: ReadonlyMap<number, DecisionRow>
}

/** Reads the messages and decisions of the events after one number up to another. */
export async function readCovered(
  db: Kysely<Tables>,
  tenant: string,
  { after, to }: { readonly after: number; readonly to: number },
): Promise<CoveredRows> {
  const rows = <Table extends 'messages' | 'decisions'>(table: Table) =>
    db
      .selectFrom<'messages' | 'decisions'>(table)
      .selectAll()
      .where('tenant', '=', tenant)
      .where('seq', '>', after)
      .where('seq', '<=', to)
  const [messages, decisions] = await Promise.all([rows('messages').execute(), rows('decisions').execute()])
  return { messages: bySeq(messages as MessageRow[]), decisions: bySeq(decisions as DecisionRow[]) }
}

function bySeq<Row extends { readonly seq: number }>(rows: readonly Row[]): ReadonlyMap<number, Row> {
  return new Map(rows.map((row) => [row.seq, row]))
}

/** What is wrong with the message or decision that an event speaks of, or null. The event itself was found to hold. */
export function faultOfRow(event: EventRow, { messages, decisions }: CoveredRows): Fault | null {
  const { kind, seq } = event
  const [message, decision] = [messages.get(seq), decisions.get(seq)]
  if (kind !== 'received' && message !== undefined) return { fault: 'row-without-event', detail: 'in messages' }
  if (kind !== 'proposed' && decision !== undefined) return { fault: 'row-without-event', detail: 'in decisions' }
  if (kind !== 'received' && kind !== 'proposed') return null
  const said = bodyOf(event)
  if (said === null) return { fault: 'unreadable', detail: 'its body is no JSON object' }
  return kind === 'received' ? faultOfMessage(said, message) : faultOfDecision(said, decision)
}

type Said = Readonly<Record<string, unknown>>

/** What an event says, its parcel and instant included. A chain that was written anew may hold anything. */
function bodyOf({ body, parcel, at }: EventRow): Said | null {
  try {
    const said: unknown = JSON.parse(body)
    return typeof said === 'object' && said !== null ? { ...said, parcel, at } : null
  } catch {
    return null
  }
}

function faultOfMessage(said: Said, row: MessageRow | undefined): Fault | null {
  if (row === undefined) return { fault: 'message-missing', detail: '' }
  const found = digestOf(row.content)
  if (found !== said['digest']) return { fault: 'message-content', detail: otherDigest(found, said['digest']) }
  const { digest, partner, parcel, received_at } = row
  return otherColumn('message-column', [
    ['digest', digest, said['digest']],
    ['partner', partner, said['partner']],
    ['parcel', parcel, said['parcel']],
    ['received_at', received_at, said['at']],
  ])
}

function faultOfDecision(said: Said, row: DecisionRow | undefined): Fault | null {
  if (row === undefined) return { fault: 'decision-missing', detail: '' }
  const found = digestOf(row.answer)
  if (found !== said['digest']) return { fault: 'answer', detail: otherDigest(found, said['digest']) }
  const { proposal, edition, engine, day, cause, messages, parcel } = row
  return otherColumn('decision-column', [
    ['proposal', proposal, said['proposal']],
    ['edition', edition, said['knowledge']],
    ['engine', engine, said['engine']],
    ['day', day, said['day']],
    ['cause', cause, said['cause']],
    ['messages', messages, JSON.stringify(said['messages'])],
    ['parcel', parcel, said['parcel']],
  ])
}

function otherDigest(found: string, said: unknown): string {
  return `its SHA-256 is ${found}, not ${said}`
}

function otherColumn(
  fault: LinkFault,
  columns: readonly (readonly [column: string, stands: unknown, said: unknown])[],
): Fault | null {
  const other = columns.find(([, stands, said]) => stands !== said)
  if (other === undefined) return null
  const [column, stands, said] = other
  return { fault, detail: `${column} is ${JSON.stringify(stands)}, not ${JSON.stringify(said)}` }
}

/** SHA-256 of a text; a changed column can also bring bytes that are no text. */
function digestOf(text: unknown): string {
  return typeof text === 'string' ? hash('sha256', text) : 'none'
}
