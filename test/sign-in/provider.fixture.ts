import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
// @ts-expect-error: the package brings no types
import { Provider } from 'oidc-provider'
import { Visitor } from './service.fixture.ts'

/** People whom the test's identity provider knows, by what they type. */
export interface Account {
  readonly email: string
  readonly verified: boolean
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

/** Starts a real identity provider on the port; a person signs in there by typing the name of an account. */
export async function startProvider(
  port: number,
  redirect: string,
  accounts: Readonly<Record<string, Account>>,
): Promise<Server> {
  const provider = new Provider(`http://localhost:${port}`, {
    clients: [{ client_id: 'greenlane', client_secret: 'a secret of a test', redirect_uris: [redirect] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: ['a key of a test'] },
    pkce: { required: () => true },
    findAccount: (_: unknown, id: string) => ({
      accountId: id,
      claims: async () => ({
        sub: id,
        name: 'Ola Beispiel',
        email: accounts[id]?.email,
        email_verified: accounts[id]?.verified,
      }),
    }),
  })
  const server = createServer(provider.callback()).listen(port, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  return server
}

/** Goes the whole way: to the provider, through its pages, and back. Where the browser ends up. */
export async function signInThrough(visitor: Visitor, account: string): Promise<string> {
  const away = (await visitor.get('/sign-in/with/office')).headers.get('location') ?? ''
  if (!away.startsWith('http')) return away
  const there = new Visitor(new URL(away).origin)
  let next = away
  for (let step = 0; step < 12; step++) {
    const answer = await there.get(next)
    const location = answer.headers.get('location')
    if (location?.includes('/sign-in/at/callback/')) return (await visitor.get(location)).headers.get('location') ?? ''
    if (location !== null) {
      next = new URL(location, away).href
      continue
    }
    const page = await answer.text()
    const action = /action="([^"]+)"/.exec(page)?.[1] ?? ''
    const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1] ?? ''
    const fields = prompt === 'login' ? { prompt, login: account, password: 'x' } : { prompt }
    next = new URL((await there.post(action, fields)).headers.get('location') ?? '', away).href
  }
  throw new Error('The provider asked without end.')
}
