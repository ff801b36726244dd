import { UsageError } from '../intake/table.ts'
import type { BrokenLink, ChainEnd, LinkFault } from '../store/broken-link.ts'
import type { Store } from '../store/open-store.ts'
import { tenantsWithChains, type VerifiedChain, verifyChain } from '../store/verify-chain.ts'
import { readArguments, usage } from './arguments.ts'
import { counting } from './counting.ts'
import { openStoreThere, storeHelp, storeOptions } from './store-place.ts'

export const auditHelp = `greenlane audit verify [--head] [--expect TENANT:SEQ:HASH]...

Walks the chain of events of every tenant and proves that nothing was changed, left out, moved or cut off: each hash, and each
message and answer that an event speaks of. Names the first broken link.

  --head               tells the end of each chain as TENANT:SEQ:HASH and nothing else on standard output, to be kept elsewhere
  --expect END         an end that was kept elsewhere: the chain must have gone through it. It finds a chain that was cut off or
                       written anew by someone who could write the whole store; several times
  --tenant TENANT      this tenant alone
${storeHelp}

Exit code: 0 every chain holds, 1 one is broken, 2 wrong use or no store.
`

const options = {
  ...storeOptions,
  head: { type: 'boolean' },
  expect: { type: 'string', multiple: true },
  tenant: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

/** Verifies the chains of a store. */
export async function audit(args: readonly string[]): Promise<number> {
  return usage(auditHelp, async () => {
    const given = readArguments(args, options)
    if (given.flag('help')) {
      process.stdout.write(auditHelp)
      return 0
    }
    if (given.words.length !== 1 || given.words[0] !== 'verify')
      throw new UsageError('Say what to audit: `greenlane audit verify`.')
    const expected = given.list('expect').map(keptEnd)
    const store = await openStoreThere(given)
    try {
      return await verifyAll(store, { expected, tenant: given.text('tenant'), headOnly: given.flag('head') })
    } finally {
      await store.close()
    }
  })
}

type KeptEnd = ChainEnd & { readonly tenant: string }

function keptEnd(text: string): KeptEnd {
  const [, tenant, seq, hash] = /^(.+):(\d+):([0-9a-f]{64})$/i.exec(text) ?? []
  if (tenant === undefined || hash === undefined)
    throw new UsageError(`--expect ${text}: give an end as --head tells it, TENANT:SEQ:HASH.`)
  return { tenant, seq: Number(seq), hash: hash.toLowerCase() }
}

interface Wanted {
  readonly expected: readonly KeptEnd[]
  readonly tenant: string | null
  readonly headOnly: boolean
}

async function verifyAll({ db }: Store, { expected, tenant, headOnly }: Wanted): Promise<number> {
  const stored = tenant === null ? await tenantsWithChains(db) : [tenant]
  const tenants = [...new Set([...stored, ...expected.map((end) => end.tenant)])].sort()
  const shown = counting('events')
  let broken = 0
  try {
    for (const one of tenants) {
      const own = expected.filter((end) => end.tenant === one)
      const verified = await verifyChain(db, one, { expected: own, progress: shown.add })
      shown.clear()
      if (verified.broken !== null) broken += 1
      tell(verified, headOnly)
    }
  } finally {
    shown.clear()
  }
  if (!headOnly) process.stdout.write(tenants.length === 0 ? 'The store holds no events.\n' : `${shown.told()}\n`)
  return broken === 0 ? 0 : 1
}

function tell({ tenant, events, end, broken }: VerifiedChain, headOnly: boolean): void {
  if (broken !== null) {
    const stream = headOnly ? process.stderr : process.stdout
    stream.write(`${tenant}: broken at ${linkLine(broken)}\n  ${events} events before it hold.\n`)
  } else if (headOnly) process.stdout.write(`${tenant}:${end.seq}:${end.hash}\n`)
  else process.stdout.write(`${tenant}: ${events} events hold, up to ${end.hash}\n`)
}

/** A broken link in one line: where it is, and what differs. */
export function linkLine({ seq, kind, parcel, fault, detail }: BrokenLink): string {
  const what = [kind, parcel === null || parcel === 0 ? null : `parcel ${parcel}`].filter((one) => one !== null)
  const where = what.length === 0 ? '' : ` (${what.join(', ')})`
  return `event ${seq}${where}: ${sentences[fault]}${detail === '' ? '' : `: ${detail}`}.`
}

const sentences: Readonly<Record<LinkFault, string>> = {
  hash: 'the event, its hash or the hash before it was changed',
  gap: 'events are missing before it',
  'message-content': 'its message was changed',
  answer: 'its answer was changed',
  'message-column': 'its message does not say what the event says',
  'decision-column': 'its decision does not say what the event says',
  'message-missing': 'its message is missing',
  'decision-missing': 'its decision is missing',
  'row-without-event': 'a row stands there that no event speaks of',
  unreadable: 'it cannot be read',
  'end-cut-off': 'the end of the chain was cut off',
  'end-changed': 'the kept end of the chain was changed',
  rewritten: 'the chain was written anew, here or before',
}
