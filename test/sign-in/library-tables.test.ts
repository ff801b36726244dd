import { passkey } from '@better-auth/passkey'
import { getMigrations } from 'better-auth/db/migration'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { expect, test } from 'vitest'
import { openLog } from '../../src/running/log.ts'
import { libraryOptions } from '../../src/sign-in/library-options.ts'
import { passkeyOptions, secondFactorOptions } from '../../src/sign-in/library-plugins.ts'
import { newStore, storeKinds } from '../store/stores.fixture.ts'

test.each(storeKinds)('in %s the sign-in library finds every table, column and index that it expects', async (kind) => {
  const { store, end } = await newStore(kind)
  const lines: string[] = []
  const log = openLog('debug', { write: (line) => lines.push(line) })
  const publicUrl = 'http://localhost:8080'
  const config = { db: store.db, kind, publicUrl, secret: 'x'.repeat(40), log, now: () => new Date(), providers: [] }
  const plugins = [twoFactor(secondFactorOptions), passkey(passkeyOptions(publicUrl))]
  const { toBeCreated, toBeAdded, toBeAddedIndexes, unsafeChanges, schemaProblems } = await getMigrations({
    ...libraryOptions(config),
    plugins,
  })
  expect({ toBeCreated, toBeAdded, toBeAddedIndexes, unsafeChanges, schemaProblems }).toEqual({
    toBeCreated: [],
    toBeAdded: [],
    toBeAddedIndexes: [],
    unsafeChanges: [],
    schemaProblems: [],
  })
  // A column of another type would be told in a line of its log.
  expect(lines).toEqual([])
  await end()
})
