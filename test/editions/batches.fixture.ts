import { hash } from 'node:crypto'
import type { Batch, RecordRow } from '../../src/store/record.ts'

/** A record as a test tells it: what the parcel is called, what was said of it, and what came of it. */
export interface TestRecord {
  readonly identifier: string
  readonly content: object
  readonly answer?: object
  readonly proposal?: string
  readonly asked?: boolean
}

/** What was decided with, as a batch tells it. */
export type Told = Partial<Pick<Batch, 'tenant' | 'partner' | 'edition' | 'engine' | 'at' | 'day'>>

/** A batch of records met for the first time. */
export function batchOf(records: readonly TestRecord[], told: Told = {}): Batch {
  const text = newText()
  const rows = records.map((record) => rowOf(record, text))
  return {
    tenant: 'main',
    partner: 'post',
    actor: 'key:post',
    at: '2026-11-24T09:00:00.000Z',
    day: '2026-11-24',
    edition: 'first',
    engine: 'greenlane test',
    ...told,
    bytes: text.bytes(),
    rows,
  }
}

interface Text {
  readonly put: (piece: string) => [number, number]
  readonly bytes: () => SharedArrayBuffer
}

function newText(): Text {
  const pieces: Buffer[] = []
  let length = 0
  return {
    put: (text) => {
      const piece = Buffer.from(text)
      pieces.push(piece)
      length += piece.length
      return [length - piece.length, length]
    },
    bytes: () => {
      const bytes = new SharedArrayBuffer(length)
      Buffer.concat(pieces).copy(new Uint8Array(bytes))
      return bytes
    },
  }
}

function rowOf({ identifier, content, answer, proposal = 'ask', asked = false }: TestRecord, { put }: Text): RecordRow {
  const told = JSON.stringify(content)
  const answered = JSON.stringify(answer ?? { parcel: { id: identifier, line: 1 }, proposal })
  return {
    keys: [`s10:${identifier}`],
    identifier,
    digest: hash('sha256', told),
    content: put(told),
    answer: put(answered),
    answerDigest: hash('sha256', answered),
    proposal,
    destination: 'FR',
    dispatch: 'CN',
    stage: 'departed',
    vague: false,
    withoutHs: true,
    withoutOrigin: false,
    people: { sealed: new Uint8Array([1, 2, 3]), deleteAfter: '2027-02-22' },
    asked: asked
      ? {
          body: '{"questions":[{"item":1,"fact":"origin"}]}',
          remindAt: null,
          deadline: '2026-11-27T09:00:00.000Z',
          questions: [{ item: 1, fact: 'origin', sentence: 'Where did it grow?', whom: ['sender'] }],
        }
      : null,
    merged: null,
  }
}
