import { existsSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from '../intake/table.ts'
import type { Store, StorePlace } from '../store/open-store.ts'
import type { Arguments } from './arguments.ts'

/** The options by which a command is told where the data of the service lie. */
export const storeOptions = { database: { type: 'string' }, data: { type: 'string' } } as const

/** What the help of such a command says of them. */
export const storeHelp = `  --data DIR           folder of the SQLite store; DATA_DIR when not given, else ./data
  --database URL       PostgreSQL instead, as postgres://…; DATABASE_URL when not given`

/** Where the data lie: by --database or --data, by DATABASE_URL or DATA_DIR, or in ./data. What is given wins over the environment. */
export function storePlace(given: Arguments): StorePlace {
  const folder = given.text('data')
  const url = given.text('database') ?? (folder === null ? textOf('DATABASE_URL') : null)
  if (url !== null) {
    if (!/^postgres(ql)?:\/\//.test(url))
      throw new UsageError('The address of a database begins with postgres:// or postgresql://.')
    return { kind: 'postgres', url }
  }
  return { kind: 'sqlite', file: path.join(folder ?? textOf('DATA_DIR') ?? './data', 'greenlane.db') }
}

function textOf(variable: string): string | null {
  const text = process.env[variable]?.trim() ?? ''
  return text === '' ? null : text
}

/** Opens a store that is there. Throws UsageError where there is none, so that a wrong folder is not taken for an empty store. */
export async function openStoreThere(given: Arguments): Promise<Store> {
  const place = storePlace(given)
  if (place.kind === 'sqlite' && !existsSync(place.file))
    throw new UsageError(
      `There is no store ${place.file}. Give its folder with --data, or a PostgreSQL with --database.`,
    )
  const { openStore } = await import('../store/open-store.ts')
  return openStore(place)
}
