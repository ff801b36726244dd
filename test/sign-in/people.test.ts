import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { invitationFor, makeFirstLink, makeLink } from '../../src/sign-in/links.ts'
import { findMembership, listMembers } from '../../src/sign-in/members.ts'
import { storeKinds } from '../store/stores.fixture.ts'
import { startService, type TestService, Visitor } from './service.fixture.ts'
import { codeAt } from './totp.ts'

const password = 'seven quiet herons in fog'

interface Signed {
  readonly visitor: Visitor
  readonly key: string
  readonly codes: readonly string[]
}

/** Makes another administrator, so that one may stop being one. */
async function makeMember({ store }: TestService, tenant: string): Promise<void> {
  const member = { person: `other of ${tenant}`, tenant, role: 'administrator', places: null, made_by: 'system' }
  await store.db
    .insertInto('members')
    .values({ ...member, made_at: new Date().toISOString() })
    .execute()
}

describe.each(storeKinds)('people who sign in, in %s', (kind) => {
  let service: TestService
  let people = 0
  beforeAll(async () => {
    service = await startService({ kind })
  })
  afterAll(() => service.end())
  // All of it comes from one address, which may try once a second.
  beforeEach(() => {
    service.clock.ahead += 100_000
  })

  const now = () => new Date(Date.now() + service.clock.ahead)
  const link = async (email: string, role: 'viewer' | 'officer' = 'officer', tenant = 'nvwa') => {
    const wish = { tenant, email, role, places: null, by: 'system', lasts: invitationFor }
    return (await makeLink(service.store.db, wish, now())).token
  }
  const address = () => `ana${++people}@office.example`

  /** A visitor who went through the welcome page and has a password. */
  async function welcomed(token: string, email: string): Promise<Visitor> {
    const visitor = new Visitor(service.url)
    const answer = await visitor.post('/welcome', { token, name: 'Ana Beispiel', email, password })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe('/set-up')
    return visitor
  }

  async function withApp(visitor: Visitor): Promise<Signed> {
    const page = await (await visitor.post('/set-up', { password })).text()
    const key = (/<code id="key">([^<]+)</.exec(page)?.[1] ?? '').replaceAll(' ', '')
    const codes = [...page.matchAll(/<li><code>([^<]+)</g)].map(([, code]) => code as string)
    const done = await visitor.post('/set-up/code', { code: codeAt(key, Date.now()) })
    expect(done.headers.get('location')).toBe('/account')
    return { visitor, key, codes }
  }

  async function signedIn(email = address()): Promise<Signed> {
    return withApp(await welcomed(await link(email), email))
  }

  test('the first administrator comes in once, by the link that the first start prints', async () => {
    const token = (await makeFirstLink(service.store.db, { tenant: 'first', lockedOut: false }, now())) as string
    const visitor = new Visitor(service.url)
    expect(await (await visitor.get(`/welcome?token=${token}`)).text()).toContain('first administrator')
    await welcomed(token, 'first@office.example')
    expect((await visitor.get(`/welcome?token=${token}`)).status).toBe(410)
    const again = await visitor.post('/welcome', { token, name: 'B', email: 'b@office.example', password })
    expect(again.status).toBe(410)
    expect(await listMembers(service.store.db, 'first')).toMatchObject([
      { role: 'administrator', name: 'Ana Beispiel' },
    ])
    expect(await makeFirstLink(service.store.db, { tenant: 'first', lockedOut: false }, now())).toBeNull()
  })

  test('a link is stored as a digest, ends after its time, and an older first link ends with a newer one', async () => {
    const old = (await makeFirstLink(service.store.db, { tenant: 'second', lockedOut: false }, now())) as string
    const token = (await makeFirstLink(service.store.db, { tenant: 'second', lockedOut: false }, now())) as string
    const visitor = new Visitor(service.url)
    expect((await visitor.get(`/welcome?token=${old}`)).status).toBe(410)
    expect((await visitor.get(`/welcome?token=${token}`)).status).toBe(200)
    const rows = await service.store.db.selectFrom('links').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(token.slice(-40))
    const before = service.clock.ahead
    service.clock.ahead += 25 * 3600_000
    expect((await visitor.get(`/welcome?token=${token}`)).status).toBe(410)
    service.clock.ahead = before
  })

  test('a mistake in the form uses no link up, and is told', async () => {
    const email = address()
    const token = await link(email)
    const visitor = new Visitor(service.url)
    const tried = async (fields: Record<string, string>) => {
      const answer = await visitor.post('/welcome', { token, name: 'Ana', email, password, ...fields })
      return [answer.status, /role="alert" class="fault">([^<]+)</.exec(await answer.text())?.[1]]
    }
    expect(await tried({ password: 'short' })).toEqual([422, 'The password has fewer than 12 letters.'])
    expect(await tried({ password: 'greenlane1234567890' })).toEqual([422, expect.stringContaining('easily guessed')])
    expect(await tried({ name: ' ' })).toEqual([422, 'Type your name.'])
    await welcomed(token, email)
  })

  test('an invitation ends those made before for the same person', async () => {
    const email = address()
    const old = await link(email)
    const token = await link(email)
    const visitor = new Visitor(service.url)
    expect((await visitor.get(`/welcome?token=${old}`)).status).toBe(410)
    await welcomed(token, email)
  })

  test('an invitation counts for the address that it names, whatever the form says', async () => {
    const email = address()
    await welcomed(await link(email, 'viewer'), 'somebody.else@office.example')
    const member = (await listMembers(service.store.db, 'nvwa')).find((one) => one.email === email)
    expect(member?.role).toBe('viewer')
  })

  test('a link of one organisation does not take over a member of another', async () => {
    const email = address()
    const { visitor } = await signedIn(email)
    const token = await link(email, 'officer', 'bfsa')
    const answer = await new Visitor(service.url).post('/welcome', { token, name: 'Eve', email, password })
    expect(await answer.text()).toContain('somebody of another organisation')
    expect((await visitor.get('/account')).status).toBe(200)
  })

  test('a password alone lets nobody in: it leads to the second factor', async () => {
    const email = address()
    const visitor = await welcomed(await link(email), email)
    for (const path of ['/account', '/keys', '/members']) {
      const answer = await visitor.get(path)
      expect([303, 401]).toContain(answer.status)
      if (answer.status === 303) expect(answer.headers.get('location')).toBe('/set-up')
    }
    const { key } = await withApp(visitor)
    expect((await visitor.get('/account')).status).toBe(200)
    const other = new Visitor(service.url)
    const asked = await other.post('/sign-in', { email, password })
    expect(asked.headers.get('location')).toBe('/sign-in/code')
    expect((await other.get('/account')).headers.get('location')).toBe('/sign-in')
    expect((await other.post('/sign-in/code', { code: '000000' })).status).toBe(401)
    const done = await other.post('/sign-in/code', { code: codeAt(key, Date.now() + 30_000) })
    expect(done.headers.get('location')).toBe('/account')
    expect((await other.get('/account')).status).toBe(200)
  })

  test('a code of the app lets in once only', async () => {
    const email = address()
    const { key } = await signedIn(email)
    const code = codeAt(key, Date.now() + 30_000)
    const first = new Visitor(service.url)
    await first.post('/sign-in', { email, password })
    expect((await first.post('/sign-in/code', { code })).headers.get('location')).toBe('/account')
    const second = new Visitor(service.url)
    await second.post('/sign-in', { email, password })
    expect((await second.post('/sign-in/code', { code })).status).toBe(401)
    expect((await second.get('/account')).headers.get('location')).toBe('/sign-in')
  })

  test('a backup code lets in once, and is stored sealed', async () => {
    const email = address()
    const { codes } = await signedIn(email)
    expect(codes).toHaveLength(10)
    const visitor = new Visitor(service.url)
    await visitor.post('/sign-in', { email, password })
    const [code = ''] = codes
    expect((await visitor.post('/sign-in/code', { code })).headers.get('location')).toBe('/account')
    const again = new Visitor(service.url)
    await again.post('/sign-in', { email, password })
    expect((await again.post('/sign-in/code', { code })).status).toBe(401)
    // biome-ignore lint/suspicious/noExplicitAny: the library's own columns
    const rows = await (service.store.db as any).selectFrom('sign_in_second_factors').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(codes[1])
  })

  test('a wrong address and a wrong password are told alike', async () => {
    const email = address()
    await signedIn(email)
    const refusal = async (fields: Record<string, string>) => {
      const answer = await new Visitor(service.url).post('/sign-in', fields)
      return [answer.status, (await answer.text()).replace(/value="[^"]*"/g, '')]
    }
    const wrong = await refusal({ email, password: 'a wrong password' })
    expect(wrong[0]).toBe(401)
    expect(await refusal({ email: 'nobody@office.example', password: 'a wrong password' })).toEqual(wrong)
  })

  test('guessing at one account ends after ten attempts, from wherever', async () => {
    const email = address()
    await signedIn(email)
    const statuses: number[] = []
    for (let attempt = 0; attempt < 12; attempt++) {
      service.clock.ahead += 1000
      statuses.push((await new Visitor(service.url).post('/sign-in', { email, password: `wrong ${attempt}` })).status)
    }
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401))
    expect(statuses.at(-1)).toBe(429)
  })

  test('every sign-in makes a new session, and signing out ends it on the server', async () => {
    const email = address()
    const { visitor, key } = await signedIn(email)
    const other = new Visitor(service.url)
    await other.post('/sign-in', { email, password })
    await other.post('/sign-in/code', { code: codeAt(key, Date.now() + 30_000) })
    expect(other.cookies()).not.toBe(visitor.cookies())
    const twin = other.twin()
    await other.post('/sign-out')
    expect((await twin.get('/account')).headers.get('location')).toBe('/sign-in')
    expect((await visitor.get('/account')).status).toBe(200)
  })

  test('signing out everywhere ends every session of the person', async () => {
    const email = address()
    const { visitor, key } = await signedIn(email)
    const other = new Visitor(service.url)
    await other.post('/sign-in', { email, password })
    await other.post('/sign-in/code', { code: codeAt(key, Date.now() + 30_000) })
    await other.post('/sign-out/everywhere')
    expect((await visitor.get('/account')).headers.get('location')).toBe('/sign-in')
  })

  test('a session ends twelve hours after signing in, however busy', async () => {
    const { visitor } = await signedIn()
    const before = service.clock.ahead
    service.clock.ahead = 12 * 3600_000 - 60_000
    expect((await visitor.get('/account')).status).toBe(200)
    service.clock.ahead = 12 * 3600_000
    expect((await visitor.get('/account')).headers.get('location')).toBe('/sign-in')
    service.clock.ahead = before
    expect((await visitor.get('/account')).headers.get('location')).toBe('/sign-in')
  })

  test('a session ends after an hour without a request', async () => {
    const { visitor } = await signedIn()
    const { db } = service.store
    const person = (await db.selectFrom('sign_in_sessions').select(['id', 'userId']).execute()).at(-1)
    // biome-ignore lint/suspicious/noExplicitAny: the library's own columns
    const own = db as any
    const rows = await own.selectFrom('sign_in_sessions').selectAll().where('id', '=', person?.id).execute()
    const [row] = rows
    expect(new Date(row.expiresAt).getTime() - Date.now()).toBeGreaterThan(3590_000)
    expect(new Date(row.expiresAt).getTime() - Date.now()).toBeLessThanOrEqual(3600_000)
    const past = new Date(Date.now() - 1000)
    await own
      .updateTable('sign_in_sessions')
      .set({ expiresAt: kind === 'sqlite' ? past.toISOString() : past })
      .execute()
    expect((await visitor.get('/account')).headers.get('location')).toBe('/sign-in')
  })

  test('changing the password needs the old one, keeps this browser in and puts every other out', async () => {
    const email = address()
    const { visitor } = await signedIn(email)
    const twin = visitor.twin()
    const next = 'eleven loud owls at noon'
    const wrong = await visitor.post('/account/password', { current: 'not the password', new: next })
    expect(wrong.headers.get('location')).toContain('password-wrong')
    const done = await visitor.post('/account/password', { current: password, new: next })
    expect(done.headers.get('location')).toContain('done=password')
    expect((await visitor.get('/account')).status).toBe(200)
    expect((await twin.get('/account')).headers.get('location')).toBe('/sign-in')
    const other = new Visitor(service.url)
    expect((await other.post('/sign-in', { email, password })).status).toBe(401)
    expect((await other.post('/sign-in', { email, password: next })).status).toBe(303)
  })

  test('somebody who is invited again starts anew: what let them in before does so no longer', async () => {
    const email = address()
    const { visitor } = await signedIn(email)
    const again = await welcomed(await link(email, 'viewer'), email)
    expect((await visitor.get('/account')).headers.get('location')).toBe('/sign-in')
    expect((await again.get('/account')).headers.get('location')).toBe('/set-up')
    const row = await service.store.db
      .selectFrom('sign_in_people')
      .select('id')
      .where('email', '=', email)
      .executeTakeFirst()
    expect((await findMembership(service.store.db, row?.id ?? ''))?.role).toBe('viewer')
  })

  test('a removed member is out at once', async () => {
    const email = address()
    const { visitor } = await signedIn(email)
    const member = (await listMembers(service.store.db, 'nvwa')).find((one) => one.email === email)
    const authorization = `Bearer ${await service.key({})}`
    const removed = await fetch(`${service.url}/members/${member?.person}`, {
      method: 'DELETE',
      headers: { authorization },
    })
    expect(removed.status).toBe(204)
    expect((await visitor.get('/account')).headers.get('location')).toBe('/sign-in')
    expect((await new Visitor(service.url).post('/sign-in', { email, password })).status).toBe(401)
  })

  test('an administrator signs a member out everywhere, and nobody of another organisation', async () => {
    const email = address()
    const { visitor } = await signedIn(email)
    const member = (await listMembers(service.store.db, 'nvwa')).find((one) => one.email === email)
    const signOut = async (tenant: string) => {
      const headers = { authorization: `Bearer ${await service.key({ tenant })}` }
      return (await fetch(`${service.url}/members/${member?.person}/sessions`, { method: 'DELETE', headers })).status
    }
    expect(await signOut('bfsa')).toBe(404)
    expect((await visitor.get('/account')).status).toBe(200)
    expect(await signOut('nvwa')).toBe(204)
    expect((await visitor.get('/account')).headers.get('location')).toBe('/sign-in')
  })

  test('a changed role holds from the next request, and the last administrator stays one', async () => {
    const email = address()
    const wish = {
      tenant: 'role',
      email,
      role: 'administrator',
      places: null,
      by: 'system',
      lasts: invitationFor,
    } as const
    const { token } = await makeLink(service.store.db, wish, now())
    const { visitor } = await withApp(await welcomed(token, email))
    expect((await visitor.get('/members')).status).toBe(200)
    const [member] = await listMembers(service.store.db, 'role')
    const change = async () => {
      const headers = {
        authorization: `Bearer ${await service.key({ tenant: 'role' })}`,
        'content-type': 'application/json',
      }
      const body = JSON.stringify({ role: 'viewer', places: ['NL'] })
      return (await fetch(`${service.url}/members/${member?.person}`, { method: 'PATCH', headers, body })).status
    }
    expect(await change()).toBe(409)
    await makeMember(service, 'role')
    expect(await change()).toBe(200)
    expect((await visitor.get('/members')).status).toBe(403)
  })

  test('a passkey is neither added nor removed a quarter of an hour after signing in', async () => {
    const before = service.clock.ahead
    service.clock.ahead = 0
    const { visitor } = await signedIn()
    const add = '/sign-in/at/passkey/generate-register-options'
    expect((await visitor.get(add)).status).toBe(200)
    service.clock.ahead = 16 * 60_000
    expect((await visitor.get(add)).status).toBe(403)
    const removal = await visitor.post('/account/passkeys/any/removal')
    expect(removal.headers.get('location')).toContain('session-old')
    service.clock.ahead = before
  })

  test('nobody signs up by themselves: the library’s own addresses are not there', async () => {
    for (const path of [
      'sign-up/email',
      'sign-in/email',
      'get-session',
      'two-factor/disable',
      'update-user',
      'delete-user',
    ]) {
      const visitor = new Visitor(service.url)
      expect((await visitor.post(`/sign-in/at/${path}`, { email: 'x@y.example', password, name: 'X' })).status).toBe(
        404,
      )
    }
  })

  test('every way in, every refusal and every change of what lets people in is a line of the log', () => {
    const kinds = [...service.logged().matchAll(/"msg":"Sign-in"|"kind":"([a-z-]+)"/g)].map(([, kind]) => kind)
    const wanted = ['link-used', 'link-refused', 'second-factor-set', 'signed-in', 'sign-in-refused', 'signed-out']
    expect(kinds).toEqual(expect.arrayContaining([...wanted, 'password-changed', 'member-changed', 'member-removed']))
  })

  test('no name, address or secret of anybody stands in the log', () => {
    expect(service.logged()).toContain('"kind":"link-used"')
    expect(service.logged()).not.toMatch(/office\.example|Beispiel|herons|welcome_/)
  })
})
