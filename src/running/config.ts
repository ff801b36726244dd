import { availableParallelism } from 'node:os'
import path from 'node:path'
import { suggestion } from '../knowledge/fault.ts'
import { type Readings, type Setting, settings, type Variable, variables } from './settings.ts'

/** Variables by name, as `process.env` holds them. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Everything that the service is told from outside, parsed once. */
export interface Config {
  readonly port: number
  readonly host: string
  /** Without a slash at its end; null when not set: `http://localhost` with the port that was taken. */
  readonly publicUrl: string | null
  /** Ranges of addresses (CIDR or single addresses) of the proxies that are believed. */
  readonly trustedProxies: readonly string[]
  /** Absolute path. */
  readonly dataFolder: string
  /** Address of a PostgreSQL with its password, or null for SQLite. */
  readonly databaseUrl: string | null
  /** 32 bytes, or null for the file in the data folder. */
  readonly key: Uint8Array | null
  readonly authSecret: string | null
  /** 32 bytes that sign receipts, or null: then the key is drawn from the service's. */
  readonly receiptKey: Uint8Array | null
  /** Folder of imported names, or null when not set. */
  readonly knowledgeFolder: string | null
  readonly screeningThreads: number
  /** Bytes. */
  readonly bodyLimit: number
  /** Bytes. */
  readonly decompressedLimit: number
  /** Requests in a minute for each caller; null for no limit. */
  readonly rateLimit: number | null
  readonly retentionDays: number
  /** Whether webhooks may go to this machine. */
  readonly webhooksLocal: boolean
  readonly dropFolderIn: string | null
  readonly dropFolderOut: string | null
  readonly oidc: OidcConfig | null
  /** Whether a store that is new gets the sample parcels. */
  readonly samples: boolean
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  /** Base address of an OTLP collector, or null for no traces. */
  readonly tracesUrl: string | null
  readonly shutdownSeconds: number
}

/** The identity provider of an organisation. */
export interface OidcConfig {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string | null
  readonly name: string
}

/** What is wrong with one variable. Nothing of a secret stands in it. */
export interface SettingFault {
  readonly variable: string
  readonly sentence: string
}

export type ConfigReading =
  | { readonly kind: 'ready'; readonly config: Config; readonly notices: readonly SettingFault[] }
  | { readonly kind: 'faulty'; readonly faults: readonly SettingFault[]; readonly notices: readonly SettingFault[] }

/**
 * Reads the whole configuration from the environment. Every fault is told at once: which variable, what was found, what is
 * allowed, and an example; of secrets only that they do not fit. Notices are what is likely not meant, and stops nothing.
 */
export function readConfig(environment: Environment): ConfigReading {
  const read = new Map<Variable, unknown>()
  const faults: SettingFault[] = []
  for (const variable of variables) {
    const text = textOf(environment, variable)
    const parsed = text === null ? null : settings[variable].kind.schema.safeParse(text)
    if (parsed?.success === false) faults.push(misfit(variable, text as string))
    else read.set(variable, parsed?.data ?? null)
  }
  faults.push(...faultsBetween(environment))
  const notices = noticesOf(environment)
  if (faults.length > 0) return { kind: 'faulty', faults, notices }
  return { kind: 'ready', config: configOf(Object.fromEntries(read) as Readings), notices }
}

/** The faults or notices one a line, each as a sentence. */
export function faultLines(faults: readonly SettingFault[]): string {
  return faults.map(({ sentence }) => `${sentence}\n`).join('')
}

/** The text that counts for a variable; a variable set to nothing counts as not set. */
function textOf(environment: Environment, variable: Variable): string | null {
  return givenText(environment, variable) ?? settings[variable].usual
}

/** What the environment says, or null. */
export function givenText(environment: Environment, variable: Variable): string | null {
  const text = environment[variable]?.trim() ?? ''
  return text === '' ? null : text
}

function misfit(variable: Variable, text: string): SettingFault {
  const { kind, example } = settings[variable]
  const sentence = `${variable} is ${foundText(variable, text)}; allowed: ${kind.allowed}; for example ${example}.`
  return { variable, sentence }
}

/** What was found, without a secret and without a name and password in an address. */
export function foundText(variable: Variable, text: string): string {
  const { secret }: Setting<unknown> = settings[variable]
  if (secret) return `a secret of ${text.length} letters that does not fit`
  const shown = text.replace(/^(\w+:).*@/s, '$1//…@')
  return JSON.stringify(shown.length > 100 ? `${shown.slice(0, 100)}…` : shown)
}

