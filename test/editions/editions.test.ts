import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { currentEdition, makeCurrent } from '../../src/editions/current-edition.ts'
import { joinPieces, keptPart, packPieces, pieceBytes } from '../../src/editions/edition-parts.ts'
import { forgetEdition } from '../../src/editions/forget-edition.ts'
import { compiledEdition, keepEdition } from '../../src/editions/keep-edition.ts'
import { readKnowledgeState } from '../../src/editions/knowledge-state.ts'
import { loadEdition } from '../../src/editions/load-edition.ts'
import { type Editions, openEditions } from '../../src/editions/open-editions.ts'
import { publishEdition, publishPackage } from '../../src/editions/publish-edition.ts'
import { loadKnowledge, shareKnowledge } from '../../src/knowledge/load.ts'
import type { Store } from '../../src/store/open-store.ts'
import { ensureTenant } from '../../src/store/tenants.ts'
import { verifyChain } from '../../src/store/verify-chain.ts'
import { batchOf } from '../store/batches.fixture.ts'
import { newStore, storeKinds } from '../store/stores.fixture.ts'
import { engine, type SmallEditions, smallEditions } from './small.fixture.ts'

const now = (): number => Date.parse('2026-11-24T09:00:00Z')
const at = '2026-11-24T09:00:00.000Z'
const by = { actor: 'system', at }

let small: SmallEditions
beforeAll(() => {
  small = smallEditions()
})
afterAll(() => small.end())

test('any bytes come out of their pieces as they went in, and other bytes are refused', async () => {
  const lengths = fc.constantFrom(0, 1, pieceBytes - 1, pieceBytes, pieceBytes + 1, pieceBytes * 2)
  await fc.assert(
    fc.asyncProperty(lengths, async (length) => {
      const content = randomBytes(length)
      const part = await keptPart('lexicon.bin', content)
      const pieces: Uint8Array[] = []
      for await (const piece of packPieces(content)) pieces.push(piece)
      expect(pieces.every((piece) => piece.length < 1_000_000)).toBe(true)
      expect(Buffer.compare(Buffer.from(await joinPieces(part, listed(pieces))), content)).toBe(0)
      const other = { ...part, digest: '0'.repeat(64) }
      await expect(joinPieces(other, listed(pieces))).rejects.toThrow('is not what it was')
      if (pieces.length > 0) await expect(joinPieces(part, listed(pieces.slice(1)))).rejects.toThrow('ends early')
    }),
    { numRuns: 12 },
  )
})

async function* listed<T>(all: readonly T[]): AsyncGenerator<T> {
  yield* all
}

