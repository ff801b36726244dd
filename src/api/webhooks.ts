import { randomBytes } from 'node:crypto'
import { partnerTypeNames, testType } from '../delivery/message-types.ts'
import {
  findReceiver,
  ReceiverRefused,
  type ReceiverRules,
  type Resolve,
  readReceiverUrl,
  resolveByNameServers,
} from '../delivery/receiver-address.ts'
import { formerSecretFor, type Sealing, sealSecret } from '../delivery/secrets.ts'
import { newSecret } from '../delivery/signature.ts'
import type { Store } from '../store/open-store.ts'
import { addWebhook, mostWebhooks } from '../store/webhooks/add-webhook.ts'
import { changeSecret, changeWebhook } from '../store/webhooks/change-webhook.ts'
import { type Delivery, findDelivery, listDeliveries } from '../store/webhooks/find-deliveries.ts'
import { findWebhook, listWebhooks } from '../store/webhooks/find-webhooks.ts'
import { removeWebhook } from '../store/webhooks/remove-webhook.ts'
import { replayDelivery } from '../store/webhooks/replay-delivery.ts'
import { testWebhook } from '../store/webhooks/test-webhook.ts'
import type { Doing, Owner, Webhook, WebhookOf } from '../store/webhooks/webhook.ts'
import { type Api, type ApiContext, callerOf } from './api.ts'
import type { Caller } from './caller.ts'
import { ApiProblem } from './problems.ts'
import * as routes from './webhook-routes.ts'
import { describeMessages } from './webhook-schema.ts'

/** What the routes of webhooks are made of. */
export interface WebhooksParts {
  readonly store: Store
  readonly sealing: Sealing
  readonly rules: ReceiverRules
  /** Tells the addresses of a receiver's name; the name servers of the machine where it is left out. */
  readonly resolve?: Resolve
  /** Now, in milliseconds since 1970. */
  readonly now: () => number
  /** Told that a message was queued. */
  readonly sending: { readonly look: () => void }
}

interface Parts extends WebhooksParts {
  readonly resolve: Resolve
}

/** Adds the routes by which partners and administrators look after webhooks, and describes the messages that these get. */
export function addWebhooks(api: Api, parts: WebhooksParts): void {
  const whole = { resolve: resolveByNameServers(), ...parts }
  describeMessages(api)
  addReading(api, whole)
  addChanging(api, whole)
  addDeliveries(api, whole)
}

function addReading(api: Api, { store }: Parts): void {
  api.openapi(routes.listRoute, async (context) => {
    const webhooks = await listWebhooks(store.db, ownerOf(context))
    return context.json({ webhooks: webhooks.map(writable) }, 200)
  })
  api.openapi(routes.readRoute, async (context) => {
    const webhook = await findWebhook(store.db, webhookOf(context, context.req.valid('param').id))
    return context.json(writable(there(webhook)), 200)
  })
}

function addChanging(api: Api, parts: Parts): void {
  api.openapi(routes.makeRoute, async (context) => {
    const { tenant, partner: own } = ownerOf(context)
    const { partner: wished, url, types, description } = context.req.valid('json')
    if (own !== null && wished !== null && wished !== own)
      throw new ApiProblem('not-allowed', 'A partner makes webhooks of its own.')
    const partner = own ?? wished
    checkTypes(types, partner)
    await checkReceiver(url, parts)
    const id = `wh_${randomBytes(12).toString('base64url')}`
    const secret = newSecret()
    const sealedSecret = sealSecret(parts.sealing, { tenant, id }, secret)
    const webhook = await addWebhook(
      { tenant, partner, id, url, types, description, sealedSecret },
      doingOf(context, parts),
    )
    if (webhook === null)
      throw new ApiProblem('state-conflict', `There are ${mostWebhooks} webhooks already: take one away.`)
    return context.json({ webhook: writable(webhook), secret }, 201)
  })
  api.openapi(routes.changeRoute, async (context) => {
    const of = webhookOf(context, context.req.valid('param').id)
    const change = context.req.valid('json')
    const { partner } = there(await findWebhook(parts.store.db, of))
    if (change.types !== undefined) checkTypes(change.types, partner)
    if (change.url !== undefined) await checkReceiver(change.url, parts)
    const webhook = await changeWebhook(of, change, doingOf(context, parts))
    parts.sending.look()
    return context.json(writable(there(webhook)), 200)
  })
  api.openapi(routes.rotateRoute, async (context) => {
    const of = webhookOf(context, context.req.valid('param').id)
    const secret = newSecret()
    const sealed = sealSecret(parts.sealing, of, secret)
    const formerUntil = new Date(parts.now() + formerSecretFor).toISOString()
    const webhook = await changeSecret(of, { sealed, formerUntil }, doingOf(context, parts))
    return context.json({ webhook: writable(there(webhook)), secret }, 200)
  })
  api.openapi(routes.removeRoute, async (context) => {
    const of = webhookOf(context, context.req.valid('param').id)
    if (!(await removeWebhook(of, doingOf(context, parts)))) throw notThere()
    return context.body(null, 204)
  })
}

