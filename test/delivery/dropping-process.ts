import { startDropping } from '../../src/delivery/dropping.ts'
import { openStore } from '../../src/store/open-store.ts'
import { newReceiving } from './drop-folder.fixture.ts'

/** What a process that looks after a drop folder is told. */
export interface DroppingStart {
  readonly file: string
  readonly in: string
  readonly out: string
  /** Milliseconds that its clock is ahead. */
  readonly ahead: number
}

/** Looks after a folder until it is killed. */
const told = JSON.parse(process.argv[2] ?? '') as DroppingStart
const store = await openStore({ kind: 'sqlite', file: told.file })
const { receive } = await newReceiving(store)
startDropping({
  in: told.in,
  out: told.out,
  tenant: 'main',
  db: store.db,
  receive,
  every: 20,
  now: () => Date.now() + told.ahead,
  failed: (error) => {
    console.error(error)
    process.exitCode = 1
  },
})
