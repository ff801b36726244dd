import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type DropFolder, openDropFolder } from '../../src/delivery/drop-folder.ts'
import { startDropping } from '../../src/delivery/dropping.ts'
import type { Store } from '../../src/store/open-store.ts'
import { takeLease } from '../../src/store/take-lease.ts'
import { newPlace, newStore, storeKinds } from '../store/stores.fixture.ts'
import { newReceiving, parcelLines, type TestReceiving } from './drop-folder.fixture.ts'
import type { DroppingStart } from './dropping-process.ts'

interface Answer {
  readonly parcel: { readonly id: string; readonly line: number }
  readonly proposal: string
  readonly decision: number
}

describe('a drop folder', () => {
  let store: Store
  let end: () => Promise<void>
  let receiving: TestReceiving
  let folder: string
  let failures: unknown[]
  let drop: DropFolder
  beforeAll(async () => {
    ;({ store, end } = await newStore('sqlite'))
    receiving = await newReceiving(store)
  })
  afterAll(async () => {
    await receiving.close()
    await end()
  })
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'greenlane-drop-'))
    mkdirSync(path.join(folder, 'in', 'post'), { recursive: true })
    failures = []
    drop = open()
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  function open(receive = receiving.receive, hold = async () => true): DropFolder {
    return openDropFolder({
      in: path.join(folder, 'in'),
      out: path.join(folder, 'out'),
      tenant: 'main',
      receive,
      hold,
      failed: (error) => void failures.push(error),
    })
  }

  const put = (name: string, bytes: string | Buffer): void => writeFileSync(path.join(folder, 'in', name), bytes)
  const list = (place: string): string[] =>
    existsSync(path.join(folder, place)) ? readdirSync(path.join(folder, place)).sort() : []
  const files = (place: string): string[] => list(place).filter((name) => !['done', 'faulty'].includes(name))
  const read = (place: string): string => readFileSync(path.join(folder, place), 'utf8')
  const answers = (place: string): Answer[] =>
    read(place)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Answer)

  /** As many turns as a file needs that is whole. */
  async function turns(by = drop): Promise<void> {
    await by.turn()
    await by.turn()
  }

  test.each([
    ['records.ndjson', parcelLines('A', 3)],
    ['packed.ndjson.gz', gzipSync(parcelLines('B', 3))],
    ['list.json', `[${parcelLines('C', 3).trimEnd().replaceAll('\n', ',\n')}]`],
    [
      'table.csv',
      'parcel_id,dispatch,destination,description\nD-0,CN,FR,"Rose seeds, 20"\nD-1,CN,FR,Socks\nD-2,CN,FR,Soil\n',
    ],
    [
      'table.tsv',
      'parcel_id\tdispatch\tdestination\tdescription\nE-0\tCN\tFR\tRose seeds\nE-1\tCN\tFR\tSocks\nE-2\tCN\tFR\tSoil\n',
    ],
    ['nameless', Buffer.from(`\ufeff${parcelLines('F', 3)}`, 'utf16le')],
  ])('takes in %s, answers in input order beside it, and puts it away', async (name, bytes) => {
    put(`post/${name}`, bytes)
    await turns()
    expect([files('in/post'), list('in/post/done'), list('in/post/faulty')]).toEqual([[], [name], []])
    expect(list('out/post')).toEqual([`${name}.answers.ndjson`])
    const told = answers(`out/post/${name}.answers.ndjson`)
    expect(told.map(({ parcel }) => parcel.id.slice(-2))).toEqual(['-0', '-1', '-2'])
    const stored = await store.db
      .selectFrom('decisions')
      .select('seq')
      .where(
        'seq',
        'in',
        told.map(({ decision }) => decision),
      )
      .execute()
    expect(stored).toHaveLength(3)
    expect(failures).toEqual([])
  })

  test('leaves a file that still grows, one that is called unfinished, links, folders and strangers', async () => {
    put('post/growing.ndjson', parcelLines('G', 1))
    put('post/loading.ndjson.part', parcelLines('H', 1))
    put('post/.hidden.ndjson', parcelLines('H', 1))
    mkdirSync(path.join(folder, 'in', 'post', 'folder.ndjson'))
    put('secret.ndjson', parcelLines('H', 1))
    symlinkSync(path.join(folder, 'in', 'secret.ndjson'), path.join(folder, 'in', 'post', 'link.ndjson'))
    mkdirSync(path.join(folder, 'in', 'no partner!'))
    put('no partner!/a.ndjson', parcelLines('H', 1))
    await drop.turn()
    put('post/growing.ndjson', parcelLines('G', 2))
    expect(await drop.turn()).toBe(0)
    expect(await drop.turn()).toBe(1)
    expect(answers('out/post/growing.ndjson.answers.ndjson')).toHaveLength(2)
    renameSync(path.join(folder, 'in/post/loading.ndjson.part'), path.join(folder, 'in/post/loading.ndjson'))
    await turns()
    expect(list('in/post/done')).toEqual(['growing.ndjson', 'loading.ndjson'])
    expect(files('in/post')).toEqual(['.hidden.ndjson', 'folder.ndjson', 'link.ndjson'])
    expect(list('out')).toEqual(['post'])
  })

  test('a partner sends in its own name, and the same file again gives the same answers under a name of its own', async () => {
    mkdirSync(path.join(folder, 'in', 'market'))
    put('post/day.1.ndjson', parcelLines('I', 2))
    put('market/day.1.ndjson', parcelLines('J', 2))
    await turns()
    const count = async (): Promise<number> => (await store.db.selectFrom('messages').select('seq').execute()).length
    const before = await count()
    put('post/day.1.ndjson', parcelLines('I', 2))
    await turns()
    expect(await count()).toBe(before)
    expect(list('in/post/done')).toEqual(['day-2.1.ndjson', 'day.1.ndjson'])
    expect(read('out/post/day-2.1.ndjson.answers.ndjson')).toBe(read('out/post/day.1.ndjson.answers.ndjson'))
    const said = await store.db.selectFrom('messages').select(['partner', 'content']).execute()
    expect(new Set(said.filter(({ content }) => content.includes('"J-')).map(({ partner }) => partner))).toEqual(
      new Set(['market']),
    )
  })

  test('a record that cannot be read is answered with its line, and the others go on', async () => {
    put('post/some.ndjson', `${parcelLines('K', 1)}{broken\n${parcelLines('L', 1)}`)
    await turns()
    expect(list('in/post/done')).toEqual(['some.ndjson'])
    const told = answers('out/post/some.ndjson.answers.ndjson')
    expect(told.map(({ parcel, decision }) => [parcel.line, decision !== undefined])).toEqual([
      [1, true],
      [2, false],
      [3, true],
    ])
  })

  test.each<[string, string | Buffer, RegExp, number]>([
    ['empty.ndjson', '', /^The file is empty/, 0],
    ['broken.ndjson', '{broken\n\nneither is this\n', /^Line 1: .+\nLine 3: .+/, 2],
    ['broken.json', '[{"id": "M-0" "items": []}]', /^Line 1: /, 1],
    ['columns.csv', 'colour,shape\nred,round\n', /^Line 1: .*column/i, 0],
    ['cut.ndjson.gz', gzipSync(parcelLines('N', 2000)).subarray(0, 400), /^The file ends in the middle/, 1],
  ])('what is at fault as a whole is put aside with what is wrong: %s', async (name, bytes, why, least) => {
    put(`post/${name}`, bytes)
    await turns()
    expect([files('in/post'), list('in/post/done')]).toEqual([[], []])
    expect(list('in/post/faulty')).toEqual([name, `${name}.problem.txt`])
    expect(read(`in/post/faulty/${name}.problem.txt`)).toMatch(why)
    expect(read(`in/post/faulty/${name}.problem.txt`)).toContain('Mend the file')
    if (least === 0) expect(list('out/post')).toEqual([])
    else expect(answers(`out/post/${name}.answers.ndjson`).length).toBeGreaterThanOrEqual(least)
    expect(failures).toEqual([])
  })

  test('a store that does not take it leaves the file where it is, and it is taken in later', async () => {
    let broken = true
    async function* receive(...told: Parameters<TestReceiving['receive']>): AsyncGenerator<Buffer> {
      for await (const piece of receiving.receive(...told)) {
        yield piece
        if (broken) throw new Error('The disk is full.')
      }
    }
    const by = open(receive)
    put('post/full.ndjson', parcelLines('O', 3))
    for (let turn = 0; turn < 4; turn += 1) await by.turn()
    expect([files('in/post'), list('out/post'), list('in/post/done')]).toEqual([['full.ndjson'], [], []])
    expect(String(failures[0])).toContain('disk is full')
    put('post/other.ndjson', parcelLines('P', 1))
    broken = false
    for (let turn = 0; turn < 8; turn += 1) await by.turn()
    expect(list('in/post/done')).toEqual(['full.ndjson', 'other.ndjson'])
    expect(answers('out/post/full.ndjson.answers.ndjson')).toHaveLength(3)
  })

  test('what an end in the middle left is done again or finished, as it should be', async () => {
    put('post/again.ndjson', parcelLines('Q', 2))
    mkdirSync(path.join(folder, 'in/post/done'))
    mkdirSync(path.join(folder, 'out/post'), { recursive: true })
    writeFileSync(path.join(folder, 'out/post/.again.ndjson.ready'), 'whole, and its file was not moved away\n')
    writeFileSync(path.join(folder, 'out/post/.half.ndjson.part'), 'half')
    writeFileSync(path.join(folder, 'in/post/done/moved.ndjson'), parcelLines('R', 1))
    writeFileSync(path.join(folder, 'out/post/.moved.ndjson.ready'), '{"whole":true}\n')
    await turns()
    expect(list('out/post')).toEqual(['again.ndjson.answers.ndjson', 'moved.ndjson.answers.ndjson'])
    expect(read('out/post/moved.ndjson.answers.ndjson')).toBe('{"whole":true}\n')
    expect(answers('out/post/again.ndjson.answers.ndjson')).toHaveLength(2)
  })

  test('nothing is touched while another process looks after it', async () => {
    put('post/held.ndjson', parcelLines('S', 1))
    const by = open(receiving.receive, async () => false)
    await turns(by)
    expect([files('in/post'), list('in/post/done'), list('out')]).toEqual([['held.ndjson'], [], []])
  })

  test('closing ends in the middle of a file, which is taken in when it is opened again', async () => {
    let begun = (): void => {}
    const began = new Promise<void>((done) => {
      begun = done
    })
    async function* slow(...told: Parameters<TestReceiving['receive']>): AsyncGenerator<Buffer> {
      for await (const piece of receiving.receive(...told))
        for (let turn = 0; turn < 200; turn += 1) {
          yield turn === 0 ? piece : Buffer.alloc(0)
          begun()
          await new Promise((done) => setTimeout(done, 10))
        }
    }
    const start = {
      in: path.join(folder, 'in'),
      out: path.join(folder, 'out'),
      tenant: 'main',
      db: store.db,
      now: Date.now,
    }
    const every = { every: 10, failed: (error: unknown) => void failures.push(error) }
    put('post/long.ndjson', parcelLines('T', 1))
    const first = startDropping({ ...start, ...every, receive: slow })
    await began
    await first.close()
    expect([files('in/post'), list('out/post'), failures]).toEqual([['long.ndjson'], [], []])
    const second = startDropping({ ...start, ...every, receive: receiving.receive })
    for (
      let waits = 0;
      !existsSync(path.join(folder, 'out/post/long.ndjson.answers.ndjson')) && waits < 500;
      waits += 1
    )
      await new Promise((done) => setTimeout(done, 10))
    await second.close()
    expect([list('in/post/done'), list('out/post')]).toEqual([['long.ndjson'], ['long.ndjson.answers.ndjson']])
  })
})

