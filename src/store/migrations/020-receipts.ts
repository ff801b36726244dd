import { making, type NewIndex, type NewTable } from './table.ts'

const tables: readonly NewTable[] = [
  {
    name: 'receipts',
    columns: { tenant: 'text', id: 'text', payload: 'text', expires: 'text', given_at: 'text', given_to: 'text' },
    key: ['id'],
  },
  { name: 'receipt_keys', columns: { kid: 'text', public_key: 'text', expires: 'text' }, key: ['kid'] },
  {
    name: 'wordings',
    columns: {
      tenant: 'text',
      seller: 'text',
      named_by: 'text',
      key: 'text',
      words: 'text',
      clear: 'number',
      spoken: 'text',
      at: 'text',
    },
    key: ['tenant', 'seller', 'named_by', 'key', 'words'],
  },
]

const indexes: readonly NewIndex[] = [
  { name: 'wordings_of_seller', table: 'wordings', columns: ['tenant', 'seller', 'at'] },
]

/** Receipts of checks, the public keys they were signed with, and wordings of offers that were not clear. */
export const makeReceipts = making(tables, indexes)
