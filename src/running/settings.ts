import {
  addressRanges,
  baseAddress,
  byteCount,
  folder,
  type Kind,
  keyOf32Bytes,
  lineOfText,
  listeningHost,
  longSecret,
  oneWord,
  postgresAddress,
  token,
  webAddress,
  wholeNumber,
  yesOrNo,
} from './setting-kinds.ts'

/** One variable of the environment that Greenlane reads. */
export interface Setting<T> {
  /** What it does, in words that end a row of a table. */
  readonly does: string
  readonly kind: Kind<T>
  /** The text that counts when the variable is not set; null where nothing does. */
  readonly usual: string | null
  /** What holds when it is not set, where the usual text does not tell it. */
  readonly otherwise?: string
  readonly example: string
  /** Nothing of its value is ever shown. */
  readonly secret?: true
}

function setting<T>(one: Setting<T> & { readonly usual: string }): Setting<T> & { readonly usual: string } {
  return one
}

function optional<T>(
  one: Omit<Setting<T>, 'usual'> & { readonly otherwise: string },
): Setting<T> & { readonly usual: null } {
  return { ...one, usual: null }
}

/** Every variable that the service reads, in the order in which people are told of them. */
export const settings = {
  PORT: setting({
    does: 'port to listen on; 0 takes any free one',
    kind: wholeNumber(0, 65535),
    usual: '8080',
    example: '8080',
  }),
  HOST: setting({
    does: 'address to listen on; 0.0.0.0 for every network of the machine',
    kind: listeningHost,
    usual: '127.0.0.1',
    example: '0.0.0.0',
  }),
  PUBLIC_URL: optional({
    does: 'address at which people and partners reach the service: stands in links, sign-in and receipts',
    kind: baseAddress,
    otherwise: 'http://localhost with the port',
    example: 'https://greenlane.example',
  }),
  TRUST_PROXY: optional({
    does: 'reverse proxies whose X-Forwarded-For is believed',
    kind: addressRanges,
    otherwise: 'none: a caller has the address of its connection',
    example: 'loopback,10.0.0.0/8',
  }),
  DATA_DIR: setting({
    does: 'folder of what is kept: the SQLite store and the key',
    kind: folder,
    usual: './data',
    example: '/var/lib/greenlane',
  }),
  DATABASE_URL: optional({
    does: 'PostgreSQL to keep everything in',
    kind: postgresAddress,
    otherwise: 'SQLite in DATA_DIR/greenlane.db',
    example: 'postgres://greenlane:password@localhost:5432/greenlane',
    secret: true,
  }),
  GREENLANE_KEY: optional({
    does: 'key that encrypts personal data and makes pseudonyms; without it they cannot be read again',
    kind: keyOf32Bytes,
    otherwise: 'the file DATA_DIR/key, made at the first start',
    example: 'the output of `openssl rand -base64 32`',
    secret: true,
  }),
  GREENLANE_RECEIPT_KEY: optional({
    does: 'key that signs receipts of checks; give a new one to rotate it, receipts of the one before stay good',
    kind: keyOf32Bytes,
    otherwise: 'drawn from the key',
    example: 'the output of `openssl rand -base64 32`',
    secret: true,
  }),
  AUTH_SECRET: optional({
    does: 'secret that signs sessions; a new one signs everybody out',
    kind: longSecret,
    otherwise: 'derived from the key',
    example: 'the output of `openssl rand -base64 32`',
    secret: true,
  }),
  GREENLANE_KNOWLEDGE: optional({
    does: 'folder of names that were imported (`greenlane knowledge import`)',
    kind: folder,
    otherwise: './greenlane-knowledge where it is there',
    example: '/var/lib/greenlane/knowledge',
  }),
  SCREENING_THREADS: optional({
    does: 'threads that screen parcels',
    kind: wholeNumber(1, 256),
    otherwise: 'one less than the cores of the machine, at least 1',
    example: '3',
  }),
  BODY_LIMIT: setting({
    does: 'bytes that the body of a request may have as it is sent; NDJSON may be longer, it is read as a stream',
    kind: byteCount(1024),
    usual: '32 MiB',
    example: '64 MiB',
  }),
  DECOMPRESSED_LIMIT: setting({
    does: 'bytes that a compressed body may grow to',
    kind: byteCount(1024),
    usual: '256 MiB',
    example: '512 MiB',
  }),
  RATE_LIMIT: setting({
    does: 'requests that one caller may make in a minute; 0 for no limit',
    kind: wholeNumber(0, 1_000_000_000),
    usual: '6000',
    example: '600',
  }),
  RETENTION_DAYS: setting({
    does: 'days that personal data are kept after they were received; decisions stay',
    kind: wholeNumber(1, 36_500),
    usual: '90',
    example: '30',
  }),
  DROP_FOLDER_IN: optional({
    does: 'folder with a folder for each partner, whose files are taken in as parcels',
    kind: folder,
    otherwise: 'no files are taken in',
    example: '/var/lib/greenlane/in',
  }),
  DROP_FOLDER_OUT: optional({
    does: 'folder that answers are written to as files, in a folder for each partner',
    kind: folder,
    otherwise: 'no files are written',
    example: '/var/lib/greenlane/out',
  }),
  OIDC_ISSUER: optional({
    does: 'identity provider of the organisation (OpenID Connect)',
    kind: webAddress,
    otherwise: 'people sign in by passkey or password',
    example: 'https://login.example.org/realms/office',
  }),
  OIDC_CLIENT_ID: optional({
    does: 'name of Greenlane at that provider',
    kind: token,
    otherwise: 'no sign-in by OpenID Connect',
    example: 'greenlane',
  }),
  OIDC_CLIENT_SECRET: optional({
    does: 'secret of Greenlane at that provider',
    kind: token,
    otherwise: 'Greenlane is a public client (PKCE alone)',
    example: 'what the provider gave',
    secret: true,
  }),
  OIDC_NAME: setting({
    does: 'name of the provider on the sign-in page',
    kind: lineOfText,
    usual: 'your organisation',
    example: 'Plant Health Office',
  }),
  WEBHOOKS_LOCAL: setting({
    does: 'yes lets webhooks go to this machine, also by http: to try them out, never where partners make webhooks',
    kind: yesOrNo,
    usual: 'no',
    example: 'yes',
  }),
  SAMPLES: optional({
    does: 'yes loads invented sample parcels into a store that is new',
    kind: yesOrNo,
    otherwise: 'yes with SQLite, no with DATABASE_URL',
    example: 'no',
  }),
  LOG_LEVEL: setting({
    does: 'what is logged: this and what is graver',
    kind: oneWord('debug', 'info', 'warn', 'error', 'silent'),
    usual: 'info',
    example: 'warn',
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: optional({
    does: 'OpenTelemetry collector that traces are sent to (OTLP over HTTP)',
    kind: baseAddress,
    otherwise: 'no traces are made',
    example: 'http://localhost:4318',
  }),
  SHUTDOWN_SECONDS: setting({
    does: 'seconds that what is under way may take to finish when the service is told to stop',
    kind: wholeNumber(0, 3600),
    usual: '30',
    example: '60',
  }),
} as const

export type Variable = keyof typeof settings

/** Every variable in the order of the list. */
export const variables = Object.keys(settings) as readonly Variable[]

/** What each variable reads as: null where it is not set and nothing stands in for it. */
export type Readings = {
  readonly [V in Variable]: (typeof settings)[V] extends { readonly kind: Kind<infer T>; readonly usual: infer U }
    ? U extends null
      ? T | null
      : T
    : never
}
