/** What the store could not do: nothing of it was stored. */
export class StoreFault extends Error {
  override readonly name = 'StoreFault'
  /** `SQLITE_FULL` (disk full), a code of PostgreSQL's as `57P01`, `THREAD`, `CLOSED`, or empty. */
  readonly code: string

  constructor(message: string, code: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** Codes of PostgreSQL that tell that it cannot be asked now: connection, resources, operator (SQLSTATE 08, 53, 57P). */
const codesOfAbsence = /^(08|53|57P)/
/** Errors of the system and of the client that tell the same. */
const systemCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT',
  'EHOSTUNREACH',
])
const clientMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/

/** The fault of a store that cannot be asked now, or null for any other error. */
export function absenceOf(error: unknown): StoreFault | null {
  if (error instanceof StoreFault) return error
  if (!(error instanceof Error)) return null
  const { code = '' } = error as { code?: string }
  const { syscall } = error as { syscall?: string }
  const isOfSystem = syscall !== undefined && systemCodes.has(code)
  if (!codesOfAbsence.test(code) && !isOfSystem && !clientMessages.test(error.message)) return null
  return new StoreFault(error.message, code, { cause: error })
}
