import { type ChildProcess, spawn } from 'node:child_process'
import { parcelMaker } from '../faults/parcels.ts'
import { seeded } from './records.ts'

/** Bodies of parcels whose identifiers are given anew each time, in place: making records takes longer than taking them. */
export interface Bodies {
  /** The next body: the same parcels under identifiers that no body before had. */
  readonly next: () => Buffer
  readonly records: readonly string[]
}

const identifier = /"s10":"CP(\d{8})\dCN"/g

/** Makes bodies of `count` parcels each, one a line or as a list; `first` is where identifiers begin. */
export function renamedBodies(count: number, form: 'list' | 'lines', first: number): Bodies {
  const make = parcelMaker(seeded(31))
  const records = Array.from({ length: count }, () => make().line)
  const text = form === 'list' ? `[${records.join(',')}]` : records.join('\n')
  const template = Buffer.from(text)
  const places: number[] = []
  const latin = template.toString('latin1')
  for (const found of latin.matchAll(identifier)) places.push(found.index + '"s10":"CP'.length)
  if (places.length !== count) throw new Error(`${places.length} identifiers stand in a body of ${count} parcels.`)
  let number = first
  return {
    records,
    next: () => {
      const body = Buffer.from(template)
      for (const at of places) {
        number += 1
        body.write(withCheckDigit(number), at, 'latin1')
      }
      return body
    },
  }
}

function withCheckDigit(number: number): string {
  const digits = String(10_000_000 + number)
  const sum = [8, 6, 4, 2, 3, 5, 9, 7].reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
  const check = 11 - (sum % 11)
  return `${digits}${check === 10 ? 0 : check === 11 ? 5 : check}`
}

const echo = `import { createServer } from 'node:http'
const server = createServer((request, response) => {
  const parts = []
  request.on('data', (part) => parts.push(part))
  request.on('end', () => {
    const text = JSON.stringify(JSON.parse(Buffer.concat(parts).toString('utf8')))
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    response.end(text)
  })
})
server.listen(0, '127.0.0.1', () => console.log(server.address().port))`

/** Starts a bare Node server, in a process of its own, that parses the JSON it gets and writes it back. */
export async function startEcho(): Promise<{ readonly url: string; readonly stop: () => void }> {
  const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', echo], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const port = await new Promise<string>((done) => {
    child.stdout?.once('data', (part: Buffer) => done(part.toString('utf8').trim()))
  })
  return { url: `http://127.0.0.1:${port}`, stop: () => void child.kill('SIGKILL') }
}

export function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
}
