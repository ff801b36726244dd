import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { errorFacts } from './error-facts.ts'
import type { Facts } from './facts.ts'
import { libraryLog, type OpenLog, openLog } from './log.ts'

function logged(write: (log: OpenLog) => void, level: 'debug' | 'info' | 'warn' = 'info'): Record<string, unknown>[] {
  const lines: string[] = []
  write(openLog(level, { write: (line) => lines.push(line) }))
  return lines.map((line) => JSON.parse(line))
}

describe('a line of the log', () => {
  it('is one JSON object with time, level, sentence and facts', () => {
    const [line] = logged((log) =>
      log.with({ request: 'r-1' }).info('A request was answered', { status: 200, tenant: 'fr' }),
    )
    expect(line).toEqual({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      level: 'info',
      msg: 'A request was answered',
      request: 'r-1',
      status: 200,
      tenant: 'fr',
    })
  })

  it('is left out below the level', () => {
    const write = (log: OpenLog) => {
      log.debug('one')
      log.info('two')
      log.warn('three')
      log.error('four')
    }
    expect(logged(write, 'warn').map(({ msg }) => msg)).toEqual(['three', 'four'])
    expect(logged(write, 'debug')).toHaveLength(4)
  })

  it('tells no fact that is not on the list, and says that one was left out', () => {
    const planted = { name: 'Ana Beispiel', route: '/parcels/{id}', email: 'ana@post.example' }
    const [line] = logged((log) => log.info('One', planted as Facts))
    expect(line).toMatchObject({ route: '/parcels/{id}', leftOut: 2 })
    expect(JSON.stringify(line)).not.toMatch(/Ana|name|email/)
  })

  it.each<[keyof Facts, unknown]>([
    ['actor', 'person:ana@post.example'],
    ['actor', 'Ana Beispiel'],
    ['tenant', 'Rue de la Paix 3'],
    ['route', '/parcels?sender=Ana'],
    ['method', 'get me'],
    ['kind', 'Ana Beispiel'],
    ['listening', 'http://ana:secret@localhost'],
    ['status', '200 Ana'],
    ['status', Number.NaN],
    ['count', { name: 'Ana' }],
  ])('refuses as %s what is none: %s', (name, value) => {
    expect(logged((log) => log.info('One', { [name]: value }))[0]).toMatchObject({ leftOut: 1 })
  })

  it('never holds a text with a space in it, whichever fact carries it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (name, text) => {
        const value = `Ana ${text}`
        const [line] = logged((log) =>
          log.info('One', { [name]: value, tenant: value, part: value, version: value } as Facts),
        )
        expect(Object.values(line as object)).not.toContain(value)
      }),
    )
  })
})

describe('an error in the log', () => {
  it('has a name, a code and places in the code, and no message', () => {
    const cause = Object.assign(new Error('duplicate key (name)=(Ana Beispiel)'), { code: '23505' })
    const error = new TypeError('Unexpected token in "Ana Beispiel"\n    at Ana (/Beispiel:1:1)', { cause })
    const [line] = logged((log) => log.error('A request failed', {}, error))
    expect(line).toMatchObject({ error: { name: 'TypeError', cause: { name: 'Error', code: '23505' } } })
    expect((line as { error: { at: string[] } }).error.at[0]).toContain('log.test.ts')
    expect(JSON.stringify(line)).not.toMatch(/Ana|Beispiel/)
  })

  it('has no places when its message was changed after it arose', () => {
    const error = new Error('Ana\n    at Ana (/Beispiel:1:1)')
    expect(error.stack).toContain('Beispiel')
    error.message = 'something else'
    expect(errorFacts(error)).toEqual({ name: 'Error', at: [] })
  })

  it('may be anything that was thrown', () => {
    expect(errorFacts('Ana Beispiel')).toEqual({ name: 'string', at: [] })
    expect(errorFacts(null)).toEqual({ name: 'object', at: [] })
  })

  it('ends with three causes, also where an error is its own', () => {
    const error = new Error('round')
    error.cause = error
    expect(JSON.stringify(errorFacts(error)).match(/"cause"/g)).toHaveLength(3)
  })
})

describe('the lines of a library', () => {
  it.each([
    ['User not found: ana@post.example', 'User not found'],
    ['Invalid password for ana@post.example', 'Invalid password for'],
    ['Session of Ana Beispiel has ended', 'Session of … … has ended'],
    ['{"email":"ana@post.example"}', 'The library wrote a line that is not shown'],
    ['OAuth provider answered 503', 'OAuth provider answered'],
    ['Failed to reach the OIDC provider', 'Failed to reach the OIDC provider'],
  ])('%s', (sentence, told) => {
    const [line] = logged((log) => libraryLog(log, 'better-auth')('warn', sentence))
    expect(line).toMatchObject({ level: 'warn', library: 'better-auth', msg: told })
  })
})

describe('the log on standard output', () => {
  it('is whole when the service ends, also without being closed', () => {
    const program = `
      const { openLog } = await import(${JSON.stringify(path.join(import.meta.dirname, 'log.ts'))})
      const log = openLog('info')
      for (let count = 0; count < 1000; count++) log.info('One', { count })
      process.exit(0)`
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
    expect(stderr).toBe('')
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).count),
    ).toEqual(Array.from({ length: 1000 }, (_, at) => at))
  })
})

describe('the sentences of the log', () => {
  const source = path.resolve(import.meta.dirname, '..')
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
  )
  /** What hands the sentences of a part on to the log: there the calls of `onFault` are looked at. */
  const handedOn = /onFault: \(sentence, error\) => log\.error\(sentence, /g
  /** The first argument of each call of a log that is no plain text. */
  const faults = (text: string): string[] =>
    [...text.replaceAll(handedOn, '').matchAll(/\b(?:log\.(?:debug|info|warn|error)|onFault)\(\s*([^)\n]{0,80})/g)]
      .map(([, argument = '']) => argument)
      .filter((argument) => !/^(?:'[^'$]*'|"[^"$]*")/.test(argument))

  it('are written in the code and never put together from what came in', () => {
    expect(files).toContain(path.join('running', 'log.ts'))
    expect(
      files.flatMap((file) =>
        faults(readFileSync(path.join(source, file), 'utf8')).map((fault) => `${file}: ${fault}`),
      ),
    ).toEqual([])
  })

  it.each(['log.info(`Hello`)', 'log.warn(message)', 'onFault(message, error)', 'log.error(\n  error.message, {})'])(
    'the check refuses %s',
    (text) => {
      expect(faults(text)).toHaveLength(1)
    },
  )
})
