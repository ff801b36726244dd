import type { Ledger } from './ledger.ts'
import { otherWords, type SentParcel } from './parcels.ts'
import { type Client, type Refusal, send } from './senders.ts'
import { pause } from './serving.ts'

/** Several clients at once that send as fast as they are answered: single parcels, lists and streams. */
export interface Load {
  readonly next: () => SentParcel
  readonly random: () => number
  readonly ledger: Ledger
  readonly clients: readonly Client[]
  /** Addresses of services, one of which takes the next body; empty while none is there. */
  readonly urls: () => readonly string[]
  /** Told of each refusal; a load that nobody may refuse throws here. */
  readonly refused: (refusal: Refusal) => void
  /** Each parcel goes to every service at once. */
  readonly toAll?: boolean
}

const shapes = [
  { form: 'json', parcels: 1 },
  { form: 'json', parcels: 1 },
  { form: 'json', parcels: 40 },
  { form: 'ndjson', parcels: 200 },
  { form: 'ndjson', parcels: 800 },
] as const

/** Starts `senders` clients side by side; `stop` waits for what is under way, and throws what went wrong. */
export function startLoad(load: Load, senders: number): { readonly stop: () => Promise<void> } {
  let open = true
  let failed = false
  const sendOn = async (): Promise<void> => {
    while (open && !failed) {
      try {
        await sendSome(load)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  const all = Promise.all(Array.from({ length: senders }, sendOn))
  all.catch(() => {})
  return {
    stop: async () => {
      open = false
      await all
    },
  }
}

async function sendSome({ next, random, ledger, clients, urls, refused, toAll = false }: Load): Promise<void> {
  const there = urls()
  if (there.length === 0) return pause(5)
  const { form, parcels: count } = pick(shapes, random)
  const made = Array.from({ length: count }, next)
  const [first, second] = clients
  const parcels = made
  const tasks = (toAll ? there : [pick(there, random)]).map((url) => ({ url, client: first as Client, parcels }))
  // Of some parcels another partner speaks at the same time.
  const others = made.filter(() => random() < 0.05).map(otherWords)
  if (second !== undefined && others.length > 0)
    tasks.push({ url: pick(there, random), client: second, parcels: others })
  const all = await Promise.all(tasks.map(({ url, client, parcels }) => send(url, client, { parcels, form, ledger })))
  for (const sent of all) if (sent.kind === 'refused') refused(sent.refusal)
  // Whoever meets a closed door does not knock without pause.
  if (all.some(({ kind }) => kind === 'refused')) await pause(300)
  else if (all.some(({ kind }) => kind === 'broken')) await pause(20)
}

function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)] as T
}

/** Throws for every refusal: nothing should be refused here. */
export function refuseNothing({ status, type, detail }: Refusal): void {
  throw new Error(`The service refused with ${status} ${type}: ${detail}`)
}

/** Sends what nobody knows of whether it was stored, as a client does that comes back. */
export async function settleDoubt(url: string, { ledger, clients }: Pick<Load, 'ledger' | 'clients'>): Promise<number> {
  const doubt = ledger.inDoubt()
  for (const client of clients) {
    const parcels = doubt.filter(({ partner }) => partner === client.partner)
    if (parcels.length === 0) continue
    const sent = await send(url, client, { parcels, form: 'ndjson', ledger })
    if (sent.kind !== 'answered')
      throw new Error(`What was in doubt was not answered when sent again: ${JSON.stringify(sent)}`)
  }
  return doubt.length
}
