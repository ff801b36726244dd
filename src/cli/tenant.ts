import { UsageError } from '../intake/table.ts'
import type { Store } from '../store/open-store.ts'
import type { Arguments } from './arguments.ts'

/** The option by which a command is told whose data it is about. */
export const tenantOptions = { tenant: { type: 'string' } } as const

/** What the help of such a command says of it. */
export const tenantHelp = '  --tenant TENANT      whose; may be left out where the store has one tenant only'

/** The tenant that is meant: the one given, or the only one there is. Throws UsageError that names those there are. */
export async function tenantOf({ db }: Store, given: Arguments): Promise<string> {
  const rows = await db.selectFrom('tenants').select('tenant').orderBy('tenant').execute()
  const known = rows.map(({ tenant }) => tenant)
  const asked = given.text('tenant')
  if (asked !== null && known.includes(asked)) return asked
  const [only] = known
  if (asked === null && only !== undefined && known.length === 1) return only
  const there = known.length === 0 ? 'the store has none yet: start the service first' : `there are ${known.join(', ')}`
  throw new UsageError(asked === null ? `Say whose with --tenant: ${there}.` : `--tenant ${asked}: ${there}.`)
}
