import { making, type NewIndex, type NewTable } from './table.ts'

const tables: readonly NewTable[] = [
  { name: 'tenants', columns: { tenant: 'text', name: 'text', created_at: 'text' }, key: ['tenant'] },
  { name: 'chains', columns: { tenant: 'text', seq: 'number', hash: 'bytes' }, key: ['tenant'] },
  {
    name: 'events',
    columns: {
      tenant: 'text',
      seq: 'number',
      parcel: 'number',
      kind: 'text',
      at: 'text',
      actor: 'text',
      body: 'text',
      hash: 'bytes',
    },
    key: ['tenant', 'seq'],
  },
  {
    name: 'parcels',
    columns: {
      tenant: 'text',
      parcel: 'number',
      identifier: 'text',
      created_at: 'text',
      updated_at: 'text',
      last_seq: 'number',
      decision: 'number',
      proposal: 'text',
      status: 'text',
      stage: 'text',
      destination: 'text',
      dispatch: 'text',
      due_at: 'text?',
    },
    key: ['tenant', 'parcel'],
  },
  { name: 'identifiers', columns: { tenant: 'text', key: 'text', parcel: 'number' }, key: ['tenant', 'key'] },
  {
    name: 'messages',
    columns: {
      tenant: 'text',
      seq: 'number',
      parcel: 'number',
      partner: 'text',
      digest: 'text',
      content: 'text',
      received_at: 'text',
    },
    key: ['tenant', 'seq'],
  },
  {
    name: 'decisions',
    columns: {
      tenant: 'text',
      seq: 'number',
      parcel: 'number',
      proposal: 'text',
      answer: 'text',
      edition: 'text',
      engine: 'text',
      day: 'text',
      messages: 'text',
      cause: 'text',
    },
    key: ['tenant', 'seq'],
  },
  {
    name: 'personal',
    columns: { tenant: 'text', seq: 'number', parcel: 'number', sealed: 'bytes', delete_after: 'text' },
    key: ['tenant', 'seq'],
  },
  {
    name: 'scorecards',
    columns: {
      tenant: 'text',
      partner: 'text',
      dispatch: 'text',
      day: 'text',
      received: 'number',
      amended: 'number',
      unreadable: 'number',
      vague: 'number',
      without_hs: 'number',
      without_origin: 'number',
    },
    key: ['tenant', 'partner', 'dispatch', 'day'],
  },
  { name: 'settings', columns: { name: 'text', value: 'text' }, key: ['name'] },
]

const indexes: readonly NewIndex[] = [
  { name: 'events_of_parcel', table: 'events', columns: ['tenant', 'parcel', 'seq'] },
  { name: 'messages_of_parcel', table: 'messages', columns: ['tenant', 'parcel', 'seq'] },
  { name: 'personal_by_end', table: 'personal', columns: ['delete_after'] },
  { name: 'parcels_by_due', table: 'parcels', columns: ['due_at'] },
]

/** Tenants, their chains of events, parcels with messages, decisions and people. */
export const makeParcels = making(tables, indexes)
