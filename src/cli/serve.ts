import { createReadStream } from 'node:fs'
import { UsageError } from '../intake/table.ts'
import { type ConfigReading, faultLines, readConfig } from '../running/config.ts'
import { readArguments, usage } from './arguments.ts'
import { sampleFile } from './demo.ts'
import { version } from './version.ts'

export const serveHelp = `greenlane serve

Runs the service: parcels in, answers out. Everything is told by variables of the environment; \`greenlane config\` lists them.
A store that is new gets the sample parcels (SAMPLES=no keeps it empty). Ctrl-C or SIGTERM lets what is under way finish.

Exit code: 0 after it was told to stop, 1 when it could not start, 2 for wrong use or a faulty variable.
`

/** Runs the service until it is told to stop. */
export async function serve(args: readonly string[]): Promise<number> {
  return usage(serveHelp, async () => {
    const given = readArguments(args, { help: { type: 'boolean', short: 'h' } })
    if (given.flag('help')) {
      process.stdout.write(serveHelp)
      return 0
    }
    if (given.words.length > 0) throw new UsageError(`"${given.words[0]}" is nothing to do here.`)
    const reading = readConfig(process.env)
    if (reading.kind === 'faulty') {
      process.stderr.write(`${faultLines(reading.faults)}\n`)
      return 2
    }
    try {
      return await run(reading)
    } catch (error) {
      process.stderr.write(`Greenlane could not start. ${error instanceof Error ? error.message : String(error)}\n`)
      return 1
    }
  })
}

async function run({ config, notices }: Extract<ConfigReading, { kind: 'ready' }>): Promise<number> {
  const { openLog } = await import('../running/log.ts')
  const { drain, stopSignal } = await import('../running/drain.ts')
  const app = await import('../app.ts')
  const { firstTenant, startService } = await import('../service.ts')
  const log = openLog(config.logLevel)
  // A signal that comes while the service starts is heard as well.
  const stopped = stopSignal(log)
  for (const { variable, sentence } of notices) process.stderr.write(`${variable}: ${sentence}\n`)
  const start = {
    config,
    log,
    compiled: app.compiledKnowledge,
    widen: await app.widening(config.knowledgeFolder),
    engine: await app.engineName(),
    version: version(),
    now: Date.now,
  }
  const service = await startService(start)
  const { server, parts, reception, url, firstAddress, isNew } = service
  log.info('The service listens', { listening: url, version: version() })
  process.stdout.write(`Greenlane listens at ${url}\n`)
  if (isNew && config.samples) {
    const sending = { tenant: firstTenant, partner: 'sample', actor: 'system' }
    let count = 0
    for await (const { tally } of reception.receive(createReadStream(sampleFile), { format: 'ndjson' }, sending))
      count += tally.records
    process.stdout.write(`${count} sample parcels are loaded.\n`)
  }
  if (firstAddress !== null) process.stdout.write(`The first administrator comes in once at ${firstAddress}\n`)
  await stopped
  const drained = await drain(server, parts, { seconds: config.shutdownSeconds, log })
  log.close()
  return drained.kind === 'drained' ? 0 : 1
}
