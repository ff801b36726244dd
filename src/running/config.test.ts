import { availableParallelism } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Config, type Environment, readConfig, type SettingFault } from './config.ts'
import { settings, variables } from './settings.ts'
import { settingRows } from './settings-table.ts'

function configFrom(environment: Environment): Config {
  const reading = readConfig(environment)
  if (reading.kind === 'faulty') throw new Error(reading.faults.map(({ sentence }) => sentence).join('\n'))
  return reading.config
}

function faultsOf(environment: Environment): readonly SettingFault[] {
  const reading = readConfig(environment)
  return reading.kind === 'faulty' ? reading.faults : []
}

const key = Buffer.alloc(32, 9).toString('base64')

describe('an empty environment', () => {
  it('gives a service on this machine alone, with SQLite and samples', () => {
    expect(configFrom({})).toEqual({
      port: 8080,
      host: '127.0.0.1',
      publicUrl: null,
      trustedProxies: [],
      webhooksLocal: false,
      dataFolder: path.resolve('data'),
      databaseUrl: null,
      key: null,
      receiptKey: null,
      authSecret: null,
      knowledgeFolder: null,
      screeningThreads: Math.max(1, availableParallelism() - 1),
      bodyLimit: 33_554_432,
      decompressedLimit: 268_435_456,
      rateLimit: 6000,
      retentionDays: 90,
      dropFolderIn: null,
      dropFolderOut: null,
      oidc: null,
      samples: true,
      logLevel: 'info',
      tracesUrl: null,
      shutdownSeconds: 30,
    })
  })

  it('is the same as one whose variables are empty, as a file of variables leaves them', () => {
    expect(configFrom(Object.fromEntries(variables.map((variable) => [variable, ' '])))).toEqual(configFrom({}))
  })
})

describe('a variable that is set', () => {
  it('is read', () => {
    const config = configFrom({
      PORT: '0',
      HOST: '::1',
      PUBLIC_URL: 'https://greenlane.example/',
      TRUST_PROXY: 'loopback, 10.0.0.0/8,192.0.2.7',
      DATABASE_URL: 'postgresql://greenlane:p%40ss@localhost/greenlane',
      GREENLANE_KEY: key,
      BODY_LIMIT: '2 MiB',
      DECOMPRESSED_LIMIT: '4096',
      RATE_LIMIT: '0',
      OIDC_ISSUER: 'https://login.example/',
      OIDC_CLIENT_ID: 'greenlane',
      SCREENING_THREADS: '5',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318/',
    })
    expect(config.publicUrl).toBe('https://greenlane.example')
    expect(config.trustedProxies).toEqual(['127.0.0.0/8', '::1/128', '10.0.0.0/8', '192.0.2.7'])
    expect(config.key).toEqual(new Uint8Array(32).fill(9))
    expect([config.bodyLimit, config.decompressedLimit, config.rateLimit]).toEqual([2_097_152, 4096, null])
    expect([config.samples, config.screeningThreads, config.tracesUrl]).toEqual([false, 5, 'http://localhost:4318'])
    // Identity providers compare their name letter by letter: its slash stays.
    expect(config.oidc).toEqual({
      issuer: 'https://login.example/',
      clientId: 'greenlane',
      clientSecret: null,
      name: 'your organisation',
    })
  })

  it.each(variables)('%s takes the example that its fault would give', (variable) => {
    const { secret, example } = settings[variable] as { secret?: true; example: string }
    const text = secret && !example.includes('://') ? key : example
    expect(settings[variable].kind.schema.safeParse(text).success).toBe(true)
    expect(faultsOf({ [variable]: text }).filter((fault) => fault.variable === variable)).toEqual([])
  })
})

const wrong: Readonly<Record<string, readonly string[]>> = {
  PORT: ['8o80', '65536', '-1', '80.5', 'http'],
  HOST: ['localhost:8080', 'http://localhost', 'a b', '-a'],
  PUBLIC_URL: [
    'greenlane.example',
    'ftp://greenlane.example',
    'https://',
    'https://a.example/?x=1',
    'https://u:p@a.example',
  ],
  TRUST_PROXY: ['yes', '10.0.0.0/33', '10', 'loopback;10.0.0.1', ','],
  DATA_DIR: ['a\0b'],
  DATABASE_URL: ['mysql://localhost/greenlane', 'localhost/greenlane', 'postgres://localhost', 'postgres://localhost/'],
  GREENLANE_KEY: ['secret', `${key}${key}`, Buffer.alloc(31).toString('base64'), 'a'.repeat(64)],
  AUTH_SECRET: ['short'],
  SCREENING_THREADS: ['0', 'all', '257'],
  BODY_LIMIT: ['0', '1023', '32 MB', 'much', '1e9'],
  DECOMPRESSED_LIMIT: ['-1'],
  RATE_LIMIT: ['ten', '1/s'],
  RETENTION_DAYS: ['0', 'never', '1.5'],
  OIDC_ISSUER: ['login.example'],
  SAMPLES: ['true', '1', 'Yes'],
  LOG_LEVEL: ['verbose', 'INFO'],
  OTEL_EXPORTER_OTLP_ENDPOINT: ['localhost:4318'],
  SHUTDOWN_SECONDS: ['30s', '-1'],
}

