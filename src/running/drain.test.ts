import { type ChildProcess, spawn } from 'node:child_process'
import { Agent, get, type IncomingMessage } from 'node:http'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'

const folder = path.resolve(import.meta.dirname)

/** A service whose answers take 300 ms, and whose parts end as the test wants. */
const program = (seconds: number, close: string): string => `
  import { createServer } from 'node:http'
  const { drain, stopSignal } = await import(${JSON.stringify(path.join(folder, 'drain.ts'))})
  const { openLog } = await import(${JSON.stringify(path.join(folder, 'log.ts'))})
  const log = openLog('info', { write: (line) => process.stderr.write(line) })
  const server = createServer((request, response) => {
    console.log('request')
    setTimeout(() => response.end('answered'), 300)
  })
  const stop = stopSignal(log)
  server.listen(0, '127.0.0.1', () => console.log('port ' + server.address().port))
  await stop
  const parts = [
    { name: 'webhooks', close: ${close} },
    { name: 'store', close: async () => { console.log('store closed') } },
  ]
  const drained = await drain(server, parts, { seconds: ${seconds}, log })
  console.log(JSON.stringify(drained))
  process.exit(drained.kind === 'drained' ? 0 : 1)
`

interface Running {
  readonly child: ChildProcess
  readonly port: number
  /** Waits until the output holds a text. */
  readonly says: (text: string) => Promise<void>
  readonly output: () => string
  readonly errors: () => string
  readonly ended: Promise<number | null>
}

const started: ChildProcess[] = []
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

async function start(seconds: number, close = '() => {}'): Promise<Running> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program(seconds, close)])
  started.push(child)
  let [output, errors] = ['', '']
  child.stdout.on('data', (part) => {
    output += part
  })
  child.stderr.on('data', (part) => {
    errors += part
  })
  const ended = new Promise<number | null>((done) => child.on('close', done))
  const says = async (text: string): Promise<void> => {
    while (!output.includes(text)) await new Promise((done) => setTimeout(done, 10))
  }
  await says('port ')
  const port = Number(/port (\d+)/.exec(output)?.[1])
  return { child, port, says, output: () => output, errors: () => errors, ended }
}

function ask(port: number, agent: Agent): Promise<string> {
  return new Promise((done, fail) => {
    get({ port, host: '127.0.0.1', agent }, (answer: IncomingMessage) => {
      let text = ''
      answer.on('data', (part) => {
        text += part
      })
      answer.on('end', () => done(text))
      answer.on('error', fail)
    }).on('error', fail)
  })
}

describe('a service that is told to stop', () => {
  it('answers what is under way, takes nothing new, closes its parts in order and ends with 0', async () => {
    const service = await start(10)
    const agent = new Agent({ keepAlive: true })
    await ask(service.port, agent)
    const underWay = ask(service.port, agent)
    await service.says('request\nrequest')
    service.child.kill('SIGTERM')
    await expect.poll(service.errors).toContain('told to stop')
    await expect(ask(service.port, new Agent())).rejects.toThrow(/ECONNREFUSED/)
    expect(await underWay).toBe('answered')
    expect(await service.ended).toBe(0)
    expect(service.output()).toContain('store closed\n{"kind":"drained"}')
    agent.destroy()
  })

  it('takes a signal that comes twice at once for one, as npm and a terminal send it', async () => {
    const service = await start(10)
    const underWay = ask(service.port, new Agent())
    await service.says('request')
    service.child.kill('SIGINT')
    service.child.kill('SIGTERM')
    await new Promise((done) => setTimeout(done, 50))
    service.child.kill('SIGINT')
    expect(await underWay).toBe('answered')
    expect(await service.ended).toBe(0)
  })

  it('ends at once when it is told again', async () => {
    const service = await start(60, '() => new Promise(() => setTimeout(() => {}, 60_000))')
    service.child.kill('SIGTERM')
    await expect.poll(service.errors).toContain('told to stop')
    await new Promise((done) => setTimeout(done, 600))
    service.child.kill('SIGTERM')
    expect(await service.ended).toBe(143)
    expect(service.output()).not.toContain('store closed')
  })

  it('names what had not finished when time is up', async () => {
    const service = await start(0.2, '() => new Promise(() => {})')
    service.child.kill('SIGINT')
    expect(await service.ended).toBe(1)
    expect(service.output()).toContain('{"kind":"cut","left":["webhooks","store"]}')
    expect(service.errors()).toContain('"part":"webhooks"')
  })

  it('closes the parts behind one that fails', async () => {
    const service = await start(10, '() => { throw new Error("broken") }')
    service.child.kill('SIGTERM')
    expect(await service.ended).toBe(1)
    expect(service.output()).toContain('store closed\n{"kind":"cut","left":["webhooks"]}')
  })
})
