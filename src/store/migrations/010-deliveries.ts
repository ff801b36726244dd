import { sql } from 'kysely'
import { making, type NewIndex, type NewTable, type Step } from './table.ts'

const tables: readonly NewTable[] = [
  {
    name: 'stretches',
    columns: { tenant: 'text', partner: 'text', last_seq: 'number', first_seq: 'number' },
    key: ['tenant', 'partner', 'last_seq'],
  },
  {
    name: 'decisions_of_partners',
    columns: { tenant: 'text', partner: 'text', seq: 'number' },
    key: ['tenant', 'partner', 'seq'],
  },
  {
    name: 'webhooks',
    columns: {
      tenant: 'text',
      id: 'text',
      partner: 'text?',
      url: 'text',
      description: 'text',
      types: 'text',
      secret: 'bytes',
      former_secret: 'bytes?',
      former_until: 'text?',
      cursor: 'number',
      paused_at: 'text?',
      paused_because: 'text?',
      failing_since: 'text?',
      created_at: 'text',
      created_by: 'text',
    },
    key: ['tenant', 'id'],
  },
  {
    name: 'deliveries',
    columns: {
      tenant: 'text',
      webhook: 'text',
      id: 'text',
      seq: 'number',
      type: 'text',
      state: 'text',
      attempts: 'number',
      due_at: 'text',
      claimed_until: 'text?',
      tried_at: 'text?',
      status: 'number?',
      said: 'text?',
    },
    key: ['tenant', 'webhook', 'id'],
  },
]

const indexes: readonly NewIndex[] = [
  { name: 'deliveries_by_state', table: 'deliveries', columns: ['tenant', 'webhook', 'state', 'due_at'] },
]

/**
 * Webhooks, their deliveries, and what finds the decisions that a partner may see. Decisions of persons are found by an index that
 * holds them alone, so that it costs nothing while parcels are stored.
 */
export const makeDeliveries: Step = async (db, kind) => {
  await making(tables, indexes)(db, kind)
  await sql`create index events_of_persons_decisions on events (tenant, seq)
    where kind in ('decided', 'decision-undone', 'carried-out')`.execute(db)
}
