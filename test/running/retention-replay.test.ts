import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { knowledge as loadKnowledge } from '../../src/app.ts'
import { noDefaults } from '../../src/core/read/read.ts'
import { screener } from '../../src/core/screen.ts'
import { unseal } from '../../src/intake/sealing.ts'
import { deleteOverdue } from '../../src/running/retention.ts'
import { newService } from '../service/service.fixture.ts'
import { newStore, storeKinds } from '../store/stores.fixture.ts'

const samples = readFileSync(path.resolve(import.meta.dirname, '../../knowledge/samples/consignments.ndjson'), 'utf8')

describe.each(storeKinds)('parcels in %s whose people were deleted', (kind) => {
  it('are decided again with the same bytes, for nothing was decided on people', async () => {
    const { store, end } = await newStore(kind)
    const service = await newService(store)
    try {
      const sent = samples
        .trim()
        .split('\n')
        .slice(0, 40)
        .map((line) => JSON.parse(line))
      await service.post('/parcels', sent)
      const people = await store.db
        .selectFrom('personal')
        .innerJoin('messages', 'messages.seq', 'personal.seq')
        .select(['sealed', 'digest'])
        .execute()
      expect(people.length).toBeGreaterThan(30)
      const named = people.map(({ sealed, digest }) => unseal(sealed, new Uint8Array(32).fill(2), digest)).join()
      expect(named).toContain('Camille Exemple')
      expect(await deleteOverdue(store, new Date('2027-12-01'))).toEqual({
        rows: people.length,
        parcels: people.length,
      })
      expect(await service.count('personal')).toBe(0)

      const decisions = await store.db
        .selectFrom('decisions')
        .innerJoin('messages', 'messages.parcel', 'decisions.parcel')
        .select(['answer', 'content', 'day', 'engine'])
        .execute()
      expect(decisions.length).toBe(sent.length)
      const knowledge = await loadKnowledge()
      for (const { answer, content, day, engine } of decisions) {
        const screen = screener(knowledge, { on: '', defaults: noDefaults, engine })
        expect(screen.write(screen.decide({ line: 1, value: JSON.parse(content) }, day))).toBe(answer)
        expect(content + answer).not.toContain('Exemple')
      }
    } finally {
      await service.close()
      await end()
    }
  })
})
