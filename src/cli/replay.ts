import { randomInt } from 'node:crypto'
import { compiledKnowledge, engineName } from '../app.ts'
import type { Knowledge } from '../core/knowledge.ts'
import { identifierKinds, identifiersOf } from '../core/read/identifiers.ts'
import type { Replayed, Replayer } from '../editions/replay.ts'
import { UsageError } from '../intake/table.ts'
import type { Store } from '../store/open-store.ts'
import { findParcel, readCase } from '../store/read-case.ts'
import type { DecisionRow } from '../store/schema.ts'
import { tenantsWithChains } from '../store/verify-chain.ts'
import { type Arguments, readArguments, usage } from './arguments.ts'
import { counting } from './counting.ts'
import { importsFolder } from './imports-folder.ts'
import { openStoreThere, storeHelp, storeOptions } from './store-place.ts'
import { visible } from './visible.ts'

export const replayHelp = `greenlane replay ID [--seq N]                decides again on the parcel that ID names
greenlane replay --all [--sample N]          decides again on every parcel, or on N decisions drawn at random

Decides from the stored message, day and edition of the knowledge, and compares every byte of the answer with the stored one. Works
also when the people's data are deleted: nothing was decided on them. Says so when another engine decided then.

  ID                   an identifier of the parcel, as LZ843992075CN
  --seq N              that decision of the parcel; the one that stands when not given
  --sample N           with --all: how many decisions of each tenant are drawn
  --seed N             with --sample: draws the same again; told when not given
  --tenant TENANT      the parcels of this tenant; main when not given, with --all every tenant
  --knowledge DIR      names that were imported, where a decision was made with them
${storeHelp}

Exit code: 0 every answer is the same, 1 one is not or could not be decided again, 2 wrong use or no store.
`

const options = {
  ...storeOptions,
  seq: { type: 'string' },
  all: { type: 'boolean' },
  sample: { type: 'string' },
  seed: { type: 'string' },
  tenant: { type: 'string' },
  knowledge: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

/** Decides stored decisions again and tells whether they come out the same. */
export async function replay(args: readonly string[]): Promise<number> {
  return usage(replayHelp, async () => {
    const given = readArguments(args, options)
    if (given.flag('help')) {
      process.stdout.write(replayHelp)
      return 0
    }
    const [id, ...more] = given.words
    if (more.length > 0 || (id === undefined) !== given.flag('all'))
      throw new UsageError('Name one parcel by an identifier of it, or say --all.')
    const store = await openStoreThere(given)
    try {
      const again = await newReplayer(store, given)
      return id === undefined ? await replayAll(store, again, given) : await replayOne(store, again, { id, given })
    } finally {
      await store.close()
    }
  })
}

async function newReplayer(store: Store, given: Arguments): Promise<Replayer> {
  const { replayer } = await import('../editions/replay.ts')
  const { knowledgeOf } = await import('../editions/replay-knowledge.ts')
  const engine = await engineName()
  const widen = await widening(given)
  const shelf = { store, compiled: { folder: compiledKnowledge, engine }, widen }
  return replayer({ store, engine, knowledgeOf: (edition, by) => knowledgeOf(shelf, edition, by) })
}

async function widening(given: Arguments): Promise<((knowledge: Knowledge) => Knowledge) | null> {
  const folder = importsFolder(given)
  if (folder === null) return null
  const { withImported } = await import('../knowledge/imported/load-imported.ts')
  return (knowledge) => withImported(knowledge, folder)
}

async function replayOne(
  store: Store,
  again: Replayer,
  { id, given }: { readonly id: string; readonly given: Arguments },
): Promise<number> {
  const tenant = given.text('tenant') ?? 'main'
  const keys = identifierKinds.flatMap((kind) => identifiersOf({ [kind]: id }).map((one) => `${one.kind}:${one.value}`))
  const parcel = await findParcel(store.db, tenant, [...keys, `content:${id.toLowerCase()}`])
  if (parcel === null) throw new UsageError(`The tenant ${tenant} has no parcel ${visible(id)}.`)
  const stands = (await readCase(store.db, tenant, parcel))?.parcel.decision ?? 0
  const seq = wholeNumber(given, 'seq') ?? stands
  const decision = await store.db
    .selectFrom('decisions')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('parcel', '=', parcel)
    .where('seq', '=', seq)
    .executeTakeFirst()
  if (decision === undefined) throw new UsageError(`The parcel ${visible(id)} has no decision ${seq}.`)
  const replayed = await again(decision)
  process.stdout.write(`${visible(id)}, ${lineOf(replayed)}\n`)
  return replayed.outcome.kind === 'same' ? 0 : 1
}

async function replayAll(store: Store, again: Replayer, given: Arguments): Promise<number> {
  const { allDecisions, drawDecisions } = await import('../editions/sample-decisions.ts')
  const tenant = given.text('tenant')
  const tenants = tenant === null ? await tenantsWithChains(store.db) : [tenant]
  const count = wholeNumber(given, 'sample')
  const seed = wholeNumber(given, 'seed') ?? randomInt(2 ** 31)
  const shown = counting('decisions')
  let others = 0
  const tell = async (decision: DecisionRow): Promise<void> => {
    const replayed = await again(decision)
    shown.add(1)
    if (replayed.outcome.kind === 'same') return
    others += 1
    shown.clear()
    process.stdout.write(`${lineOf(replayed)}\n`)
  }
  for (const one of tenants) {
    if (count === null) for await (const decision of allDecisions(store.db, one)) await tell(decision)
    else
      for (const decision of await drawDecisions(store.db, one, { count, chance: chanceOf(seed) })) await tell(decision)
  }
  shown.clear()
  const drawn = count === null ? '' : `, drawn with --seed ${seed}`
  process.stdout.write(`${shown.told()}${drawn}: ${others === 0 ? 'all come out the same' : `${others} do not`}.\n`)
  return others === 0 ? 0 : 1
}

function wholeNumber(given: Arguments, name: 'seq' | 'sample' | 'seed'): number | null {
  const text = given.text(name)
  if (text === null) return null
  const number = Number(text)
  if (/^\d+$/.test(text) && Number.isSafeInteger(number)) return number
  throw new UsageError(`--${name} ${text}: give a whole number.`)
}

/** Numbers from 0 up to 1 that look random and come again for the same seed (mulberry32). */
function chanceOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** What came of deciding again, in one line. */
export function lineOf({ tenant, seq, parcel, edition, otherEngine, outcome }: Replayed): string {
  const by = otherEngine === null ? '' : ` It was made by ${otherEngine}, which is not the engine that runs now.`
  return `${tenant}, parcel ${parcel}, decision ${seq}, edition ${edition}: ${saidOf(outcome)}${by}`
}

function saidOf(outcome: Replayed['outcome']): string {
  if (outcome.kind === 'same') return 'the same bytes.'
  if (outcome.kind === 'impossible') return `it cannot be decided again. ${visible(outcome.why)}`
  const { place, stood, now } = outcome.first
  return `it comes out otherwise at ${place}: ${visible(stood) || 'nothing'} stood there, now ${visible(now) || 'nothing'}.`
}
