import type { ApiContext } from '../../api/api.ts'
import { type Caller, callerOfSession } from '../../api/caller.ts'
import type { Attempts } from '../attempts.ts'
import { lifetimes } from '../lifetimes.ts'
import type { PageDone, PageFault } from '../pages/sentences.ts'
import type { People, Session } from '../people.ts'

/** What the pages of sign-in are made of. */
export interface SignInParts {
  readonly people: People
  readonly attempts: Attempts
}

/** Somebody whose browser holds a session, and what they may do; null where a second factor is missing still. */
export interface Present {
  readonly session: Session
  readonly caller: Caller | null
}

/** Who is at the browser, or null. */
export async function presentOf({ people }: SignInParts, context: ApiContext): Promise<Present | null> {
  const { session, cookies } = await people.session(context.req.raw.headers)
  giveCookies(context, cookies)
  return session === null ? null : { session, caller: await callerOfSession(people, session) }
}

/** Whether somebody signed in just now, as is needed to change what lets them in. */
export function isFresh({ config }: People, { since }: Session): boolean {
  return config.now().getTime() - Date.parse(since) <= lifetimes.fresh * 1000
}

/** Adds the library's cookies to the answer. */
export function giveCookies(context: ApiContext, cookies: readonly string[]): void {
  for (const cookie of cookies) context.header('set-cookie', cookie, { append: true })
}

/** The fields of a form as texts; a file is no text. */
export async function formOf(context: ApiContext): Promise<(name: string) => string> {
  const form = await context.req.parseBody()
  return (name) => (typeof form[name] === 'string' ? form[name] : '')
}

/** The way to a page that tells what became of it. */
export function wayTo(path: string, told: { readonly fault?: PageFault; readonly done?: PageDone } = {}): string {
  const query = new URLSearchParams()
  if (told.fault !== undefined) query.set('error', told.fault)
  if (told.done !== undefined) query.set('done', told.done)
  return query.size === 0 ? path : `${path}?${query}`
}
