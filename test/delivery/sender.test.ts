import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sealSecret } from '../../src/delivery/secrets.ts'
import { newSender, type Sender, type SenderParts, type Sent } from '../../src/delivery/sender.ts'
import { startSending } from '../../src/delivery/sending.ts'
import { newSecret } from '../../src/delivery/signature.ts'
import { appendEvents } from '../../src/store/append.ts'
import type { Store } from '../../src/store/open-store.ts'
import { changeSecret, changeWebhook } from '../../src/store/webhooks/change-webhook.ts'
import { type Delivery, deliveryStates, listDeliveries } from '../../src/store/webhooks/find-deliveries.ts'
import { findWebhook } from '../../src/store/webhooks/find-webhooks.ts'
import { forgetDeliveries } from '../../src/store/webhooks/forget-deliveries.ts'
import { removeWebhook } from '../../src/store/webhooks/remove-webhook.ts'
import { replayDelivery } from '../../src/store/webhooks/replay-delivery.ts'
import { testWebhook } from '../../src/store/webhooks/test-webhook.ts'
import { tell } from '../store/batches.fixture.ts'
import { newStore, storeKinds } from '../store/stores.fixture.ts'
import { hanging, type Receiver, startReceiver, status, statuses } from './receivers.fixture.ts'
import {
  type Clock,
  doing,
  makeWebhook,
  newClock,
  testParts,
  testSealing,
  type WebhookWish,
} from './webhooks.fixture.ts'

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]