describe('a variable that does not fit', () => {
  it.each(Object.entries(wrong).flatMap(([variable, texts]) => texts.map((text) => [variable, text])))(
    '%s=%s is told with what was found, what is allowed and an example',
    (variable, text) => {
      const { kind, secret, example } = settings[variable as 'PORT'] as (typeof settings)['PORT'] & { secret?: true }
      const [fault] = faultsOf({ [variable]: text }).filter((one) => one.variable === variable)
      expect(fault?.sentence).toContain(`allowed: ${kind.allowed}; for example ${example}.`)
      if (secret)
        expect(fault?.sentence).toContain(`${variable} is a secret of ${text.length} letters that does not fit`)
      else expect(fault?.sentence.startsWith(`${variable} is "`)).toBe(true)
    },
  )

  it('is told together with every other', () => {
    const environment = Object.fromEntries(Object.entries(wrong).map(([variable, [text]]) => [variable, text]))
    expect(new Set(faultsOf(environment).map(({ variable }) => variable))).toEqual(
      new Set([...Object.keys(wrong), 'OIDC_CLIENT_ID']),
    )
  })

  it('never shows a secret, nor the password in an address', () => {
    const secrets = variables.filter((variable) => (settings[variable] as { secret?: true }).secret)
    expect(secrets.length).toBeGreaterThan(3)
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9+/:@ ]{8,50}$/), (text) => {
        const planted = `Zq${text}Zq`
        const environment = {
          ...Object.fromEntries(secrets.map((variable) => [variable, planted])),
          PUBLIC_URL: `https://person:${planted}@greenlane.example`,
          OIDC_ISSUER: `https://person:${planted}@login.example`,
        }
        const { notices } = readConfig(environment)
        const told = JSON.stringify([faultsOf(environment), notices, settingRows(environment)])
        expect(told).not.toContain(planted)
        expect(told).not.toContain('person:')
      }),
    )
  })
})

describe('variables that belong together', () => {
  it.each([
    [{ OIDC_ISSUER: 'https://login.example' }, 'OIDC_CLIENT_ID'],
    [{ OIDC_CLIENT_ID: 'greenlane' }, 'OIDC_ISSUER'],
    [{ OIDC_CLIENT_SECRET: 'x' }, 'OIDC_ISSUER'],
    [{ DROP_FOLDER_IN: 'drop', DROP_FOLDER_OUT: './drop' }, 'DROP_FOLDER_OUT'],
  ])('%j lacks or doubles %s', (environment, variable) => {
    expect(faultsOf(environment).map((fault) => fault.variable)).toEqual([variable])
  })
})

describe('what is likely not meant', () => {
  it.each([
    ['GREENLANE_PORT', ' Did you mean "PORT"?'],
    ['GREENLANE_KNOWLEGE', ' Did you mean "GREENLANE_KNOWLEDGE"?'],
    ['GREENLANE_KEYS', ' Did you mean "GREENLANE_KEY"?'],
    ['GREENLANE_DATABASEURL', ' Did you mean "DATABASE_URL"?'],
    ['GREENLANE_COLOUR_OF_PAGES', ''],
  ])('%s is told', (name, meant) => {
    const { kind, notices } = readConfig({ [name]: 'x' })
    expect(kind).toBe('ready')
    expect(notices.map(({ sentence }) => sentence)).toEqual([
      `${name} is no variable of Greenlane and does nothing.${meant}`,
    ])
  })

  it('is a database for many machines with a key on one of them', () => {
    const environment = { DATABASE_URL: 'postgres://localhost/greenlane' }
    expect(readConfig(environment).notices.map(({ variable }) => variable)).toEqual(['GREENLANE_KEY'])
    expect(readConfig({ ...environment, GREENLANE_KEY: key }).notices).toEqual([])
  })

  it('is an address without encryption that is not this machine', () => {
    expect(readConfig({ PUBLIC_URL: 'http://greenlane.example' }).notices).toHaveLength(1)
    expect(readConfig({ PUBLIC_URL: 'http://localhost:8080' }).notices).toEqual([])
  })

  it('leaves the variables of other programs alone', () => {
    expect(readConfig({ PATH: '/bin', PORTS: '1', DATABASE_URI: 'x' }).notices).toEqual([])
  })
})
