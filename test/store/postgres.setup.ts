import type { TestProject } from 'vitest/node'
import { findPostgres, startPostgres } from './postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the PostgreSQL server that the tests may use, or null where none was found. */
    postgres: string | null
  }
}

/** Starts one PostgreSQL server for all tests where it is installed; says so where it is not. */
export default async function setup({ provide }: TestProject): Promise<(() => Promise<void>) | undefined> {
  const bin = findPostgres()
  if (bin === null) {
    if (process.env['GREENLANE_TEST_EVERYTHING'] === '1')
      throw new Error('PostgreSQL was not found, and GREENLANE_TEST_EVERYTHING asks for its tests.')
    console.log('PostgreSQL was not found: the tests of the store run on SQLite only.')
    provide('postgres', null)
    return undefined
  }
  const server = await startPostgres(bin, ['fsync=off', 'max_connections=200'])
  provide('postgres', server.url)
  return server.stop
}
