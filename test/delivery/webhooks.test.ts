import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { addWebhooks } from '../../src/api/webhooks.ts'
import { messageTypeNames } from '../../src/delivery/message-types.ts'
import { pauses } from '../../src/delivery/schedule.ts'
import { newSender, type Sender } from '../../src/delivery/sender.ts'
import { scopes } from '../../src/sign-in/roles.ts'
import { startService, type TestService } from '../sign-in/service.fixture.ts'
import { tell } from '../store/batches.fixture.ts'
import { storeKinds } from '../store/stores.fixture.ts'
import { type Receiver, startReceiver, status, statuses } from './receivers.fixture.ts'
import { newClock, testParts, testSealing } from './webhooks.fixture.ts'

const day = 86_400_000

/** Answers of the routes, as far as tests look at them. */
interface Told {
  readonly webhook: Record<string, unknown> & { readonly id: string }
  readonly secret: string
  readonly webhooks: readonly { readonly id: string }[]
  readonly deliveries: readonly { readonly id: string; readonly state: string; readonly type: string }[]
  readonly next: string | null
  readonly delivery: string
  readonly type: string
  readonly detail: string
  readonly errors: readonly { readonly at: string; readonly sentence: string }[]
}

describe.each(storeKinds)('looking after webhooks over HTTP, in %s', (kind) => {
  const clock = newClock()
  const sealing = testSealing()
  const names = new Map([['hooks.example.org', ['8.8.8.8']]])
  let service: TestService
  let sender: Sender
  const looks: number[] = []
  let receiver: Receiver
  const key: Record<string, string> = {}
  const started: Receiver[] = []

  beforeAll(async () => {
    service = await startService({
      kind,
      more: (api, store) => {
        const resolve = async (name: string): Promise<readonly string[]> => names.get(name) ?? []
        const parts = { store, sealing, rules: { allowLoopback: true }, resolve, now: () => clock.now().getTime() }
        addWebhooks(api, { ...parts, sending: { look: () => void looks.push(1) } })
      },
    })
    sender = newSender({ ...testParts(clock, sealing), store: service.store })
    const wish = { tenant: 'main', scopes, partner: null, places: null, role: 'partner' } as const
    key['post'] = await service.key({ ...wish, partner: 'post' })
    key['market'] = await service.key({ ...wish, partner: 'market' })
    key['administrator'] = await service.key({ ...wish, role: 'administrator' })
    key['other tenant'] = await service.key({ ...wish, role: 'administrator', tenant: 'other' })
    key['limited'] = await service.key({ ...wish, role: 'administrator', places: ['NL'] })
    key['officer'] = await service.key({ ...wish, role: 'officer' })
    receiver = await startReceiver()
  })
  afterEach(async () => {
    for (const one of started.splice(0)) await one.close()
  })
  afterAll(async () => {
    await receiver.close()
    await service.end()
  })

  async function ask(who: string, route: string, body?: unknown): Promise<{ status: number; told: Told }> {
    const [method = '', path = ''] = route.split(' ')
    const headers = {
      authorization: `Bearer ${key[who]}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    }
    const response = await fetch(`${service.url}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, told: (text === '' ? {} : JSON.parse(text)) as Told }
  }

  async function make(who: string, wish: object = {}): Promise<Told> {
    const { status: code, told } = await ask(who, 'POST /webhooks', {
      url: receiver.url,
      types: ['decision.proposed'],
      ...wish,
    })
    expect([code, told.detail]).toEqual([201, undefined])
    return told
  }

  async function run(): Promise<void> {
    do await sender.settled()
    while ((await sender.turn()) > 0)
    await sender.settled()
  }

  test('a partner makes a webhook, tries it, and is told of its parcel by it; the secret is shown once', async () => {
    const { webhook, secret } = await make('post', { description: 'Sorting centre' })
    expect(webhook).toMatchObject({
      partner: 'post',
      types: ['decision.proposed'],
      description: 'Sorting centre',
      pausedAt: null,
    })
    expect(secret).toMatch(/^whsec_[\w+/]{43}=$/)
    const tried = await ask('post', `POST /webhooks/${webhook.id}/test`)
    expect([tried.status, looks.length > 0]).toEqual([202, true])
    await tell(service.store, [{ identifier: 'A1', content: {} }], { partner: 'post' })
    await run()
    const types = receiver.got.map(({ body, headers }) => (new Webhook(secret).verify(body, headers) as Told).type)
    expect(types.sort()).toEqual(['decision.proposed', 'webhook.test'])
    expect(receiver.got.map(({ headers }) => headers['webhook-id'])).toContain(tried.told.delivery)
    for (const route of [
      `GET /webhooks/${webhook.id}`,
      'GET /webhooks',
      `GET /webhooks/${webhook.id}/deliveries?state=delivered`,
    ]) {
      const { status: code, told } = await ask('post', route)
      expect(code).toBe(200)
      expect(JSON.stringify(told)).not.toMatch(/whsec|secret":/)
    }
  })

  test('what belongs to others is told as not there: to another partner and to another tenant', async () => {
    const { webhook } = await make('post')
    const routes = [
      `GET /webhooks/${webhook.id}`,
      `GET /webhooks/${webhook.id}/deliveries`,
      `POST /webhooks/${webhook.id}/test`,
      `POST /webhooks/${webhook.id}/rotate`,
      `POST /webhooks/${webhook.id}/deliveries/msg_1/replay`,
      `DELETE /webhooks/${webhook.id}`,
    ]
    for (const who of ['market', 'other tenant']) {
      for (const route of routes) expect([route, (await ask(who, route)).status]).toEqual([route, 404])
      expect((await ask(who, `PATCH /webhooks/${webhook.id}`, { paused: true })).status).toBe(404)
      expect((await ask(who, 'GET /webhooks')).told.webhooks.map(({ id }) => id)).not.toContain(webhook.id)
    }
    expect((await ask('administrator', 'GET /webhooks')).told.webhooks.map(({ id }) => id)).toContain(webhook.id)
    expect((await ask('post', `GET /webhooks/${webhook.id}`)).status).toBe(200)
  })

  test('roles without the right, and whoever sees some places alone, look after none', async () => {
    for (const who of ['officer', 'limited']) {
      expect((await ask(who, 'GET /webhooks')).told.type).toBe('/problems#not-allowed')
      expect((await ask(who, 'POST /webhooks', { url: receiver.url, types: ['edition.changed'] })).status).toBe(403)
    }
  })

  test.each([
    ['http://hooks.example.org/', 'begins with https'],
    ['https://a:b@hooks.example.org/', 'name or password'],
    ['https://169.254.169.254/latest/', 'not public'],
    ['https://inner.example.org/', 'not public'],
    ['https://half.example.org/', 'not public'],
    ['https://unknown.example.org/', 'no address'],
    ['mailto:somebody@example.org', 'begins with https'],
  ])('a receiver that must not be sent to is refused at the door: %s', async (url, sentence) => {
    names.set('inner.example.org', ['10.0.0.8']).set('half.example.org', ['8.8.8.8', '169.254.169.254'])
    const { webhook } = await make('post', { url: 'https://hooks.example.org/a' })
    for (const [route, body] of [
      ['POST /webhooks', { url, types: ['decision.proposed'] }],
      [`PATCH /webhooks/${webhook.id}`, { url }],
    ] as const) {
      const { status: code, told } = await ask('post', route, body)
      expect([code, told.errors]).toEqual([400, [{ at: 'url', sentence: expect.stringContaining(sentence) }]])
    }
  })

  test('a partner is not told of what is for the authority, nor makes a webhook for another', async () => {
    expect((await ask('post', 'POST /webhooks', { url: receiver.url, types: ['webhook.paused'] })).told.errors).toEqual(
      [{ at: 'types', sentence: expect.stringContaining('not told of webhook.paused') }],
    )
    expect(
      (await ask('post', 'POST /webhooks', { url: receiver.url, types: ['edition.changed'], partner: 'market' }))
        .status,
    ).toBe(403)
    const { webhook } = await make('administrator', { partner: 'market' })
    expect((await ask('market', `GET /webhooks/${webhook.id}`)).status).toBe(200)
    expect((await ask('market', `PATCH /webhooks/${webhook.id}`, { types: ['webhook.paused'] })).status).toBe(400)
    await make('administrator', { types: messageTypeNames })
  })

  test.each([
    [{}],
    [{ url: '', types: ['decision.proposed'] }],
    [{ url: 'https://hooks.example.org/', types: [] }],
    [{ url: 'https://hooks.example.org/', types: ['parcel.eaten'] }],
    [{ url: 'https://hooks.example.org/', types: ['decision.proposed'], secret: 'mine' }],
    [{ url: 'https://hooks.example.org/', types: ['decision.proposed'], description: 'a\u0000b' }],
    [[]],
  ])('a wish that is not as described is refused with its place: %j', async (wish) => {
    const { status: code, told } = await ask('post', 'POST /webhooks', wish)
    expect([code, told.type]).toEqual([400, '/problems#request-invalid'])
    expect(told.errors.length).toBeGreaterThan(0)
  })

  test('a dead letter is listed, sent again by a person, and that is noted', async () => {
    const failing = await startReceiver(statuses(...Array<number>(10).fill(503), 200))
    started.push(failing)
    const { webhook } = await make('post', { url: failing.url })
    const { delivery } = (await ask('post', `POST /webhooks/${webhook.id}/test`)).told
    for (const pause of [...pauses, 0]) {
      await run()
      clock.move(pause * 1.2)
    }
    const dead = await ask('post', `GET /webhooks/${webhook.id}/deliveries?state=dead`)
    expect(dead.told).toEqual({
      deliveries: [expect.objectContaining({ id: delivery, attempts: 10, status: 503 })],
      next: null,
    })
    await ask('post', `PATCH /webhooks/${webhook.id}`, { paused: false })
    expect((await ask('post', `POST /webhooks/${webhook.id}/deliveries/${delivery}/replay`)).status).toBe(202)
    expect((await ask('post', `POST /webhooks/${webhook.id}/deliveries/${delivery}/replay`)).told.type).toBe(
      '/problems#state-conflict',
    )
    expect((await ask('post', `POST /webhooks/${webhook.id}/deliveries/msg_unknown/replay`)).status).toBe(404)
    await run()
    const done = await ask('post', `GET /webhooks/${webhook.id}/deliveries?state=delivered`)
    expect(done.told.deliveries).toEqual([expect.objectContaining({ id: delivery, state: 'delivered' })])
    const noted = await service.store.db
      .selectFrom('events')
      .select(['actor', 'body'])
      .where('kind', '=', 'webhook-replayed')
      .execute()
    expect(noted).toEqual([
      { actor: expect.stringMatching(/^key:/), body: JSON.stringify({ webhook: webhook.id, delivery }) },
    ])
  })

  test('deliveries are listed page by page, each once', async () => {
    const { webhook } = await make('market')
    const ids: string[] = []
    for (let number = 0; number < 7; number += 1)
      ids.push((await ask('market', `POST /webhooks/${webhook.id}/test`)).told.delivery)
    const list = `GET /webhooks/${webhook.id}/deliveries?state=waiting&limit=3`
    const read: string[] = []
    let next: string | null = ''
    for (let pages = 0; next !== null && pages < 5; pages += 1) {
      const { told } = await ask('market', next === '' ? list : `${list}&after=${next}`)
      read.push(...told.deliveries.map(({ id }) => id))
      next = told.next
    }
    expect(read.sort()).toEqual(ids.sort())
    expect((await ask('market', `${list}&after=rubbish`)).told.type).toBe('/problems#cursor-unknown')
    expect((await ask('market', `${list.replace('waiting', 'lost')}`)).status).toBe(400)
  })

  test('a secret is rotated: the new one is shown once, and both sign for a day', async () => {
    const own = await startReceiver(status(200))
    started.push(own)
    const { webhook, secret: former } = await make('post', { url: own.url })
    const { told, status: code } = await ask('post', `POST /webhooks/${webhook.id}/rotate`)
    expect(code).toBe(200)
    expect(told.secret).not.toBe(former)
    expect(Date.parse(String(told.webhook['formerSecretUntil'])) - clock.now().getTime()).toBeGreaterThan(0.99 * day)
    await ask('post', `POST /webhooks/${webhook.id}/test`)
    await run()
    const { body = '', headers = {} } = own.got[0] ?? {}
    const id = headers['webhook-id'] ?? ''
    const at = new Date(Number(headers['webhook-timestamp']) * 1000)
    const signatures = [told.secret, former].map((secret) => new Webhook(secret).sign(id, at, body))
    expect(headers['webhook-signature']).toBe(signatures.join(' '))
  })

  test('a webhook is paused, goes on, and is taken away', async () => {
    const { webhook } = await make('post')
    const route = `/webhooks/${webhook.id}`
    expect((await ask('post', `PATCH ${route}`, { paused: true, description: 'Off' })).told).toMatchObject({
      pausedBecause: 'person',
      description: 'Off',
    })
    expect((await ask('post', `PATCH ${route}`, { paused: false })).told).toMatchObject({
      pausedAt: null,
      pausedBecause: null,
    })
    expect((await ask('post', `PATCH ${route}`, {})).status).toBe(400)
    expect((await ask('post', `DELETE ${route}`)).status).toBe(204)
    expect((await ask('post', `DELETE ${route}`)).status).toBe(404)
  })

  test('nobody has more webhooks than can be looked after', async () => {
    const many = await service.key({ tenant: 'many', scopes, partner: 'post', role: 'partner' })
    key['many'] = many
    const codes: number[] = []
    for (let number = 0; number < 51; number += 1)
      codes.push((await ask('many', 'POST /webhooks', { url: receiver.url, types: ['edition.changed'] })).status)
    expect(codes).toEqual([...Array<number>(50).fill(201), 409])
  })

  test('the description tells the messages that a receiver gets', () => {
    const { webhooks = {} } = service.api.getOpenAPI31Document({
      openapi: '3.1.0',
      info: { title: 'Test', version: '0' },
    })
    expect(Object.keys(webhooks)).toEqual([...messageTypeNames, 'webhook.test'])
  })
})
