import pg from 'pg'

/** Numbers of 64 bits come as numbers: sequences and counts stay far below 2^53. */
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format ?? 'text'),
}

/** A pool of connections to PostgreSQL. A broken idle connection is dropped and made anew when it is needed. */
export function openPool(url: string, most: number, onFault: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: most,
    types: types as pg.CustomTypesConfig,
    connectionTimeoutMillis: 10_000,
    application_name: 'greenlane',
  })
  pool.on('error', onFault)
  // A connection that breaks while it is in use says so twice: to whoever uses it, and here; unheard, that would end the process.
  pool.on('connect', (client) => client.on('error', onFault))
  return pool
}
