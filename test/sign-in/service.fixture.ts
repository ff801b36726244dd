import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { type Api, newApi } from '../../src/api/api.ts'
import { openLog } from '../../src/running/log.ts'
import type { IdentityProvider } from '../../src/sign-in/identity-provider.ts'
import { type KeyWish, makeKey } from '../../src/sign-in/keys.ts'
import { openSignIn, type SignIn } from '../../src/sign-in/open-sign-in.ts'
import type { Store } from '../../src/store/open-store.ts'
import { newStore } from '../store/stores.fixture.ts'

/** Sign-in behind a real server, on a store of its own, with a clock that a test can set. */
export interface TestService {
  readonly url: string
  readonly store: Store
  readonly signIn: SignIn
  readonly api: Api
  /** Everything that was logged. */
  readonly logged: () => string
  readonly clock: { ahead: number }
  readonly key: (wish: Partial<KeyWish>) => Promise<string>
  readonly end: () => Promise<void>
}

export interface TestWish {
  readonly kind: 'sqlite' | 'postgres'
  readonly providers?: readonly IdentityProvider[]
  readonly rateLimit?: number | null
  /** More routes behind the same guards. */
  readonly more?: (api: Api, store: Store) => void
}

/** Starts the service. It is reached as localhost, which browsers trust with passkeys. */
export async function startService({ kind, providers = [], rateLimit = null, more }: TestWish): Promise<TestService> {
  const { store, end } = await newStore(kind)
  const clock = { ahead: 0 }
  const now = () => new Date(Date.now() + clock.ahead)
  const lines: string[] = []
  const log = openLog('debug', { write: (line) => lines.push(line) })
  const holder: { fetch: (request: Request, env: object) => Response | Promise<Response> } = {
    fetch: () => new Response(null, { status: 503 }),
  }
  const server = await new Promise<ReturnType<typeof serve>>((done) => {
    const made = serve({ fetch: (request, env) => holder.fetch(request, env), port: 0, hostname: '127.0.0.1' }, () =>
      done(made),
    )
  })
  const url = `http://localhost:${(server.address() as AddressInfo).port}`
  const secret = 'a secret of a test, long enough to sign with'
  const base = {
    db: store.db,
    kind,
    publicUrl: url,
    secret,
    log,
    now,
    providers,
    trustedProxies: [],
    rateLimit,
    passwordCost,
  }
  const signIn = openSignIn(base)
  const api = newApi()
  signIn.guard(api)
  signIn.addRoutes(api)
  more?.(api, store)
  holder.fetch = (request, env) => api.fetch(request, env)
  return {
    url,
    store,
    signIn,
    api,
    clock,
    logged: () => lines.join(''),
    key: async (wish) => (await makeKey(store.db, { ...plainKey, ...wish }, now())).secret,
    end: async () => {
      await new Promise((done) => server.close(done))
      await signIn.keys.settled()
      await end()
    },
  }
}

/** Passwords of tests are not worth the time of real ones. */
const passwordCost = { N: 1024, r: 8, p: 1 } as const

const plainKey: KeyWish = {
  tenant: 'nvwa',
  name: 'A key of a test',
  role: 'administrator',
  partner: null,
  places: null,
  scopes: ['keys:manage', 'members:manage'],
  expiresAt: null,
  by: 'system',
}

/** A browser as far as cookies and forms go; it does not follow redirects by itself. */
export class Visitor {
  readonly #url: string
  readonly #jar = new Map<string, string>()

  constructor(url: string) {
    this.#url = url
  }

  async get(path: string): Promise<Response> {
    return this.#send(path, { headers: { 'sec-fetch-site': 'same-origin' } })
  }

  async post(path: string, fields: Readonly<Record<string, string>> = {}): Promise<Response> {
    const headers = { 'sec-fetch-site': 'same-origin', origin: this.#url }
    return this.#send(path, { method: 'POST', body: new URLSearchParams(fields), headers })
  }

  /** Sends anything with the cookies that are held, as another site might make a browser do. */
  async send(path: string, init: RequestInit): Promise<Response> {
    return this.#send(path, init)
  }

  cookies(): string {
    return [...this.#jar].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** A second browser that holds the same cookies. */
  twin(): Visitor {
    const twin = new Visitor(this.#url)
    for (const [name, value] of this.#jar) twin.#jar.set(name, value)
    return twin
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers)
    if (this.#jar.size > 0) headers.set('cookie', this.cookies())
    const response = await fetch(new URL(path, this.#url), { ...init, headers, redirect: 'manual' })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (/max-age=0/i.test(cookie) || value === '') this.#jar.delete(name)
      else this.#jar.set(name, value)
    }
    return response
  }
}
