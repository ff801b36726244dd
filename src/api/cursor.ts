/** The place after an event in a list that is read on and on, as a text that callers pass back as they got it. */
export function cursorAt(seq: number): string {
  return Buffer.from(`seq ${seq}`).toString('base64url')
}

/** The number of the event that a cursor stands after; null where it is none that was given out. */
export function seqOfCursor(cursor: string): number | null {
  const digits = /^seq (0|[1-9]\d{0,15})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'))?.[1]
  const seq = Number(digits)
  return digits !== undefined && Number.isSafeInteger(seq) && cursorAt(seq) === cursor ? seq : null
}
