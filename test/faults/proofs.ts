import path from 'node:path'
import { sql } from 'kysely'
import { partnerAnswer } from '../../src/intake/partner-answer.ts'
import { openStore, type Store } from '../../src/store/open-store.ts'
import { type Feed, newFeed } from './feed.ts'
import { type Acknowledged, type Ledger, newLedger } from './ledger.ts'
import { type Client, send } from './senders.ts'
import { command, type Place } from './serving.ts'

/** What is proved: the data, the service over them, and what clients hold against it. */
export interface Proving {
  readonly place: Place
  readonly url: string
  readonly ledger: Ledger
  readonly clients: readonly Client[]
  /** A feed of the whole tenant. */
  readonly viewer: string
}

/**
 * Proves that every acknowledged answer is kept, nothing twice, that the same again gives the same answer and stores nothing, that the
 * chain holds and the feed tells every decision. Throws with what does not hold; tells how much did.
 */
export async function prove(proving: Proving): Promise<string> {
  const { place, ledger, url, viewer } = proving
  await withStore(place, async (store) => {
    await proveKept(store, ledger)
    const before = await lastEvent(store)
    await proveSameAgain(proving)
    const after = await lastEvent(store)
    if (after !== before) throw new Error(`The same again stored ${after - before} events.`)
    await proveOnce(store)
  })
  const feed = newFeed(viewer)
  await feed.readOn(url)
  proveTold(feed, ledger)
  const events = proveChain(place)
  return `${ledger.acknowledged().length} answers kept, ${events} events hold`
}

/** Runs on the store beside the service, as a second process would. */
export async function withStore<T>({ folder, variables }: Place, run: (store: Store) => Promise<T>): Promise<T> {
  const url = variables['DATABASE_URL']
  const place =
    url === undefined
      ? ({ kind: 'sqlite', file: path.join(folder, 'greenlane.db') } as const)
      : ({ kind: 'postgres', url } as const)
  const store = await openStore(place)
  try {
    return await run(store)
  } finally {
    await store.close()
  }
}

async function lastEvent({ db }: Store): Promise<number> {
  const { last } = await db
    .selectFrom('events')
    .select(({ fn }) => fn.max<number>('seq').as('last'))
    .executeTakeFirstOrThrow()
  return Number(last)
}

/** Every answer that a client holds stands in the store under the number it was given, letter for letter. */
async function proveKept({ db }: Store, ledger: Ledger): Promise<void> {
  const all = ledger.acknowledged()
  for (let from = 0; from < all.length; from += 1000) {
    const some = all.slice(from, from + 1000)
    const rows = await db
      .selectFrom('decisions')
      .select(['seq', 'answer'])
      .where('tenant', '=', 'main')
      .where(
        'seq',
        'in',
        some.map(({ decision }) => decision),
      )
      .execute()
    const kept = new Map(rows.map(({ seq, answer }) => [Number(seq), answer]))
    for (const one of some) proveAnswer(one, kept.get(one.decision))
  }
}

function proveAnswer({ s10, decision, answer }: Acknowledged, kept: string | undefined): void {
  if (kept === undefined) throw new Error(`Decision ${decision} on ${s10} was acknowledged and is not there.`)
  const normal = JSON.stringify(JSON.parse(partnerAnswer(kept)))
  if (normal !== JSON.stringify(JSON.parse(answer)))
    throw new Error(`Decision ${decision} on ${s10} is another than was answered:\n${answer}\n${normal}`)
}

/** The same again gives the same number; parcels that were spoken of twice may have moved on. */
async function proveSameAgain({ url, ledger, clients }: Proving): Promise<void> {
  for (const client of clients) {
    const own = ledger.acknowledged().filter(({ partner, s10 }) => {
      return partner === client.partner && !ledger.isSpokenOfTwice(s10)
    })
    for (let from = 0; from < own.length; from += 2000) {
      const parcels = own.slice(from, from + 2000)
      const again = newLedger()
      const sent = await send(url, client, { parcels, form: 'ndjson', ledger: again })
      if (sent.kind !== 'answered') throw new Error(`The same again was not answered: ${JSON.stringify(sent)}`)
      again.acknowledged().forEach(({ s10, decision }, at) => {
        const first = parcels[at] as Acknowledged
        if (first.s10 !== s10 || first.decision !== decision)
          throw new Error(`${first.s10} was decision ${first.decision}, and ${decision} when sent again.`)
      })
    }
  }
}

/** No parcel and no message is there twice. Nobody sends what was before a change again, so that each digest is said once. */
async function proveOnce({ db }: Store): Promise<void> {
  const parcels = await sql<{ identifier: string }>`select identifier from parcels group by tenant, identifier
    having count(*) > 1 limit 1`.execute(db)
  const messages = await sql<{ parcel: number }>`select parcel from messages group by tenant, parcel, partner, digest
    having count(*) > 1 limit 1`.execute(db)
  const [parcel] = parcels.rows
  const [message] = messages.rows
  if (parcel !== undefined) throw new Error(`Parcel ${parcel.identifier} is there twice.`)
  if (message !== undefined) throw new Error(`A message about parcel ${message.parcel} is there twice.`)
}

function proveTold(feed: Feed, ledger: Ledger): void {
  const told = new Set(feed.numbers())
  for (const { s10, decision } of ledger.acknowledged())
    if (!told.has(decision)) throw new Error(`Decision ${decision} on ${s10} was acknowledged and is not in the feed.`)
}

/** The chain as an auditor verifies it; tells how many events it has. */
export function proveChain(place: Place): number {
  const told = command(place, 'audit', 'verify')
  const events = /main: (\d+) events hold/.exec(told)?.[1]
  if (events === undefined) throw new Error(`The chain was not verified: ${told}`)
  return Number(events)
}
