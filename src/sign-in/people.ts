import { answers, type IdentityProvider } from './identity-provider.ts'
import { type CallName, type Library, type LibraryConfig, loadLibrary } from './library.ts'
import { lifetimes } from './lifetimes.ts'
import { tell } from './log.ts'
import { type Proof, proofIn } from './proof.ts'

/** Somebody who is signed in. */
export interface Session {
  readonly person: string
  readonly name: string
  readonly email: string
  readonly proof: Proof
  readonly secondFactor: boolean
  readonly since: string
}

/** What the sign-in library answered: whether it worked, its body, and cookies for the browser. */
export interface Answer {
  readonly worked: boolean
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly cookies: readonly string[]
}

/** Signs people in and out; loads the library when first asked. */
export interface People {
  readonly config: LibraryConfig
  readonly ask: (name: CallName, headers: Headers, body?: object) => Promise<Answer>
  /** Passes a request to the library itself; its provider is looked for first where the way back from one is asked. */
  readonly pass: (request: Request) => Promise<Response>
  readonly session: (headers: Headers) => Promise<{ session: Session | null; cookies: readonly string[] }>
  /** Where to send the browser for a provider; null where it is unknown or does not answer now. */
  readonly providerAddress: (
    id: string,
    headers: Headers,
  ) => Promise<{ address: string; cookies: readonly string[] } | null>
  /** Makes a person, or gives a known one a new password. The id. */
  readonly putPerson: (wish: { name: string; email: string; password: string }) => Promise<string>
}

/** Opens sign-in of people. Nothing is loaded or asked yet. */
export function openPeople(config: LibraryConfig): People {
  const shelf = openShelf(config)
  const ask: People['ask'] = async (name, headers, body) => {
    const library = await shelf.library()
    const response = await library.api[name]({ headers, asResponse: true, ...(body === undefined ? {} : { body }) })
    return answerOf(response)
  }
  return {
    config,
    ask,
    pass: async (request) => {
      const back = /\/callback\/([^/?]+)/.exec(new URL(request.url).pathname)?.[1]
      const library = back === undefined ? await shelf.library() : await shelf.libraryWith(back)
      return library.handler(request)
    },
    session: async (headers) => {
      // Without a cookie nobody is signed in, and the library need not be loaded for that.
      if (!(headers.get('cookie') ?? '').includes('greenlane.session_token=')) return { session: null, cookies: [] }
      const { body, cookies } = await ask('getSession', headers)
      const session = sessionOf(body)
      if (session === null || !tooOld(session, config.now())) return { session, cookies }
      const out = await ask('signOut', headers, {})
      return { session: null, cookies: out.cookies }
    },
    providerAddress: async (id, headers) => {
      const library = await shelf.libraryWith(id)
      if (!(await library.$context).socialProviders.some((one) => one.id === id)) return null
      const there = { callbackURL: '/', errorCallbackURL: '/sign-in', disableRedirect: true }
      const { worked, body, cookies } = await ask('signInSocial', headers, { provider: id, ...there })
      return worked ? { address: String(body['url']), cookies } : null
    },
    putPerson: async (wish) => putPerson(config, await shelf.library(), wish),
  }
}

/**
 * The library takes up providers only while it is set up. So it is set up anew when somebody asks for one that was down then and
 * answers now; until it does, everything else works.
 */
function openShelf(config: LibraryConfig) {
  let loading: Promise<Library> | null = null
  let up: readonly IdentityProvider[] = []
  const library = (): Promise<Library> => {
    loading ??= loadLibrary({ ...config, providers: up }).catch((error: unknown) => {
      // What failed once is tried again by whoever comes next.
      loading = null
      throw error
    })
    return loading
  }
  const libraryWith = async (id: string): Promise<Library> => {
    const provider = config.providers.find((one) => one.id === id)
    if (provider === undefined || up.includes(provider)) return library()
    if (!(await answers(provider))) {
      tell(config.log, 'provider-unreachable')
      return library()
    }
    if (up.includes(provider)) return library()
    const wider = [...up, provider]
    const next = await loadLibrary({ ...config, providers: wider })
    // It may have gone again, or be another, since it was asked: then it is asked anew the next time.
    const { socialProviders } = await next.$context
    if (!socialProviders.some((one) => one.id === id && one.issuer === provider.issuer)) return library()
    up = wider
    loading = Promise.resolve(next)
    return next
  }
  return { library, libraryWith }
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  const body: unknown = text === '' ? null : JSON.parse(text)
  return {
    worked: response.ok,
    status: response.status,
    body: typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {},
    cookies: response.headers.getSetCookie(),
  }
}

function sessionOf(body: Answer['body']): Session | null {
  const { session, user } = body as { session?: Record<string, unknown>; user?: Record<string, unknown> }
  if (session === undefined || user === undefined) return null
  return {
    person: String(user['id']),
    name: String(user['name']),
    email: String(user['email']),
    proof: proofIn(session['proof']),
    secondFactor: user['twoFactorEnabled'] === true,
    since: String(session['createdAt']),
  }
}

function tooOld({ since }: Session, now: Date): boolean {
  return now.getTime() - Date.parse(since) >= lifetimes.absolute * 1000
}

async function putPerson(
  { db, now }: LibraryConfig,
  library: Library,
  { name, email, password }: { name: string; email: string; password: string },
): Promise<string> {
  const { adapter, password: passwords } = await library.$context
  const at = { createdAt: now(), updatedAt: now() }
  const address = email.toLowerCase()
  const known = await db.selectFrom('sign_in_people').select('id').where('email', '=', address).executeTakeFirst()
  const changed = { name, twoFactorEnabled: false, emailVerified: true, updatedAt: now() }
  if (known !== undefined)
    await adapter.update({ model: 'user', where: [{ field: 'id', value: known.id }], update: changed })
  const person =
    known ?? (await adapter.create({ model: 'user', data: { ...changed, email: address, createdAt: now() } }))
  const account = { userId: person.id, accountId: person.id, providerId: 'credential', ...at }
  await adapter.create({ model: 'account', data: { ...account, password: await passwords.hash(password) } })
  return person.id
}
