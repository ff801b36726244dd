import { makeKey } from '../../src/sign-in/keys.ts'
import { ensureTenant } from '../../src/store/tenants.ts'
import { withStore } from './proofs.ts'
import type { Client } from './senders.ts'
import type { Place } from './serving.ts'

const tenant = 'main'

/** Makes keys for partners that send parcels and read their decisions, and one that reads every decision of the tenant. */
export async function makeKeys(
  place: Place,
  partners: readonly string[],
): Promise<{ readonly clients: readonly Client[]; readonly viewer: string }> {
  return withStore(place, async ({ db }) => {
    const now = new Date()
    await ensureTenant(db, tenant, now.getTime())
    const usual = { tenant, places: null, expiresAt: null, by: 'system' }
    const clients: Client[] = []
    for (const partner of partners) {
      const scopes = ['parcels:write', 'parcels:read', 'decisions:read', 'checks:write'] as const
      const { secret } = await makeKey(db, { ...usual, name: partner, role: 'partner', partner, scopes }, now)
      clients.push({ partner, key: secret })
    }
    const scopes = ['parcels:read', 'decisions:read'] as const
    const { secret } = await makeKey(db, { ...usual, name: 'viewer', role: 'viewer', partner: null, scopes }, now)
    return { clients, viewer: secret }
  })
}
