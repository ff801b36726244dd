import { UsageError } from '../intake/table.ts'
import { type Key, KeyFault, type KeyWish, listKeys, makeKey, revokeKey, rotateKey } from '../sign-in/keys.ts'
import { isScope, roles, scopes } from '../sign-in/roles.ts'
import type { Store } from '../store/open-store.ts'
import { type Arguments, dayText, oneOf, readArguments, usage } from './arguments.ts'
import { harmless } from './harmless.ts'
import { plainTable } from './plain-table.ts'
import { openStoreThere, storeHelp, storeOptions } from './store-place.ts'
import { tenantHelp, tenantOf, tenantOptions } from './tenant.ts'

export const keysHelp = `greenlane keys list                       every API key, without its secret
greenlane keys make --name NAME --scope S makes a key and shows its secret, once
greenlane keys rotate ID [--grace N]      gives a key a new secret; the old one opens for N seconds more
greenlane keys revoke ID                  ends a key at once

  --role ROLE          ${roles.join(', ')}; partner when not given
  --partner PARTNER    the partner that a key of this role speaks for
  --scope SCOPE        what the key is for; several times: ${scopes.join(', ')}
  --place PLACE        limits what the key sees: a country or a border post; several times
  --expires DAY        the day on which the key ends, as 2027-11-24; never when not given
  --grace N            86400, a day, when not given; 0 ends the old secret at once
${tenantHelp}
${storeHelp}

Exit code: 0, 1 when there is no such key in force, 2 for wrong use.
`

const options = {
  ...storeOptions,
  ...tenantOptions,
  name: { type: 'string' },
  role: { type: 'string', default: 'partner' },
  partner: { type: 'string' },
  scope: { type: 'string', multiple: true },
  place: { type: 'string', multiple: true },
  expires: { type: 'string' },
  grace: { type: 'string', default: '86400' },
  help: { type: 'boolean', short: 'h' },
} as const

/** Looks after the API keys of a tenant, on the store itself. */
export async function keys(args: readonly string[]): Promise<number> {
  return usage(keysHelp, async () => {
    const given = readArguments(args, options)
    if (given.flag('help')) return print(keysHelp)
    const [what, id, ...more] = given.words
    if (what === undefined || !['list', 'make', 'rotate', 'revoke'].includes(what) || more.length > 0)
      throw new UsageError('Say what to do: list, make, rotate ID or revoke ID.')
    if ((what === 'rotate' || what === 'revoke') && id === undefined)
      throw new UsageError('Name the key by the id that the list tells.')
    const wish = what === 'make' ? wishOf(given) : null
    const grace = graceOf(given)
    const store = await openStoreThere(given)
    try {
      const tenant = await tenantOf(store, given)
      if (wish !== null) return await make(store, { ...wish, tenant })
      if (what === 'list') return list(await listKeys(store.db, tenant))
      const name = { tenant, id: id as string }
      return what === 'rotate' ? await rotate(store, name, grace) : await revoke(store, name)
    } finally {
      await store.close()
    }
  })
}

function wishOf(given: Arguments): Omit<KeyWish, 'tenant'> {
  const name = given.text('name')
  if (name === null) throw new UsageError('Say with --name what the key is for, so that it is known later.')
  const asked = given.list('scope')
  const wrong = asked.find((scope) => !isScope(scope))
  if (wrong !== undefined) throw new UsageError(`--scope ${wrong}: give one of ${scopes.join(', ')}.`)
  const places = given.list('place')
  const expires = dayText(given, 'expires')
  return {
    name,
    role: oneOf(given, 'role', roles) ?? 'partner',
    partner: given.text('partner'),
    places: places.length === 0 ? null : places,
    scopes: asked.filter(isScope),
    expiresAt: expires === null ? null : `${expires}T00:00:00.000Z`,
    by: 'system',
  }
}

function graceOf(given: Arguments): number {
  const text = given.text('grace') ?? ''
  if (/^\d{1,7}$/.test(text)) return Number(text)
  throw new UsageError(`--grace ${text}: give seconds, as 3600.`)
}

async function make({ db }: Store, wish: KeyWish): Promise<number> {
  try {
    return print(`${(await makeKey(db, wish, new Date())).secret}\n`)
  } catch (error) {
    if (error instanceof KeyFault) throw new UsageError(error.message)
    throw error
  }
}

async function rotate({ db }: Store, name: { tenant: string; id: string }, grace: number): Promise<number> {
  const made = await rotateKey(db, name, grace, new Date())
  if (made === null) return noKey(name.id)
  process.stderr.write(`The old secret opens until ${made.key.formerUntil}.\n`)
  return print(`${made.secret}\n`)
}

async function revoke({ db }: Store, name: { tenant: string; id: string }): Promise<number> {
  const key = await revokeKey(db, name, new Date())
  return key === null ? noKey(name.id) : print(`Revoked at ${key.revokedAt}.\n`)
}

function list(all: readonly Key[]): number {
  if (all.length === 0) return print('There are no keys yet.\n')
  const head = ['id', 'name', 'role', 'partner', 'scopes', 'places', 'used', 'state']
  const rows = all.map((key) => [
    key.id,
    key.name,
    key.role,
    key.partner ?? '',
    key.scopes.join(', '),
    key.places?.join(', ') ?? 'all',
    key.usedAt ?? 'never',
    stateOf(key),
  ])
  return print(
    `${plainTable(
      head,
      rows.map((row) => row.map(harmless)),
    )}\n`,
  )
}

function stateOf({ revokedAt, expiresAt }: Key): string {
  if (revokedAt !== null) return `revoked ${revokedAt}`
  if (expiresAt === null) return 'in force'
  return expiresAt <= new Date().toISOString() ? `expired ${expiresAt}` : `in force until ${expiresAt}`
}

function noKey(id: string): number {
  process.stderr.write(`There is no key ${harmless(id)} in force.\n`)
  return 1
}

function print(text: string): number {
  process.stdout.write(text)
  return 0
}
