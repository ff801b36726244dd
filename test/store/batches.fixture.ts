import { hash } from 'node:crypto'
import type { Store } from '../../src/store/open-store.ts'
import type { Batch, Merged, RecordRow } from '../../src/store/record.ts'

/** A parcel as a partner tells of it in a test. */
export interface Said {
  readonly identifier: string
  readonly content: object
  readonly merged?: Merged
}

export interface BatchOf {
  readonly tenant?: string
  readonly partner?: string
}

/** A batch of what one partner says, screened by nobody: each answer proposes to ask. */
export function batchOf(said: readonly Said[], { tenant = 'main', partner = 'post' }: BatchOf = {}): Batch {
  let text = ''
  const put = (piece: string): [number, number] => {
    const from = Buffer.byteLength(text)
    text += piece
    return [from, Buffer.byteLength(text)]
  }
  const rows = said.map(({ identifier, content, merged }): RecordRow => {
    const told = JSON.stringify(content)
    const answer = JSON.stringify({ parcel: { id: identifier, line: 1 }, proposal: 'ask' })
    return {
      keys: [`s10:${identifier}`],
      identifier,
      digest: hash('sha256', told),
      content: put(told),
      answer: put(answer),
      answerDigest: hash('sha256', answer),
      proposal: 'ask',
      destination: 'FR',
      dispatch: 'CN',
      stage: 'departed',
      vague: false,
      withoutHs: false,
      withoutOrigin: false,
      people: null,
      asked: null,
      merged: merged ?? null,
    }
  })
  const bytes = new SharedArrayBuffer(Buffer.byteLength(text))
  Buffer.from(text).copy(new Uint8Array(bytes))
  const at = '2026-11-24T09:00:00.000Z'
  return { tenant, partner, actor: `key:${partner}`, at, day: '2026-11-24', edition: 'e1', engine: 'test', bytes, rows }
}

/** Stores what a partner says, merging as often as others speak of the same parcel meanwhile. */
export async function tell(store: Store, said: readonly Said[], of: BatchOf = {}): Promise<void> {
  const recorded = await store.record(batchOf(said, of))
  for (const [at, outcome] of recorded.entries()) {
    let one = outcome
    while (one.kind === 'merge') {
      const { parcel, last, messages } = one
      const merged: Merged = {
        parcel,
        last,
        messages: messages.map(({ seq }) => seq),
        cause: 'received',
        message: true,
      }
      ;[one = outcome] = await store.record(batchOf([{ ...(said[at] as Said), merged }], of))
    }
  }
}
