/** An object of a message, before anything about it is known. */
export type Raw = Readonly<Record<string, unknown>>

export function isRecord(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What a value is, for a sentence that expected something else. */
export function kindOfValue(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** The parcel of a message: `{"parcel":{…}}` or the parcel itself; null where the message is no object. */
export function recordOf(raw: unknown): Raw | null {
  if (!isRecord(raw)) return null
  const inner = raw['parcel']
  return isRecord(inner) ? inner : raw
}

/** A text or a number as text; null where nothing is told. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return isBlank(value) ? null : value
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : null
}

/** A name as a text: of a number that JSON cannot tell from its neighbours none is made. */
export function nameOf(value: unknown): string | null {
  return typeof value === 'number' && !Number.isSafeInteger(value) ? null : textOf(value)
}

function isBlank(text: string): boolean {
  const unit = text.charCodeAt(0)
  return !(unit > 32 && unit < 127) && text.trim() === ''
}

/** A value as it may be shown in a sentence: short, and without control characters. */
export function shown(value: string): string {
  const short = value.length > 40 ? `${value.slice(0, 40)}…` : value
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  return short.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ').toWellFormed()
}
