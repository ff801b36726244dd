import ipaddr from 'ipaddr.js'
import { z } from 'zod'

/** What a variable of the environment may hold: the check, and the sentence of it that people read. */
export interface Kind<T> {
  readonly schema: z.ZodType<T, string>
  /** What is allowed, as it ends the sentence "allowed: …". */
  readonly allowed: string
}

/** A whole number between two bounds, both allowed. */
export function wholeNumber(least: number, most: number): Kind<number> {
  const schema = z.string().regex(/^\d+$/).transform(Number).pipe(z.number().int().min(least).max(most))
  return { schema, allowed: `a whole number from ${least} to ${most}` }
}

/** Bytes: digits alone, or with KiB, MiB or GiB behind them. */
export function byteCount(least: number): Kind<number> {
  const schema = z
    .string()
    .regex(/^\d{1,12} ?(KiB|MiB|GiB)?$/)
    .transform(bytesOf)
    .pipe(z.number().int().min(least).max(Number.MAX_SAFE_INTEGER))
  return { schema, allowed: `bytes, at least ${least}; KiB, MiB or GiB may follow the number` }
}

const units: ReadonlyMap<string, number> = new Map([
  ['KiB', 1024],
  ['MiB', 1024 ** 2],
  ['GiB', 1024 ** 3],
])

function bytesOf(text: string): number {
  const [, digits = '', unit = ''] = /^(\d+) ?(\w*)$/.exec(text) ?? []
  return Number(digits) * (units.get(unit) ?? 1)
}

/** One word of a closed list. */
export function oneWord<const W extends string>(...words: readonly [W, ...W[]]): Kind<W> {
  return { schema: z.enum(words) as unknown as z.ZodType<W, string>, allowed: words.join(', ') }
}

/** Yes or no. */
export const yesOrNo: Kind<boolean> = {
  schema: z.enum(['yes', 'no']).transform((word) => word === 'yes') as unknown as z.ZodType<boolean, string>,
  allowed: 'yes or no',
}

/** A name that people read: one line. */
export const lineOfText: Kind<string> = {
  schema: z
    .string()
    .max(100)
    .regex(/^\P{C}+$/u),
  allowed: 'up to 100 letters in one line',
}

/** A word without spaces, such as an identifier that another system gave. */
export const token: Kind<string> = {
  schema: z.string().max(500).regex(/^\S+$/),
  allowed: 'up to 500 letters without spaces',
}

/** A path of a folder; relative ones count from where the command runs. */
export const folder: Kind<string> = {
  schema: z.string().regex(/^[^\0\r\n]+$/),
  allowed: 'the path of a folder',
}

/** A name or address that a server can listen on. */
export const listeningHost: Kind<string> = {
  schema: z
    .string()
    .refine(
      (text) => ipaddr.isValid(text) || /^[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/i.test(text),
    ),
  allowed: 'an IP address or a host name, without port',
}

/** An address of the web without a query, a fragment, or a name and password in it, as it is written. */
export const webAddress: Kind<string> = {
  schema: z.string().refine(isWebAddress),
  allowed: 'an address with https:// or http://, without query, fragment, user or password',
}

/** A web address that paths are put behind: given back without a slash at its end. */
export const baseAddress: Kind<string> = {
  schema: webAddress.schema.transform((text) => text.replace(/\/+$/, '')),
  allowed: webAddress.allowed,
}

function isWebAddress(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || !/^https?:\/\/[^\s/]/i.test(text)) return false
  return url.username === '' && url.password === '' && url.search === '' && url.hash === ''
}

/** Where a PostgreSQL answers. */
export const postgresAddress: Kind<string> = {
  schema: z.string().refine((text) => {
    const url = URL.parse(text)
    return url !== null && /^postgres(ql)?:\/\//i.test(text) && url.pathname.length > 1
  }),
  allowed: 'postgres://user:password@host:port/database',
}

/** 32 bytes in base64, with or without the = at its end; given back as bytes. */
export const keyOf32Bytes: Kind<Uint8Array> = {
  schema: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=?$/)
    .transform((text) => new Uint8Array(Buffer.from(text, 'base64'))),
  allowed: '32 bytes in base64, as `openssl rand -base64 32` makes them',
}

/** A secret long enough that nobody guesses it. */
export const longSecret: Kind<string> = { schema: z.string().min(32).max(1000), allowed: 'at least 32 letters' }

/** IP addresses and ranges of them (CIDR), with commas between; `loopback` stands for this machine. */
export const addressRanges: Kind<readonly string[]> = {
  schema: z
    .string()
    .transform((text) => text.split(',').map((one) => one.trim()))
    .pipe(z.array(z.string()).refine((list) => list.every(isRange)))
    .transform((list) => list.flatMap((one) => (one === 'loopback' ? ['127.0.0.0/8', '::1/128'] : [one]))),
  allowed: 'IP addresses or ranges (10.0.0.0/8) with commas between; loopback for this machine',
}

function isRange(text: string): boolean {
  return text === 'loopback' || ipaddr.isValidCIDR(text) || (ipaddr.isValid(text) && /[.:]/.test(text))
}
