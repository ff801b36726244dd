import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openKeyDoor } from '../../src/sign-in/key-door.ts'
import { findLink } from '../../src/sign-in/links.ts'
import { openStore, type Store } from '../../src/store/open-store.ts'
import { greenlane } from '../intake/greenlane.ts'
import { newPlace, storeKinds } from '../store/stores.fixture.ts'

describe.each(storeKinds)('the commands for keys and people, on a store in %s that is in use', (kind) => {
  let store: Store
  let where: readonly string[]
  let remove: () => Promise<void>
  beforeAll(async () => {
    const made = await newPlace(kind)
    remove = made.remove
    store = await openStore(made.place)
    where = made.place.kind === 'sqlite' ? ['--data', path.dirname(made.place.file)] : ['--database', made.place.url]
    const tenant = { tenant: 'nvwa', name: 'NVWA', created_at: new Date().toISOString() }
    await store.db.insertInto('tenants').values(tenant).execute()
  })
  afterAll(async () => {
    await store.close()
    await remove()
  })
  const run = (...args: readonly string[]) => greenlane([...args, ...where])
  const opens = async (secret: string) => (await openKeyDoor(store.db, () => new Date()).find(secret.trim())) !== null

  test('make, list, rotate and revoke a key', async () => {
    const wish = ['--name', 'Parcels of the post', '--partner', 'postnl', '--scope', 'parcels:write']
    const made = await run('keys', 'make', ...wish)
    expect([made.status, await opens(made.stdout)]).toEqual([0, true])
    const id = made.stdout.split('_')[1] as string
    const listed = await run('keys', 'list')
    expect(listed.stdout).toMatch(
      new RegExp(`${id}\\s+Parcels of the post\\s+partner\\s+postnl\\s+parcels:write\\s+all`),
    )
    expect(listed.stdout).not.toContain(made.stdout.trim().slice(-49))
    const rotated = await run('keys', 'rotate', id, '--grace', '0')
    expect([rotated.status, await opens(rotated.stdout), await opens(made.stdout)]).toEqual([0, true, false])
    const revoked = await run('keys', 'revoke', id)
    expect([revoked.status, await opens(rotated.stdout)]).toEqual([0, false])
    expect(await run('keys', 'rotate', id)).toMatchObject({ status: 1, stderr: `There is no key ${id} in force.\n` })
  })

  test('tell what is missing or wrong', async () => {
    const told = async (...args: readonly string[]) => (await run(...args)).stderr.split('\n')[0]
    expect(await told('keys')).toBe('Say what to do: list, make, rotate ID or revoke ID.')
    expect(await told('keys', 'make', '--name', 'X', '--scope', 'everything')).toMatch(
      /^--scope everything: give one of/,
    )
    expect(await told('keys', 'make', '--name', 'X', '--scope', 'parcels:write')).toMatch(/names the partner it is for/)
    expect(await told('keys', 'list', '--tenant', 'bfsa')).toBe('--tenant bfsa: there are nvwa.')
    expect(await told('people', 'invite', 'ana')).toMatch(/^Give the e-mail address/)
    expect(await told('people', 'invite', 'ana@office.example')).toMatch(/^Say with --role/)
    expect((await run('people', 'remove', 'nobody')).status).toBe(1)
  })

  test('invite a person, list who may sign in, and make a way in for an administrator', async () => {
    expect((await run('people', 'list')).stdout).toMatch(/^Nobody may sign in yet/)
    const invited = await run('people', 'invite', 'ana@office.example', '--role', 'officer', '--place', 'NL')
    const token = new URL(invited.stdout.trim()).searchParams.get('token') ?? ''
    expect(await findLink(store.db, token, new Date())).toMatchObject({
      role: 'officer',
      places: ['NL'],
      tenant: 'nvwa',
    })
    expect((await run('people', 'list')).stdout).toMatch(/ana@office\.example\s+officer\s+NL\s+invited until/)
    const link = await run('people', 'link')
    const first = new URL(link.stdout.trim()).searchParams.get('token') ?? ''
    expect(await findLink(store.db, first, new Date())).toMatchObject({ role: 'administrator', email: null })
  })
})
