import type { Api, ApiContext } from '../../api/api.ts'
import { tell } from '../log.ts'
import { endSessions } from '../members.ts'
import { accountPage, appPage, codesPage, setUpPage } from '../pages/pages.ts'
import { pageDone, pageFault } from '../pages/sentences.ts'
import { faultOfPassword } from '../password.ts'
import type { Session } from '../people.ts'
import { noteCode } from '../used-codes.ts'
import { formOf, giveCookies, isFresh, type Present, presentOf, type SignInParts, wayTo } from './parts.ts'

type Page = (context: ApiContext, present: Present) => Promise<Response>

/** Adds the pages on which people look after what lets them in. */
export function addAccountRoutes(api: Api, parts: SignInParts): void {
  const whole = (page: Page) => (context: ApiContext) => asPresent(context, parts, { page, needs: 'all' })
  const half = (page: Page) => (context: ApiContext) => asPresent(context, parts, { page, needs: 'password' })
  api.get(
    '/set-up',
    half(async (context) => context.html(setUpPage({ fault: pageFault(context.req.query('error')) }))),
  )
  api.post(
    '/set-up',
    half((context) => startApp(context, parts)),
  )
  api.post(
    '/set-up/code',
    half((context, { session }) => confirmApp(context, parts, session)),
  )
  api.get(
    '/account',
    whole((context, present) => showAccount(context, parts, present)),
  )
  api.post(
    '/account/codes',
    whole((context) => makeCodes(context, parts)),
  )
  api.post(
    '/account/password',
    whole((context, { session }) => changePassword(context, parts, session)),
  )
  api.post(
    '/account/passkeys/:id/removal',
    whole((context, { session }) => removePasskey(context, parts, session)),
  )
  api.post(
    '/sign-out/everywhere',
    whole((context, { session }) => signOutEverywhere(context, parts, session)),
  )
}

/** Shows a page to whom it is for: those who are wholly in, or those whose second factor is missing still; others go where they belong. */
async function asPresent(
  context: ApiContext,
  parts: SignInParts,
  { page, needs }: { readonly page: Page; readonly needs: 'all' | 'password' },
): Promise<Response> {
  const present = await presentOf(parts, context)
  if (present === null) return context.redirect('/sign-in', 303)
  if (needs === 'all' && present.caller === null) return context.redirect('/set-up', 303)
  if (needs === 'password' && present.caller !== null) return context.redirect('/account', 303)
  return page(context, present)
}

async function startApp(context: ApiContext, { people, attempts }: SignInParts): Promise<Response> {
  if (attempts.from(context) > 0) return context.html(setUpPage({ fault: 'too-many' }), 429)
  const password = (await formOf(context))('password')
  const { worked, body, cookies } = await people.ask('enableTwoFactor', context.req.raw.headers, { password })
  giveCookies(context, cookies)
  if (!worked) return context.html(setUpPage({ fault: 'password-wrong' }), 401)
  return context.html(appPage({ uri: String(body['totpURI']), codes: body['backupCodes'] as string[] }))
}

async function confirmApp(context: ApiContext, { people, attempts }: SignInParts, session: Session): Promise<Response> {
  const { db, log, now } = people.config
  if (attempts.from(context) > 0) return context.html(setUpPage({ fault: 'too-many' }), 429)
  const code = (await formOf(context))('code').replace(/\s/g, '')
  const { worked, cookies } = await people.ask('verifyTOTP', context.req.raw.headers, { code })
  if (!worked) return context.html(setUpPage({ fault: 'code-wrong' }), 401)
  await noteCode(db, { person: session.person, code }, now())
  giveCookies(context, cookies)
  tell(log, 'second-factor-set', { actor: `person:${session.person}` })
  return context.redirect('/account', 303)
}

async function showAccount(
  context: ApiContext,
  { people }: SignInParts,
  { session, caller }: Present,
): Promise<Response> {
  const { db } = people.config
  const { error, done } = context.req.query()
  const mine = db.selectFrom('sign_in_passkeys').select(['id', 'name']).where('userId', '=', session.person)
  const owner = { ...session, role: caller?.role ?? '', password: session.proof !== 'organisation' }
  return context.html(accountPage(owner, await mine.execute(), { fault: pageFault(error), done: pageDone(done) }))
}

async function makeCodes(context: ApiContext, { people, attempts }: SignInParts): Promise<Response> {
  if (attempts.from(context) > 0) return context.redirect(wayTo('/account', { fault: 'too-many' }), 303)
  const password = (await formOf(context))('password')
  const { worked, body } = await people.ask('generateBackupCodes', context.req.raw.headers, { password })
  if (!worked) return context.redirect(wayTo('/account', { fault: 'password-wrong' }), 303)
  return context.html(codesPage(body['backupCodes'] as string[]))
}

async function changePassword(
  context: ApiContext,
  { people, attempts }: SignInParts,
  session: Session,
): Promise<Response> {
  if (attempts.from(context) > 0) return context.redirect(wayTo('/account', { fault: 'too-many' }), 303)
  const form = await formOf(context)
  const fault = faultOfPassword(form('new'), session.email)
  if (fault !== null) return context.redirect(wayTo('/account', { fault }), 303)
  const change = { currentPassword: form('current'), newPassword: form('new'), revokeOtherSessions: true }
  const { worked, cookies } = await people.ask('changePassword', context.req.raw.headers, change)
  if (!worked) return context.redirect(wayTo('/account', { fault: 'password-wrong' }), 303)
  giveCookies(context, cookies)
  tell(people.config.log, 'password-changed', { actor: `person:${session.person}` })
  return context.redirect(wayTo('/account', { done: 'password' }), 303)
}

async function removePasskey(context: ApiContext, { people }: SignInParts, session: Session): Promise<Response> {
  const { db, log } = people.config
  if (!isFresh(people, session)) return context.redirect(wayTo('/account', { fault: 'session-old' }), 303)
  const id = context.req.param('id') ?? ''
  await db.deleteFrom('sign_in_passkeys').where('id', '=', id).where('userId', '=', session.person).execute()
  tell(log, 'passkey-removed', { actor: `person:${session.person}` })
  return context.redirect('/account', 303)
}

async function signOutEverywhere(context: ApiContext, { people }: SignInParts, session: Session): Promise<Response> {
  const { cookies } = await people.ask('signOut', context.req.raw.headers, {})
  await endSessions(people.config.db, session.person)
  giveCookies(context, cookies)
  tell(people.config.log, 'signed-out', { actor: `person:${session.person}` })
  return context.redirect(wayTo('/sign-in', { done: 'signed-out' }), 303)
}
