/** An instant as ISO 8601 in UTC, `2026-11-24T09:30:00Z`, with or without a fraction of a second. */
export type Instant = string

const pattern = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z$/

/** Milliseconds since 1970 of an instant; null for what is none. The core knows no clock, so that it reckons itself. */
export function millisecondsOf(instant: Instant): number | null {
  const found = pattern.exec(instant)
  if (found === null) return null
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number) as number[] as Six
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null
  if (hour > 23 || minute > 59 || second > 59) return null
  const seconds = daysBefore(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second
  return seconds * 1000 + Number((found[7] ?? '').padEnd(3, '0').slice(0, 3))
}

type Six = [number, number, number, number, number, number]

/** Whether a text is an instant that is in the calendar. */
export function isInstant(text: string): boolean {
  return millisecondsOf(text) !== null
}

/** Whether a text is a day of the calendar, `2026-11-24`. */
export function isDay(text: string): boolean {
  return isInstant(`${text}T00:00:00Z`)
}

/** The instant so many hours later. What is no instant stays as it is. */
export function laterBy(instant: Instant, hours: number): Instant {
  const from = millisecondsOf(instant)
  return from === null ? instant : instantOf(from + Math.round(hours * 3_600_000))
}

/** Whether the first instant is the second or later. False when one of them is no instant. */
export function hasCome(now: Instant, due: Instant): boolean {
  const [one, other] = [millisecondsOf(now), millisecondsOf(due)]
  return one !== null && other !== null && one >= other
}

/** Whole days from the first day to the second, negative when it lies before; null when one of them is no day. */
export function daysBetween(from: string, to: string): number | null {
  const [one, other] = [millisecondsOf(`${from}T00:00:00Z`), millisecondsOf(`${to}T00:00:00Z`)]
  return one === null || other === null ? null : Math.round((other - one) / 86_400_000)
}

/** The instant of so many milliseconds since 1970, with its milliseconds. */
export function instantOf(milliseconds: number): Instant {
  const days = Math.floor(milliseconds / 86_400_000)
  const rest = milliseconds - days * 86_400_000
  const [year, month, day] = calendarDay(days)
  const clock = [Math.floor(rest / 3_600_000), Math.floor(rest / 60_000) % 60, Math.floor(rest / 1000) % 60]
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}T${clock.map((one) => padded(one, 2)).join(':')}.${padded(rest % 1000, 3)}Z`
}

function padded(number: number, length: number): string {
  return String(number).padStart(length, '0')
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Days from 1970-01-01 to a day of the Gregorian calendar. Years are counted from March: a leap day then comes last. */
function daysBefore(year: number, month: number, day: number): number {
  const counted = month < 3 ? year - 1 : year
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  return (
    365 * counted +
    Math.floor(counted / 4) -
    Math.floor(counted / 100) +
    Math.floor(counted / 400) +
    dayOfYear -
    719_468
  )
}

function calendarDay(days: number): readonly [number, number, number] {
  let year = 1970 + Math.floor(days / 365.2425)
  while (daysBefore(year, 1, 1) > days) year -= 1
  while (daysBefore(year + 1, 1, 1) <= days) year += 1
  let month = 12
  while (daysBefore(year, month, 1) > days) month -= 1
  return [year, month, days - daysBefore(year, month, 1) + 1]
}
