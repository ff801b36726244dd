import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sealSecret } from '../../src/delivery/secrets.ts'
import { newSecret } from '../../src/delivery/signature.ts'
import { drawKeys, seal, unseal } from '../../src/intake/sealing.ts'
import { serviceKey } from '../../src/running/key.ts'
import { addWebhook } from '../../src/store/webhooks/add-webhook.ts'
import type { Fault, Trial } from './fault.ts'
import { prepare } from './kill.ts'
import { startLoad } from './load.ts'
import { prove, withStore } from './proofs.ts'
import { type Place, pause, startServing } from './serving.ts'

/** A receiver of webhooks that takes messages and never answers, beside one that does. */
export const hangingReceiver: Fault = {
  name: 'hanging receiver',
  does: 'a receiver of webhooks takes messages and never answers, beside one that does',
  run: async (trial) => {
    const { place, load, viewer } = await prepare(trial)
    const told = new Set<string>()
    const [hanging, good] = [
      await startReceiver(trial, () => {}),
      await startReceiver(trial, (request, response) => {
        told.add(String(request.headers['webhook-id']))
        request.resume().on('end', () => response.writeHead(204).end())
      }),
    ]
    await addReceivers(place, [hanging.url, good.url])
    const service = await startServing(place)
    trial.atEnd(service.kill)
    const { url } = service
    const under = startLoad({ ...load, urls: () => [url] }, 2)
    trial.atEnd(under.stop)
    await pause(trial.short ? 1000 : 5000)
    await under.stop()
    const sent = load.ledger.acknowledged().length
    trial.tell(`${sent} answers held, ${told.size} messages came, ${hanging.open()} hang`)
    const seconds = await untilTold(place, told, trial.short ? 25 : 120)
    const proved = await prove({ place, url, ledger: load.ledger, clients: load.clients, viewer })
    if (hanging.open() > 20) throw new Error(`${hanging.open()} connections hang at one receiver.`)
    // To stop takes as long as the last attempt may last.
    if (!trial.short && (await service.stop()) !== 0) throw new Error('The service did not end with 0 when told to.')
    return `${told.size} messages came to the other receiver, ${seconds}, ${proved}`
  },
}

async function startReceiver(
  trial: Trial,
  listener: RequestListener,
): Promise<{ readonly url: string; readonly open: () => number }> {
  const server = createServer(listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  let open = 0
  server.on('connection', (socket) => {
    open += 1
    socket.on('close', () => {
      open -= 1
    })
  })
  trial.atEnd(() => {
    server.close()
    server.closeAllConnections()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, open: () => open }
}

async function addReceivers(place: Place, urls: readonly string[]): Promise<void> {
  const { webhooks: key } = drawKeys(serviceKey(null, place.folder))
  const sealing = {
    seal: (text: string, of: string) => seal(text, key, of),
    unseal: (sealed: Uint8Array, of: string) => unseal(sealed, key, of),
  }
  await withStore(place, async (store) => {
    for (const [at, url] of urls.entries()) {
      const id = `receiver-${at}`
      const sealedSecret = sealSecret(sealing, { tenant: 'main', id }, newSecret())
      const wish = { tenant: 'main', partner: null, id, url, description: '', types: ['decision.proposed'] }
      const doing = { store, actor: 'system', at: new Date().toISOString() }
      await addWebhook({ ...wish, sealedSecret }, doing)
    }
  })
}

/** Waits until the good receiver was told of every decision, or for so long; a receiver that hangs must not hold it up. */
async function untilTold(place: Place, told: ReadonlySet<string>, seconds: number): Promise<string> {
  const decisions = await withStore(place, async ({ db }) => {
    const { count } = await db
      .selectFrom('decisions')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    return Number(count)
  })
  const began = performance.now()
  const first = told.size
  while (told.size < decisions && performance.now() - began < seconds * 1000) await pause(100)
  const took = (performance.now() - began) / 1000
  const rate = Math.round((told.size - first) / took)
  if (told.size < decisions && rate < 20) throw new Error(`The other receiver got ${rate} messages a second.`)
  return told.size === decisions ? `all ${decisions}` : `${rate}/s of ${decisions} beside one that hangs`
}
