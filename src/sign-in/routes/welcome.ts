import type { Api, ApiContext } from '../../api/api.ts'
import { findLink } from '../links.ts'
import { linkGonePage, welcomePage } from '../pages/pages.ts'
import { welcome } from '../welcome.ts'
import { formOf, giveCookies, type SignInParts } from './parts.ts'

/** Adds the page behind a one-time link. Looking at it uses nothing up: mail programs look at links by themselves. */
export function addWelcomeRoutes(api: Api, parts: SignInParts): void {
  const { db, now, providers } = parts.people.config
  api.get('/welcome', async (context) => {
    if (parts.attempts.from(context) > 0) return context.html(linkGonePage(), 429)
    const token = context.req.query('token') ?? ''
    const link = await findLink(db, token, now())
    return link === null ? context.html(linkGonePage(), 410) : context.html(welcomePage({ link, token, providers }, {}))
  })
  api.post('/welcome', (context) => enter(context, parts))
}

async function enter(context: ApiContext, { people, attempts }: SignInParts): Promise<Response> {
  const { db, now, providers } = people.config
  if (attempts.from(context) > 0) return context.html(linkGonePage(), 429)
  const form = await formOf(context)
  const newcomer = { token: form('token'), name: form('name'), email: form('email'), password: form('password') }
  const welcomed = await welcome(people, newcomer)
  if (welcomed.kind === 'fault') {
    const link = await findLink(db, newcomer.token, now())
    if (link === null) return context.html(linkGonePage(), 410)
    return context.html(welcomePage({ link, token: newcomer.token, providers }, welcomed, newcomer), 422)
  }
  const { email } = welcomed
  const { cookies } = await people.ask('signInEmail', new Headers(), { email, password: newcomer.password })
  giveCookies(context, cookies)
  return context.redirect('/set-up', 303)
}
