/** Where two answers differ first. */
export interface Difference {
  /** Place in the answer, as `reasons.0.sentence`; a number of letters where only the writing differs. */
  readonly place: string
  /** What stood there and what comes out now, as JSON, cut short; empty where there is nothing. */
  readonly stood: string
  readonly now: string
}

/** Most letters of a value that are shown. */
const shown = 200

/** The first place where two answers, as JSON, differ; null where they are the same bytes. */
export function firstDifference(stood: string, now: string): Difference | null {
  if (stood === now) return null
  const place = placeIn(parsed(stood), parsed(now), '')
  if (place !== null) return place
  let at = 0
  while (stood[at] === now[at]) at += 1
  return { place: `letter ${at}`, stood: stood.slice(at, at + shown), now: now.slice(at, at + shown) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function placeIn(stood: unknown, now: unknown, place: string): Difference | null {
  if (Object.is(stood, now)) return null
  if (!isNested(stood) || !isNested(now) || Array.isArray(stood) !== Array.isArray(now))
    return { place: place === '' ? 'the answer' : place, stood: cut(stood), now: cut(now) }
  for (const key of new Set([...Object.keys(stood), ...Object.keys(now)])) {
    const found = placeIn(stood[key], now[key], place === '' ? key : `${place}.${key}`)
    if (found !== null) return found
  }
  return null
}

function isNested(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function cut(value: unknown): string {
  const text = value === undefined ? '' : JSON.stringify(value)
  return text.length > shown ? `${text.slice(0, shown)}…` : text
}
