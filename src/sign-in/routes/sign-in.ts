import type { Api, ApiContext } from '../../api/api.ts'
import { tell } from '../log.ts'
import { codePage, signInPage } from '../pages/pages.ts'
import { pageDone, pageFault } from '../pages/sentences.ts'
import { noteCode } from '../used-codes.ts'
import { formOf, giveCookies, presentOf, type SignInParts, wayTo } from './parts.ts'

/** Adds the pages that let people in and out. */
export function addSignInRoutes(api: Api, parts: SignInParts): void {
  const { providers } = parts.people.config
  api.get('/sign-in', (context) => {
    const { error, done } = context.req.query()
    return context.html(signInPage(providers, { fault: pageFault(error), done: pageDone(done) }))
  })
  api.post('/sign-in', (context) => signIn(context, parts))
  api.get('/sign-in/code', (context) => context.html(codePage({ fault: pageFault(context.req.query('error')) })))
  api.post('/sign-in/code', (context) => secondFactor(context, parts))
  api.get('/sign-in/with/:provider', (context) => startWithProvider(context, parts))
  api.post('/sign-out', (context) => signOut(context, parts))
}

async function signIn(context: ApiContext, parts: SignInParts): Promise<Response> {
  const { people, attempts } = parts
  const form = await formOf(context)
  const email = form('email')
  const page = (fault: 'refused' | 'too-many', status: 401 | 429) =>
    context.html(signInPage(people.config.providers, { fault }, email), status)
  if (attempts.from(context) > 0 || attempts.at(email) > 0) return page('too-many', 429)
  const body = { email, password: form('password') }
  const { worked, body: answer, cookies } = await people.ask('signInEmail', context.req.raw.headers, body)
  if (!worked) {
    tell(people.config.log, 'sign-in-refused')
    return page('refused', 401)
  }
  giveCookies(context, cookies)
  // With a password alone one comes no further than to the second factor, or to setting one up.
  return context.redirect(answer['twoFactorRedirect'] === true ? '/sign-in/code' : '/set-up', 303)
}

async function secondFactor(context: ApiContext, parts: SignInParts): Promise<Response> {
  const { people, attempts } = parts
  const { db, log, now } = people.config
  const code = (await formOf(context))('code').replace(/\s/g, '')
  if (attempts.from(context) > 0) return context.html(codePage({ fault: 'too-many' }), 429)
  const call = /^\d{6}$/.test(code) ? 'verifyTOTP' : 'verifyBackupCode'
  const { worked, status, body, cookies } = await people.ask(call, context.req.raw.headers, { code })
  const person = (body['user'] as { id?: string } | undefined)?.id ?? ''
  if (worked && person !== '' && (await noteCode(db, { person, code }, now()))) {
    giveCookies(context, cookies)
    tell(log, 'signed-in', { actor: `person:${person}` })
    return context.redirect('/account', 303)
  }
  if (worked) await endSession(parts, cookies)
  tell(log, 'sign-in-refused')
  const fault = status === 429 ? 'too-many' : 'code-wrong'
  return context.html(codePage({ fault }), status === 429 ? 429 : 401)
}

/** Ends the session that a code opened which had been used before. */
async function endSession({ people }: SignInParts, cookies: readonly string[]): Promise<void> {
  const cookie = cookies.map((one) => one.split(';', 1)[0]).join('; ')
  await people.ask('signOut', new Headers({ cookie }), {})
}

async function startWithProvider(context: ApiContext, { people, attempts }: SignInParts): Promise<Response> {
  if (attempts.from(context) > 0) return context.redirect(wayTo('/sign-in', { fault: 'too-many' }), 303)
  const way = await people.providerAddress(context.req.param('provider') ?? '', context.req.raw.headers)
  if (way === null) return context.redirect(wayTo('/sign-in', { fault: 'provider-down' }), 303)
  giveCookies(context, way.cookies)
  return context.redirect(way.address, 303)
}

async function signOut(context: ApiContext, parts: SignInParts): Promise<Response> {
  const present = await presentOf(parts, context)
  const { cookies } = await parts.people.ask('signOut', context.req.raw.headers, {})
  giveCookies(context, cookies)
  if (present !== null) tell(parts.people.config.log, 'signed-out', { actor: `person:${present.session.person}` })
  return context.redirect(wayTo('/sign-in', { done: 'signed-out' }), 303)
}