test('a drop folder whose process is killed at any moment answers each file once, and stores each parcel once', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'greenlane-drop-'))
  const { place, remove } = await newPlace('sqlite')
  if (place.kind !== 'sqlite') throw new Error('SQLite was asked for.')
  const told = { file: place.file, in: path.join(folder, 'in'), out: path.join(folder, 'out') }
  mkdirSync(path.join(told.in, 'post'), { recursive: true })
  const script = path.join(import.meta.dirname, 'dropping-process.ts')
  const got = new Map<string, string[]>()
  /** Takes answers away as soon as they are there, as a partner does. */
  const collect = (): void => {
    const place = path.join(told.out, 'post')
    if (!existsSync(place)) return
    for (const name of readdirSync(place).filter((one) => !one.startsWith('.'))) {
      const text = readFileSync(path.join(place, name), 'utf8')
      rmSync(path.join(place, name))
      got.set(name, [...(got.get(name) ?? []), text])
    }
  }
  const [filesCount, records] = [60, 20]
  for (let file = 0; file < filesCount; file += 1)
    writeFileSync(path.join(told.in, 'post', `f${file}.ndjson`), parcelLines(`Z${file}`, records))
  try {
    for (let run = 0; run < 6; run += 1) {
      const start: DroppingStart = { ...told, ahead: run * 120_000 }
      const child = spawn(process.execPath, [script, JSON.stringify(start)], {
        stdio: ['ignore', 'inherit', 'inherit'],
      })
      const ended = new Promise((done) => child.once('exit', done))
      const before = got.size
      for (let waits = 0; got.size === before && got.size < filesCount && waits < 2000; waits += 1) {
        await new Promise((done) => setTimeout(done, 5))
        collect()
      }
      const last = run === 5
      if (!last) await new Promise((done) => setTimeout(done, Math.random() * 40))
      for (let waits = 0; last && got.size < filesCount && waits < 2000; waits += 1) {
        await new Promise((done) => setTimeout(done, 5))
        collect()
      }
      child.kill('SIGKILL')
      await ended
    }
    collect()
    expect(got.size).toBe(filesCount)
    for (const [name, texts] of got) {
      expect([name, texts.length]).toEqual([name, 1])
      expect((texts[0] ?? '').trimEnd().split('\n')).toHaveLength(records)
    }
    expect(readdirSync(path.join(told.in, 'post', 'done'))).toHaveLength(filesCount)
    const { openStore } = await import('../../src/store/open-store.ts')
    const store = await openStore(place)
    const parcels = await store.db.selectFrom('parcels').select('identifier').execute()
    const messages = await store.db.selectFrom('messages').select('seq').execute()
    await store.close()
    expect(new Set(parcels.map(({ identifier }) => identifier)).size).toBe(filesCount * records)
    expect([parcels.length, messages.length]).toEqual([filesCount * records, filesCount * records])
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await remove()
  }
})

test.each(storeKinds)(
  'a right that one process has at a time is taken, renewed, and passes on, in %s',
  async (kind) => {
    const { store, end } = await newStore(kind)
    const at = (second: number): string => new Date(Date.UTC(2026, 10, 24, 9, 0, second)).toISOString()
    const take = (holder: string, from: number, until: number): Promise<boolean> =>
      takeLease(store.db, { name: 'test', holder, at: at(from), until: at(until) })
    try {
      const taken = await Promise.all(['a', 'b', 'c', 'd'].map((holder) => take(holder, 0, 30)))
      expect(taken.filter((one) => one)).toHaveLength(1)
      const holder = ['a', 'b', 'c', 'd'][taken.indexOf(true)] as string
      expect(await take('other', 29, 60)).toBe(false)
      expect(await take(holder, 29, 60)).toBe(true)
      expect(await take('other', 31, 60)).toBe(false)
      expect(await take('other', 61, 90)).toBe(true)
      expect(await take(holder, 62, 90)).toBe(false)
    } finally {
      await end()
    }
  },
)