/** Variables that need or exclude each other. */
function faultsBetween(environment: Environment): SettingFault[] {
  const given = (variable: Variable) => givenText(environment, variable)
  const faults: SettingFault[] = []
  const needs = (variable: Variable, other: Variable) => {
    if (given(variable) === null || given(other) !== null) return
    const sentence = `${other} is not set but ${variable} is; set both, for example ${other}=${settings[other].example}, or neither.`
    faults.push({ variable: other, sentence })
  }
  needs('OIDC_ISSUER', 'OIDC_CLIENT_ID')
  needs('OIDC_CLIENT_ID', 'OIDC_ISSUER')
  if (given('OIDC_CLIENT_ID') === null) needs('OIDC_CLIENT_SECRET', 'OIDC_ISSUER')
  needs('DROP_FOLDER_IN', 'DROP_FOLDER_OUT')
  needs('DROP_FOLDER_OUT', 'DROP_FOLDER_IN')
  const [folderIn, folderOut] = [given('DROP_FOLDER_IN'), given('DROP_FOLDER_OUT')]
  if (folderIn !== null && folderOut !== null && path.resolve(folderIn) === path.resolve(folderOut)) {
    const sentence = `DROP_FOLDER_OUT is the folder of DROP_FOLDER_IN; answers would be taken in as parcels: give it another, for example ${settings.DROP_FOLDER_OUT.example}.`
    faults.push({ variable: 'DROP_FOLDER_OUT', sentence })
  }
  return faults
}

/** What is likely not meant: variables that look misspelt, and settings that work and yet will surprise. */
function noticesOf(environment: Environment): SettingFault[] {
  const notices = Object.keys(environment)
    .filter((name) => name.startsWith('GREENLANE_') && !isVariable(name))
    .map((variable) => ({
      variable,
      sentence: `${variable} is no variable of Greenlane and does nothing.${meant(variable)}`,
    }))
  if (givenText(environment, 'DATABASE_URL') !== null && givenText(environment, 'GREENLANE_KEY') === null) {
    const sentence =
      'GREENLANE_KEY is not set but DATABASE_URL is: the key lies in DATA_DIR of this machine alone, and another machine on the same database would make one that reads nothing.'
    notices.push({ variable: 'GREENLANE_KEY', sentence })
  }
  const url = URL.parse(givenText(environment, 'PUBLIC_URL') ?? '')
  if (url?.protocol === 'http:' && !/^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname)) {
    const sentence =
      'PUBLIC_URL begins with http: passwords and keys travel unencrypted and passkeys do not work. Give https.'
    notices.push({ variable: 'PUBLIC_URL', sentence })
  }
  return notices
}

function isVariable(name: string): name is Variable {
  return Object.hasOwn(settings, name)
}

function meant(name: string): string {
  const bare = name.slice('GREENLANE_'.length)
  return isVariable(bare) ? ` Did you mean "${bare}"?` : suggestion(name, variables) || suggestion(bare, variables)
}

function configOf(read: Readings): Config {
  return {
    port: read.PORT,
    host: read.HOST,
    publicUrl: read.PUBLIC_URL,
    trustedProxies: read.TRUST_PROXY ?? [],
    dataFolder: path.resolve(read.DATA_DIR),
    databaseUrl: read.DATABASE_URL,
    key: read.GREENLANE_KEY,
    authSecret: read.AUTH_SECRET,
    receiptKey: read.GREENLANE_RECEIPT_KEY,
    knowledgeFolder: absolute(read.GREENLANE_KNOWLEDGE),
    screeningThreads: read.SCREENING_THREADS ?? Math.max(1, availableParallelism() - 1),
    bodyLimit: read.BODY_LIMIT,
    decompressedLimit: read.DECOMPRESSED_LIMIT,
    rateLimit: read.RATE_LIMIT === 0 ? null : read.RATE_LIMIT,
    retentionDays: read.RETENTION_DAYS,
    webhooksLocal: read.WEBHOOKS_LOCAL,
    dropFolderIn: absolute(read.DROP_FOLDER_IN),
    dropFolderOut: absolute(read.DROP_FOLDER_OUT),
    oidc: oidcOf(read),
    samples: read.SAMPLES ?? read.DATABASE_URL === null,
    logLevel: read.LOG_LEVEL,
    tracesUrl: read.OTEL_EXPORTER_OTLP_ENDPOINT,
    shutdownSeconds: read.SHUTDOWN_SECONDS,
  }
}

function absolute(folder: string | null): string | null {
  return folder === null ? null : path.resolve(folder)
}

function oidcOf(read: Readings): OidcConfig | null {
  if (read.OIDC_ISSUER === null || read.OIDC_CLIENT_ID === null) return null
  return {
    issuer: read.OIDC_ISSUER,
    clientId: read.OIDC_CLIENT_ID,
    clientSecret: read.OIDC_CLIENT_SECRET,
    name: read.OIDC_NAME,
  }
}