function addDeliveries(api: Api, parts: Parts): void {
  const { store, sending } = parts
  api.openapi(routes.testRoute, async (context) => {
    const of = webhookOf(context, context.req.valid('param').id)
    const delivery = there(await testWebhook(of, testType, doingOf(context, parts)))
    sending.look()
    return context.json({ delivery }, 202)
  })
  api.openapi(routes.deliveriesRoute, async (context) => {
    const webhook = webhookOf(context, context.req.valid('param').id)
    const { state, limit, after } = context.req.valid('query')
    there(await findWebhook(store.db, webhook))
    const page = await listDeliveries(store.db, {
      webhook,
      state,
      limit,
      after: after === undefined ? null : placeOf(after),
    })
    const last = page.at(-1)
    const next = page.length < limit || last === undefined ? null : cursorAfter(last)
    return context.json({ deliveries: [...page], next }, 200)
  })
  api.openapi(routes.replayRoute, async (context) => {
    const { id, delivery } = context.req.valid('param')
    const of = webhookOf(context, id)
    there(await findWebhook(store.db, of))
    if ((await findDelivery(store.db, of, delivery)) === undefined)
      throw new ApiProblem('not-found', 'There is no such delivery.')
    if (!(await replayDelivery(of, delivery, doingOf(context, parts))))
      throw new ApiProblem('state-conflict', 'It waits to be sent already.')
    sending.look()
    return context.json({ delivery }, 202)
  })
}

/** Whose webhooks the caller looks after. Whoever sees some places alone would be told of all: they look after none. */
function ownerOf(context: ApiContext): Owner {
  const { tenant, role, partner, places }: Caller = callerOf(context)
  if (role === 'partner') {
    if (partner === null) throw new ApiProblem('not-allowed', 'This key speaks for no partner.')
    return { tenant, partner }
  }
  if (places !== null)
    throw new ApiProblem('not-allowed', 'Webhooks are told of all places: ask somebody who is limited to none.')
  return { tenant, partner: null }
}

function webhookOf(context: ApiContext, id: string): WebhookOf {
  return { ...ownerOf(context), id }
}

function doingOf(context: ApiContext, { store, now }: Parts): Doing {
  return { store, actor: callerOf(context).actor, at: new Date(now()).toISOString() }
}

async function checkReceiver(url: string, { rules, resolve }: Parts): Promise<void> {
  try {
    await findReceiver(readReceiverUrl(url, rules), rules, resolve)
  } catch (error) {
    if (!(error instanceof ReceiverRefused)) throw error
    const errors = [{ at: 'url', sentence: error.message }]
    throw new ApiProblem('request-invalid', `url: ${error.message}`, { extra: { errors }, cause: error })
  }
}

function checkTypes(types: readonly string[], partner: string | null): void {
  if (partner === null) return
  const other = types.find((type) => !(partnerTypeNames as readonly string[]).includes(type))
  if (other === undefined) return
  const sentence = `A partner is not told of ${other}: choose of ${partnerTypeNames.join(', ')}.`
  throw new ApiProblem('request-invalid', `types: ${sentence}`, { extra: { errors: [{ at: 'types', sentence }] } })
}

function cursorAfter({ dueAt, id }: Delivery): string {
  return Buffer.from(`${dueAt} ${id}`).toString('base64url')
}

function placeOf(cursor: string): Pick<Delivery, 'dueAt' | 'id'> {
  const found = /^(\d{4}-[\d:.T-]+Z) (msg_[\w-]+)$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'))
  if (found === null) throw new ApiProblem('cursor-unknown', 'The cursor is none that was given out.')
  return { dueAt: found[1] as string, id: found[2] as string }
}

/** What was found, or a problem: what belongs to others is told as not there. */
function there<T>(found: T | undefined): T {
  if (found === undefined) throw notThere()
  return found
}

function notThere(): ApiProblem {
  return new ApiProblem('not-found', 'There is no such webhook.')
}

/** Lists of an answer are not changed, but the description's types do not say so. */
function writable({ types, pausedBecause, ...rest }: Webhook) {
  return { ...rest, types: [...types], pausedBecause: pausedBecause as 'person' | 'gone' | 'failing' | null }
}