describe.each(storeKinds)('editions kept in %s', (kind) => {
  let store: Store
  let end: () => Promise<void>
  let opened: Editions[] = []
  const faults: string[] = []
  beforeEach(async () => {
    ;({ store, end } = await newStore(kind))
    await ensureTenant(store.db, 'main', now())
    faults.length = 0
  })
  afterEach(async () => {
    await Promise.all(opened.map((one) => one.close()))
    opened = []
    await end()
  })

  const open = async (compiled = small.first): Promise<Editions> => {
    const onFault = (sentence: string, error: Error) => faults.push(`${sentence}: ${error.message}`)
    const editions = await openEditions({ store, compiled, now, onFault, pause: 20 })
    opened.push(editions)
    return editions
  }

  test('a kept edition is loaded as it was compiled, and kept once', async () => {
    expect(await keepEdition(store, small.first, by)).toBe('kept')
    expect(await keepEdition(store, small.first, by)).toBe('known')
    const loaded = await loadEdition(store, compiledEdition(small.first))
    const compiled = shareKnowledge(small.first.folder)
    expect(loaded.rest).toBe(compiled.rest)
    expect(Buffer.compare(Buffer.from(loaded.lexicon), Buffer.from(compiled.lexicon))).toBe(0)
    expect(await keepEdition(store, { ...small.second, engine: 'another' }, by)).toBe('kept')
  })

  test('an edition with changed or missing pieces is not loaded', async () => {
    await keepEdition(store, small.first, by)
    const key = compiledEdition(small.first)
    const piece = store.db.deleteFrom('edition_pieces').where('part', '=', 'lexicon.bin').where('piece', '=', 0)
    await piece.execute()
    await expect(loadEdition(store, key)).rejects.toThrow('ends early')
    await expect(loadEdition(store, { ...key, edition: 'never' })).rejects.toThrow('is not kept')
  })

  test('the edition of the package counts from the first start on, and is kept', async () => {
    const editions = await open()
    await editions.kept
    const { edition } = compiledEdition(small.first)
    expect(editions.current()).toMatchObject({ edition, engine, knowledge: { edition } })
    expect(await currentEdition(store.db)).toMatchObject({ edition, engine, origin: 'package', actor: 'system' })
    expect((await readKnowledgeState(store)).kept.map((one) => one.edition)).toEqual([edition])
    expect(faults).toEqual([])
  })

  test('a later package takes the place of an earlier one, but not of what was published', async () => {
    await (await open(small.first)).kept
    expect((await open(small.second)).current().edition).toBe(compiledEdition(small.second).edition)
    const key = compiledEdition(small.first)
    await makeCurrent(store, { ...key, origin: 'published', ...by })
    expect((await open(small.second)).current().edition).toBe(key.edition)
  })

  test('a running service takes up what another process published, once it is loaded whole', async () => {
    const editions = await open()
    const { edition } = compiledEdition(small.second)
    const changed = new Promise<readonly string[]>((done) => {
      editions.onChange((next, before) => done([before.edition, next.edition, editions.current().edition]))
    })
    await keepEdition(store, small.second, by)
    await makeCurrent(store, { ...compiledEdition(small.second), origin: 'published', ...by })
    expect(await changed).toEqual([compiledEdition(small.first).edition, edition, edition])
    expect(editions.current().knowledge.packs).toEqual(loadKnowledge(small.second.folder).packs)
    const events = await store.db.selectFrom('events').select(['kind', 'parcel', 'body']).orderBy('seq').execute()
    expect(events.map(({ kind: what, parcel }) => [what, parcel])).toEqual([
      ['edition-published', 0],
      ['edition-published', 0],
    ])
    expect(JSON.parse(events[1]?.body ?? '')).toMatchObject({ edition, before: compiledEdition(small.first).edition })
    expect((await verifyChain(store.db, 'main')).broken).toBeNull()
  })

  test('an edition that cannot be loaded is told once, and the one before stays', async () => {
    const editions = await open()
    await makeCurrent(store, { edition: 'lost', engine, origin: 'published', ...by })
    await editions.look()
    await editions.look()
    await makeCurrent(store, { ...compiledEdition(small.second), engine: 'newer', origin: 'published', ...by })
    await editions.look()
    expect(editions.current().edition).toBe(compiledEdition(small.first).edition)
    expect(faults).toHaveLength(2)
    expect(faults[0]).toContain(
      'The edition lost, compiled by greenlane test, Unicode test, is not kept in this store.',
    )
    expect(faults[1]).toContain('was compiled by newer')
    await expect(open()).rejects.toThrow('Publish it again with this version')
  })

  test('an edition is forgotten only when it does not count and no decision refers to it', async () => {
    const [first, second] = [compiledEdition(small.first), compiledEdition(small.second)]
    await keepEdition(store, small.first, by)
    await keepEdition(store, small.second, by)
    await makeCurrent(store, { ...second, origin: 'published', ...by })
    await store.record(batchOf([{ identifier: 'LZ1CN', content: {} }], { ...first, edition: `${first.edition}+names` }))
    expect(await forgetEdition(store, second)).toBe('current')
    expect(await forgetEdition(store, first)).toBe('decided-by')
    expect(await forgetEdition(store, { ...first, engine: 'another' })).toBe('not-kept')
    await makeCurrent(store, { ...first, origin: 'published', ...by })
    expect(await forgetEdition(store, second)).toBe('forgotten')
    const left = await store.db.selectFrom('edition_pieces').select('edition').distinct().execute()
    expect(left).toEqual([{ edition: first.edition }])
  })

  test('a folder with faults is refused with all of them, and what counts stays', async () => {
    await open()
    const publisher = { engine, actor: 'person:expert', now }
    const bad = new URL('../../src/knowledge/bad', import.meta.url).pathname
    const refused = await publishEdition(store, bad, publisher)
    expect(refused.kind === 'refused' && refused.faults.length).toBeGreaterThan(10)
    expect((await currentEdition(store.db))?.origin).toBe('package')
  })
})

describe('publishing a folder of knowledge', () => {
  test('checks, compiles, keeps and lets it count; the package can count again', async () => {
    const { store, end } = await newStore('sqlite')
    try {
      const publisher = { engine, actor: 'person:expert', now }
      const published = await publishEdition(store, small.secondSources, publisher)
      expect(published).toMatchObject({ kind: 'published', before: null })
      const { edition } = published as { edition: string }
      expect(await currentEdition(store.db)).toEqual({
        edition,
        engine,
        origin: 'published',
        actor: 'person:expert',
        at,
      })
      expect(JSON.parse((await loadEdition(store, { edition, engine })).rest)).toMatchObject({ edition })
      expect(await publishEdition(store, small.secondSources, publisher)).toMatchObject({ kind: 'stands' })
      expect(await publishPackage(store, small.first, publisher)).toMatchObject({ kind: 'published', before: edition })
      expect(await currentEdition(store.db)).toMatchObject({ origin: 'package' })
    } finally {
      await end()
    }
  })
})
