import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { invitationFor, makeLink } from '../../src/sign-in/links.ts'
import { listMembers } from '../../src/sign-in/members.ts'
import { storeKinds } from '../store/stores.fixture.ts'
import { freePort, signInThrough, startProvider } from './provider.fixture.ts'
import { startService, type TestService, Visitor } from './service.fixture.ts'

const accounts = {
  ola: { email: 'ola@office.example', verified: true },
  unverified: { email: 'una@office.example', verified: false },
  stranger: { email: 'stranger@office.example', verified: true },
  elsewhere: { email: 'else@office.example', verified: true },
}

describe.each(storeKinds)('an identity provider that was down when the service started, in %s', (kind) => {
  let service: TestService
  let provider: Server | undefined
  beforeAll(async () => {
    const port = await freePort()
    const issuer = `http://localhost:${port}`
    const office = {
      id: 'office',
      name: 'the office',
      issuer,
      clientId: 'greenlane',
      clientSecret: 'a secret of a test',
    }
    service = await startService({ kind, providers: [{ ...office, tenant: 'nvwa' }] })
    for (const [name, tenant] of [
      ['ola', 'nvwa'],
      ['unverified', 'nvwa'],
      ['elsewhere', 'bfsa'],
    ] as const) {
      const wish = {
        tenant,
        email: accounts[name].email,
        role: 'officer',
        places: ['NL'],
        by: 'system',
        lasts: invitationFor,
      } as const
      await makeLink(service.store.db, wish, new Date())
    }
    const down = new Visitor(service.url)
    expect((await down.get('/sign-in/with/office')).headers.get('location')).toBe('/sign-in?error=provider-down')
    expect(await (await down.get('/sign-in')).text()).toContain('Sign in with the office')
    expect((await down.post('/sign-in', { email: 'a@b.example', password: 'x' })).status).toBe(401)
    provider = await startProvider(port, `${service.url}/sign-in/at/callback/office`, accounts)
  })
  afterAll(async () => {
    provider?.closeAllConnections()
    await new Promise((done) => (provider === undefined ? done(null) : provider.close(done)))
    await service.end()
  })

  test('lets in whom it vouches for and who is invited, with the role of the invitation', async () => {
    const visitor = new Visitor(service.url)
    expect(await signInThrough(visitor, 'ola')).toMatch(/\/$/)
    expect(await (await visitor.get('/account')).text()).toContain('You are Ola Beispiel, officer.')
    const members = await listMembers(service.store.db, 'nvwa')
    expect(members.find(({ email }) => email === accounts.ola.email)).toMatchObject({ role: 'officer', places: ['NL'] })
    const again = new Visitor(service.url)
    expect(await signInThrough(again, 'ola')).toMatch(/\/$/)
    expect((await again.get('/account')).status).toBe(200)
  })

  test.each([
    ['stranger', 'not-invited'],
    ['unverified', 'address-not-verified'],
    ['elsewhere', 'not-invited'],
  ])('does not let in %s: %s', async (account, reason) => {
    const visitor = new Visitor(service.url)
    expect(await signInThrough(visitor, account)).toContain(`/sign-in?error=${reason}`)
    expect((await visitor.get('/account')).headers.get('location')).toBe('/sign-in')
  })

  test('leaves no token of its own in the store', async () => {
    // biome-ignore lint/suspicious/noExplicitAny: the library's own columns
    const rows = await (service.store.db as any).selectFrom('sign_in_accounts').selectAll().execute()
    const linked = rows.filter(({ providerId }: { providerId: string }) => providerId === 'office')
    expect(linked).toHaveLength(1)
    expect(linked[0]).toMatchObject({ accessToken: null, refreshToken: null, idToken: null })
  })

  test('is not believed when the way back is replayed in another browser', async () => {
    const visitor = new Visitor(service.url)
    const away = new URL((await visitor.get('/sign-in/with/office')).headers.get('location') ?? '')
    const state = away.searchParams.get('state')
    const back = `/sign-in/at/callback/office?code=stolen&state=${state}`
    const answer = await new Visitor(service.url).get(back)
    expect(answer.headers.get('location')).toMatch(/\/sign-in\?error=/)
    expect(away.searchParams.get('code_challenge_method')).toBe('S256')
    expect(away.searchParams.get('nonce')).not.toBeNull()
  })
})

test('a provider whose document names another issuer is not believed', async () => {
  const imposter = createServer((_, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ issuer: 'https://login.example', jwks_uri: 'https://login.example/keys' }))
  }).listen(0, '127.0.0.1')
  await new Promise((done) => imposter.once('listening', done))
  const issuer = `http://localhost:${(imposter.address() as AddressInfo).port}`
  const office = { id: 'office', name: 'the office', issuer, clientId: 'greenlane', clientSecret: null, tenant: null }
  const service = await startService({ kind: 'sqlite', providers: [office] })
  const answer = await new Visitor(service.url).get('/sign-in/with/office')
  expect(answer.headers.get('location')).toBe('/sign-in?error=provider-down')
  imposter.closeAllConnections()
  await new Promise((done) => imposter.close(done))
  await service.end()
})