describe.each(storeKinds)('webhooks, in %s', (kind) => {
  let store: Store
  let end: () => Promise<void>
  let tenants = 0
  beforeAll(async () => {
    ;({ store, end } = await newStore(kind))
  })
  afterAll(() => end())

  const sealing = testSealing()
  let clock: Clock
  let tenant: string
  let sent: Sent[]
  let sender: Sender
  const started: Receiver[] = []
  beforeEach(() => {
    clock = newClock()
    tenants += 1
    tenant = `tenant${tenants}`
    sent = []
    sender = newSender(parts())
  })
  afterEach(async () => {
    await store.db.deleteFrom('webhooks').execute()
    for (const receiver of started.splice(0)) await receiver.close()
  })

  function parts(): SenderParts {
    return { ...testParts(clock, sealing), store, sent: (what) => void sent.push(what) }
  }

  async function start(...how: Parameters<typeof startReceiver>): Promise<Receiver> {
    const receiver = await startReceiver(...how)
    started.push(receiver)
    return receiver
  }

  const make = (wish: WebhookWish): ReturnType<typeof makeWebhook> =>
    makeWebhook(store, { tenant, ...wish }, { sealing, clock })

  const parcel = (identifier: string, partner = 'post', content: object = {}): Promise<void> =>
    tell(store, [{ identifier, content }], { tenant, partner })

  /** Turns until nothing is to be done now. */
  async function run(by: Sender = sender): Promise<void> {
    do await by.settled()
    while ((await by.turn()) > 0)
    await by.settled()
  }

  async function deliveries(id: string): Promise<Delivery[]> {
    const asked = { webhook: { tenant, partner: null, id }, limit: 1000, after: null }
    return (await Promise.all(deliveryStates.map((state) => listDeliveries(store.db, { ...asked, state })))).flat()
  }

  async function events(of: string): Promise<{ actor: string; body: unknown }[]> {
    const rows = await store.db
      .selectFrom('events')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('kind', '=', of)
      .orderBy('seq')
      .execute()
    return rows.map(({ actor, body }) => ({ actor, body: JSON.parse(body) }))
  }

  test('a decision is told with its answer, signed so that the library of the receiver takes it', async () => {
    const receiver = await start()
    const { webhook, secret } = await make({ url: receiver.url })
    await parcel('A1')
    await run()
    const [got] = receiver.got
    expect(receiver.got).toHaveLength(1)
    const told = new Webhook(secret).verify(got?.body ?? '', got?.headers ?? {})
    expect(told).toEqual({
      type: 'decision.proposed',
      timestamp: '2026-11-24T09:00:00.000Z',
      data: {
        seq: 3,
        event: 'proposed',
        parcel: { id: 'A1', number: 2 },
        actor: 'system',
        ...(JSON.parse(
          (
            await store.db
              .selectFrom('events')
              .select('body')
              .where('tenant', '=', tenant)
              .where('seq', '=', 3)
              .executeTakeFirstOrThrow()
          ).body,
        ) as object),
        answer: { parcel: { id: 'A1', line: 1 }, proposal: 'ask', decision: 3 },
      },
    })
    expect(() => new Webhook(newSecret()).verify(got?.body ?? '', got?.headers ?? {})).toThrow('signature')
    expect(await deliveries(webhook.id)).toEqual([
      expect.objectContaining({ id: got?.headers['webhook-id'], seq: 3, state: 'delivered', attempts: 1, status: 204 }),
    ])
    expect(sent).toEqual(['delivered'])
  })

  test('a partner is told of its own parcels, from when it spoke of them, and without what is for the authority', async () => {
    const [post, market, all, other] = [await start(), await start(), await start(), await start()]
    const types = ['decision.proposed', 'decision.decided']
    await make({ url: post.url, partner: 'post', types })
    await make({ url: market.url, partner: 'marketplace', types })
    await make({ url: all.url, types })
    await make({ url: other.url, tenant: `${tenant}-other`, types })
    await parcel('B1', 'post')
    await parcel('B2', 'marketplace')
    await parcel('B1', 'marketplace', { more: true })
    const { parcel: number } = await store.db
      .selectFrom('parcels')
      .select('parcel')
      .where('tenant', '=', tenant)
      .where('identifier', '=', 'B1')
      .executeTakeFirstOrThrow()
    const body = JSON.stringify({ act: 'detain', reasons: 'words of an officer', items: null })
    await store.db
      .transaction()
      .execute((then) =>
        appendEvents(then, kind, tenant, [
          { parcel: number, kind: 'decided', at: '2026-11-24T09:30:00.000Z', actor: 'person:7', body },
        ]),
      )
    await run()
    const told = ({ got }: Receiver): unknown[] =>
      got
        .map((one) => JSON.parse(one.body))
        .sort((one, next) => one.data.seq - next.data.seq)
        .map(({ type, data }) => [type, data.parcel.id])
    expect(told(post)).toEqual([
      ['decision.proposed', 'B1'],
      ['decision.proposed', 'B1'],
      ['decision.decided', 'B1'],
    ])
    expect(told(market)).toEqual([
      ['decision.proposed', 'B2'],
      ['decision.proposed', 'B1'],
      ['decision.decided', 'B1'],
    ])
    expect(told(all)).toHaveLength(4)
    expect(other.got).toEqual([])
    const decided = (receiver: Receiver): string =>
      receiver.got.find((one) => one.body.includes('decision.decided'))?.body ?? ''
    expect(JSON.parse(decided(post)).data).toMatchObject({ act: 'detain' })
    expect(decided(post)).not.toMatch(/officer|person:7/)
    expect(JSON.parse(decided(all)).data).toMatchObject({
      act: 'detain',
      actor: 'person:7',
      reasons: 'words of an officer',
    })
  })

  test('what fails is tried again after its pause, with the same id and the same bytes', async () => {
    const receiver = await start(statuses(500, 200))
    const { webhook } = await make({ url: receiver.url })
    await parcel('C1')
    await run()
    expect(await deliveries(webhook.id)).toEqual([
      expect.objectContaining({ state: 'waiting', attempts: 1, status: 500, said: 'ok' }),
    ])
    clock.move(4000)
    await run()
    expect(receiver.got).toHaveLength(1)
    clock.move(2000)
    await run()
    const [first, second] = receiver.got
    expect(second?.body).toBe(first?.body)
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id'])
    expect(second?.headers['webhook-timestamp']).not.toBe(first?.headers['webhook-timestamp'])
    expect(await deliveries(webhook.id)).toEqual([
      expect.objectContaining({ state: 'delivered', attempts: 2, status: 200 }),
    ])
    expect((await findWebhook(store.db, { tenant, partner: null, id: webhook.id }))?.failingSince).toBeNull()
    expect(sent).toEqual(['retried', 'delivered'])
  })

  test('a receiver that asks to wait is waited for', async () => {
    const receiver = await start(status(503, { 'retry-after': '7200' }))
    const { webhook } = await make({ url: receiver.url })
    await parcel('D1')
    await run()
    const [delivery] = await deliveries(webhook.id)
    expect(Date.parse(delivery?.dueAt ?? '') - clock.now().getTime()).toBeGreaterThan(1.9 * hour)
  })

  test('receivers that hang keep nobody waiting', async () => {
    const quick = await start()
    for (let number = 0; number < 12; number += 1) await make({ url: (await start(hanging)).url })
    await make({ url: quick.url })
    for (let number = 0; number < 5; number += 1) await parcel(`E${number}`)
    const begun = performance.now()
    const by = newSender({ ...parts(), milliseconds: 1500 })
    while ((await by.turn()) > 0);
    while (quick.got.length < 5) {
      expect(performance.now() - begun).toBeLessThan(1400)
      await new Promise((done) => setTimeout(done, 5))
      await by.turn()
    }
    await by.settled()
    expect(sent.filter((what) => what === 'retried').length).toBeGreaterThanOrEqual(12)
    // From its first failure on, one attempt at once is all that a receiver gets.
    for (const receiver of started.filter((one) => one !== quick)) expect(receiver.connections()).toBeLessThanOrEqual(5)
    await by.turn()
    expect(by.under()).toBeLessThanOrEqual(12)
    await by.settled()
  })

  test('a redirect is a failure, and nobody goes where it leads', async () => {
    const inner = await start()
    const outer = await start(status(307, { location: inner.url }))
    const { webhook } = await make({ url: outer.url })
    await parcel('F1')
    await run()
    expect(inner.connections()).toBe(0)
    expect(await deliveries(webhook.id)).toEqual([expect.objectContaining({ state: 'waiting', status: 307 })])
  })

  test('a receiver that is gone pauses its webhook; when it goes on, nothing was lost', async () => {
    const receiver = await start(statuses(410, 200))
    const { webhook } = await make({ url: receiver.url })
    const of = { tenant, partner: null, id: webhook.id }
    await parcel('G1')
    await run()
    expect(await findWebhook(store.db, of)).toMatchObject({ pausedBecause: 'gone' })
    expect(await events('webhook-paused')).toEqual([
      { actor: 'system', body: expect.objectContaining({ webhook: webhook.id, because: 'gone' }) },
    ])
    await parcel('G2')
    clock.move(30 * day)
    await run()
    expect(receiver.got).toHaveLength(1)
    await changeWebhook(of, { paused: false }, doing(store, clock))
    await run()
    expect(receiver.got.map(({ body }) => JSON.parse(body).data.parcel.id).sort()).toEqual(['G1', 'G1', 'G2'])
    expect(await findWebhook(store.db, of)).toMatchObject({ pausedAt: null, failingSince: null })
  })

  test('after three days a message is a dead letter, which a person can send again', async () => {
    const receiver = await start(status(500))
    const { webhook } = await make({ url: receiver.url })
    const of = { tenant, partner: null, id: webhook.id }
    await parcel('H1')
    const begun = clock.now().getTime()
    let last = begun
    for (let looks = 0; looks < 2000; looks += 1) {
      const before = receiver.got.length
      await run()
      if (receiver.got.length > before) last = clock.now().getTime()
      clock.move(clock.now().getTime() - begun < 10 * minute ? 5000 : hour / 4)
      if ((await deliveries(webhook.id))[0]?.state === 'dead') break
    }
    expect(receiver.got).toHaveLength(10)
    expect(last - begun).toBeGreaterThan(3 * day)
    expect(last - begun).toBeLessThan(4 * day)
    expect(sent.at(-1)).toBe('dead')
    const [dead] = await deliveries(webhook.id)
    expect(dead).toMatchObject({ state: 'dead', attempts: 10, status: 500 })
    expect(await replayDelivery(of, dead?.id ?? '', doing(store, clock))).toBe(true)
    expect(await replayDelivery(of, dead?.id ?? '', doing(store, clock))).toBe(false)
    expect(await replayDelivery(of, 'msg_unknown', doing(store, clock))).toBe(false)
    await run()
    expect(receiver.got).toHaveLength(11)
    expect(receiver.got[10]?.headers['webhook-id']).toBe(dead?.id)
    expect(await events('webhook-replayed')).toEqual([
      { actor: 'person:1', body: { webhook: webhook.id, delivery: dead?.id } },
    ])
  })

  test('a webhook that does nothing but fail for five days is paused, and the other webhooks of the tenant are told', async () => {
    const [failing, listening] = [await start(status(500)), await start()]
    const { webhook } = await make({ url: failing.url })
    await make({ url: listening.url, types: ['webhook.paused'] })
    for (let passed = 0; passed < 5; passed += 1) {
      await parcel(`I${passed}`)
      await run()
      expect((await findWebhook(store.db, { tenant, partner: null, id: webhook.id }))?.pausedBecause).toBeNull()
      clock.move(day + minute)
    }
    await run()
    expect(await findWebhook(store.db, { tenant, partner: null, id: webhook.id })).toMatchObject({
      pausedBecause: 'failing',
    })
    await run()
    expect(listening.got.map(({ body }) => JSON.parse(body))).toEqual([
      expect.objectContaining({
        type: 'webhook.paused',
        data: expect.objectContaining({ webhook: webhook.id, because: 'failing' }),
      }),
    ])
  })

  test('while a secret is changed, messages are signed with both, and after a day with the new one alone', async () => {
    const receiver = await start()
    const { webhook, secret: former } = await make({ url: receiver.url })
    const secret = newSecret()
    const sealed = sealSecret(sealing, { tenant, id: webhook.id }, secret)
    const formerUntil = new Date(clock.now().getTime() + day).toISOString()
    await changeSecret({ tenant, partner: null, id: webhook.id }, { sealed, formerUntil }, doing(store, clock))
    await parcel('J1')
    await run()
    const { body = '', headers = {} } = receiver.got[0] ?? {}
    for (const one of [former, secret])
      expect(new Webhook(one).verify(body, headers)).toMatchObject({ type: 'decision.proposed' })
    clock.move(day + minute)
    await parcel('J2')
    await run()
    expect(receiver.got[1]?.headers['webhook-signature']).toMatch(/^v1,\S+$/)
    const { 'webhook-id': id = '', 'webhook-timestamp': at } = receiver.got[1]?.headers ?? {}
    const signature = new Webhook(secret).sign(id, new Date(Number(at) * 1000), receiver.got[1]?.body ?? '')
    expect(receiver.got[1]?.headers['webhook-signature']).toBe(signature)
    expect(JSON.stringify(await store.db.selectFrom('events').select('body').execute())).not.toContain('whsec_')
  })

  test('a secret that is sealed for one webhook does not sign for another', async () => {
    const receiver = await start()
    const { webhook } = await make({ url: receiver.url })
    const { webhook: other } = await make({ url: receiver.url })
    const { secret } = await store.db
      .selectFrom('webhooks')
      .select('secret')
      .where('id', '=', other.id)
      .executeTakeFirstOrThrow()
    await store.db.updateTable('webhooks').set({ secret }).where('id', '=', webhook.id).execute()
    await parcel('K1')
    await run()
    expect(receiver.got).toHaveLength(1)
    expect(await deliveries(webhook.id)).toEqual([
      expect.objectContaining({ state: 'waiting', said: 'The message could not be made.' }),
    ])
  })

  test('a name that is looked up anew at each attempt and then leads inside is not followed there', async () => {
    const inner = await start()
    const answers = [['8.8.8.8'], ['127.0.0.1'], ['8.8.8.8', '10.0.0.1']]
    let asked = 0
    const resolve = async (): Promise<string[]> => answers[asked++] as string[]
    const strict = newSender({ ...parts(), rules: { allowLoopback: false }, resolve, milliseconds: 300 })
    const { webhook } = await make({ url: `https://hooks.example.org:${inner.port}/` })
    await resolve()
    await parcel('L1')
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      await run(strict)
      expect(await deliveries(webhook.id)).toEqual([
        expect.objectContaining({
          attempts: attempt,
          state: 'waiting',
          status: null,
          said: expect.stringContaining('not public'),
        }),
      ])
      clock.move(10_000)
    }
    expect([inner.connections(), asked]).toEqual([0, 3])
  })

  test('name servers that do not answer are given up in time', async () => {
    const { webhook } = await make({ url: 'https://hooks.example.org/' })
    const by = newSender({ ...parts(), resolve: () => new Promise(() => {}), milliseconds: 100 })
    await parcel('M1')
    await run(by)
    expect(await deliveries(webhook.id)).toEqual([
      expect.objectContaining({ said: 'The name servers did not answer.' }),
    ])
  })

  test('a test message goes to its webhook alone, whatever that is told of', async () => {
    const [receiver, other] = [await start(), await start()]
    const { webhook, secret } = await make({ url: receiver.url, types: ['edition.changed'], partner: 'post' })
    await make({ url: other.url })
    const id = await testWebhook({ tenant, partner: 'post', id: webhook.id }, 'webhook.test', doing(store, clock))
    expect(
      await testWebhook({ tenant, partner: 'marketplace', id: webhook.id }, 'webhook.test', doing(store, clock)),
    ).toBeUndefined()
    await run()
    expect(other.got).toEqual([])
    expect(receiver.got.map(({ headers }) => headers['webhook-id'])).toEqual([id])
    expect(new Webhook(secret).verify(receiver.got[0]?.body ?? '', receiver.got[0]?.headers ?? {})).toMatchObject({
      type: 'webhook.test',
    })
  })

  test('a webhook that is taken away takes what waits with it, and an attempt under way ends in peace', async () => {
    const receiver = await start(hanging)
    const { webhook } = await make({ url: receiver.url })
    await parcel('N1')
    const by = newSender({ ...parts(), milliseconds: 200, failed: (error) => expect.fail(String(error)) })
    await by.turn()
    expect(by.under()).toBe(1)
    expect(await removeWebhook({ tenant, partner: 'post', id: webhook.id }, doing(store, clock))).toBe(false)
    expect(await removeWebhook({ tenant, partner: null, id: webhook.id }, doing(store, clock))).toBe(true)
    await by.settled()
    expect(await deliveries(webhook.id)).toEqual([])
  })

  test('what was delivered long ago is forgotten, what waits is not', async () => {
    const receiver = await start(statuses(200, 500))
    const { webhook } = await make({ url: receiver.url })
    await parcel('O1')
    await run()
    await parcel('O2')
    await run()
    expect(await forgetDeliveries(store.db, clock.now().toISOString())).toBeGreaterThanOrEqual(1)
    expect((await deliveries(webhook.id)).map(({ state }) => state)).toEqual(['waiting'])
  })

  test('several senders on one store send each message once', async () => {
    const receiver = await start()
    await make({ url: receiver.url })
    const others = Array.from({ length: 4 }, () => newSender(parts()))
    await Promise.all([
      (async () => {
        for (let number = 0; number < 40; number += 1) await parcel(`P${number}`)
      })(),
      ...others.map(async (other) => {
        for (let turns = 0; turns < 30; turns += 1) await other.turn()
      }),
    ])
    await Promise.all(others.map((other) => run(other)))
    const ids = receiver.got.map(({ headers }) => headers['webhook-id'])
    expect(ids).toHaveLength(40)
    expect(new Set(ids).size).toBe(40)
  })

  test('whatever partners send while senders work, each webhook has one message for each of its decisions', async () => {
    const receiver = await start((response, _, { body }) =>
      status(body.length % 3 === 0 ? 500 : 204)(response, 0, { path: '', headers: {}, body }),
    )
    const told = fc.array(fc.record({ partner: fc.constantFrom('post', 'marketplace'), parcel: fc.nat(5) }), {
      maxLength: 15,
    })
    await fc.assert(
      fc.asyncProperty(told, fc.boolean(), async (messages, together) => {
        tenants += 1
        tenant = `tenant${tenants}`
        const partners = [null, 'post', 'marketplace'] as const
        const made = await Promise.all(partners.map((partner) => make({ url: receiver.url, partner })))
        const work = async (): Promise<void> => {
          for (const [at, { partner, parcel: number }] of messages.entries())
            await parcel(`Q${number}`, partner, { at })
        }
        if (together) await Promise.all([work(), run(), run(newSender(parts()))])
        else await work()
        await run()
        const all = await store.db
          .selectFrom('events')
          .selectAll()
          .where('tenant', '=', tenant)
          .where('kind', '=', 'proposed')
          .execute()
        const said = await store.db.selectFrom('messages').selectAll().where('tenant', '=', tenant).execute()
        for (const [at, partner] of partners.entries()) {
          const expected = all
            .filter(
              (event) =>
                partner === null ||
                said.some((one) => one.partner === partner && one.parcel === event.parcel && one.seq < event.seq),
            )
            .map(({ seq }) => seq)
          const queued = (await deliveries(made[at]?.webhook.id ?? '')).map(({ seq }) => seq)
          expect(queued.sort((one, other) => one - other)).toEqual(expected.sort((one, other) => one - other))
        }
      }),
      { numRuns: 10 },
    )
  })

  test('served on and on, what happens is delivered without anybody asking, and closing waits for what is under way', async () => {
    const receiver = await start((response) => void setTimeout(() => response.writeHead(204).end(), 100))
    const { webhook } = await make({ url: receiver.url })
    const faults: unknown[] = []
    const sending = startSending({ ...parts(), failed: (error) => void faults.push(error) })
    await parcel('R1')
    sending.look()
    while (receiver.got.length === 0) await new Promise((done) => setTimeout(done, 5))
    await sending.close()
    expect(await deliveries(webhook.id)).toEqual([expect.objectContaining({ state: 'delivered' })])
    await parcel('R2')
    await new Promise((done) => setTimeout(done, 700))
    expect([receiver.got.length, faults]).toEqual([1, []])
  })
})
