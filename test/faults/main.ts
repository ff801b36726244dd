import { parseArgs } from 'node:util'
import { seeded } from '../bench/records.ts'
import { clockBack } from './clock-back.ts'
import { databaseGone } from './database-gone.ts'
import { diskFull } from './disk-full.ts'
import { type Fault, NotHere, newTrial } from './fault.ts'
import { hangingReceiver } from './hanging-receiver.ts'
import { kill } from './kill.ts'
import { endServices } from './serving.ts'
import { slowClients } from './slow-clients.ts'
import { twoOnOneDatabase, twoOnOneFolder } from './two-processes.ts'

const help = `npm run faults -- [--short] [--only NAME]... [--seed N]

Breaks a running service in the ways that services break, and proves afterwards what must hold: every acknowledged parcel is there
with its answer, none is there twice, the chain of events verifies, the feed has neither gap nor repeat, errors are clear. Only this
machine is spoken to. The long form takes about ten minutes, the short one less than 90 seconds.

  --short       fewer and shorter
  --only NAME   this fault alone; several times
  --seed N      another course of chance; 1 when not given

Exit code: 0 when everything held, 1 when something did not, 2 for wrong use.
`

const faults: readonly Fault[] = [
  kill,
  diskFull,
  databaseGone,
  clockBack,
  slowClients,
  hangingReceiver,
  twoOnOneFolder,
  twoOnOneDatabase,
]

interface Row {
  readonly fault: string
  readonly result: 'held' | 'BROKEN' | 'not tried'
  readonly seconds: number
  readonly seen: string
}

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      short: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  const unknown = values.only.find((name) => !faults.some((fault) => fault.name === name))
  if (values.help || unknown !== undefined || !/^\d+$/.test(values.seed)) {
    process.stderr.write(`${help}\nFaults: ${faults.map(({ name }) => name).join(', ')}\n`)
    return values.help ? 0 : 2
  }
  const rows: Row[] = []
  for (const fault of faults)
    if (values.only.length === 0 || values.only.includes(fault.name))
      rows.push(await tryFault(fault, { short: values.short, seed: Number(values.seed) }))
  process.stdout.write(table(rows))
  return rows.some(({ result }) => result === 'BROKEN') ? 1 : 0
}

async function tryFault(fault: Fault, { short, seed }: { short: boolean; seed: number }): Promise<Row> {
  const began = performance.now()
  process.stderr.write(`\n${fault.name}: ${fault.does}\n`)
  const told = (result: Row['result'], seen: string): Row => {
    const seconds = Math.round((performance.now() - began) / 100) / 10
    process.stderr.write(`  ${result} after ${seconds} s: ${seen}\n`)
    return { fault: fault.name, result, seconds, seen }
  }
  const { trial, end } = newTrial({
    short,
    random: seeded(seed),
    tell: (progress) => process.stderr.write(`  ${progress}\n`),
  })
  try {
    return told('held', await fault.run(trial))
  } catch (error) {
    if (error instanceof NotHere) return told('not tried', error.message)
    return told('BROKEN', error instanceof Error ? (error.stack ?? error.message) : String(error))
  } finally {
    await end()
    endServices()
  }
}

function table(rows: readonly Row[]): string {
  const lines = rows.map(({ fault, result, seconds, seen }) => {
    const [first = ''] = seen.split('\n')
    return `${fault.padEnd(18)} ${result.padEnd(10)} ${`${seconds} s`.padStart(8)}   ${first}`
  })
  return `\n${lines.join('\n')}\n`
}
