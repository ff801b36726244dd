/** What the store could not do: nothing of it was stored. */
export class StoreFault extends Error {
  override readonly name = 'StoreFault'
  /** `SQLITE_13` (disk full), a code of PostgreSQL's as `57P01`, `THREAD`, `CLOSED`, or empty. */
  readonly code: string

  constructor(message: string, code: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
