import { expect, test } from 'vitest'
import { invitationFor, makeLink } from '../../src/sign-in/links.ts'
import { sweepSignIn } from '../../src/sign-in/sweep.ts'
import { noteCode } from '../../src/sign-in/used-codes.ts'
import { storeKinds } from '../store/stores.fixture.ts'
import { startService, Visitor } from './service.fixture.ts'

test.each(storeKinds)('in %s what sign-in needs no longer is taken away, and what it needs stays', async (kind) => {
  const service = await startService({ kind })
  const { db } = service.store
  const now = new Date()
  const wish = { tenant: 'nvwa', email: 'ana@office.example', role: 'officer', places: null, by: 'system' } as const
  const { token } = await makeLink(db, { ...wish, lasts: invitationFor }, now)
  const fields = { token, name: 'Ana Beispiel', email: wish.email, password: 'seven quiet herons in fog' }
  const visitor = new Visitor(service.url)
  await visitor.post('/welcome', fields)
  await noteCode(db, { person: '1', code: '123456' }, now)
  expect(await sweepSignIn(db, kind, now)).toEqual({ sessions: 0, attempts: 0, links: 0, codes: 0 })
  expect((await visitor.get('/set-up')).status).toBe(200)
  const later = new Date(now.getTime() + 40 * 24 * 3600_000)
  expect(await sweepSignIn(db, kind, later)).toEqual({ sessions: 1, attempts: 0, links: 1, codes: 1 })
  expect((await visitor.get('/set-up')).status).toBe(303)
  await service.end()
})
