import { createHash } from 'node:crypto'
import path from 'node:path'
import { type Check, type CheckDesk, checkItem } from '../../src/core/act/check.ts'
import { type CheckAnswer, checkAnswer, type DestinationAnswer } from '../../src/core/act/check-answer.ts'
import { type CheckItem, readCheckItem } from '../../src/core/act/check-item.ts'
import { type ReceiptClaims, type ReceiptDesk, receiptOf } from '../../src/core/act/receipt.ts'
import { lawDigests } from '../../src/core/act/receipt-law.ts'
import type { Knowledge } from '../../src/core/knowledge.ts'
import type { Article } from '../../src/core/parcel/articles.ts'
import { noDefaults } from '../../src/core/read/read.ts'
import { screener } from '../../src/core/screen.ts'
import { loadKnowledge } from '../../src/knowledge/load.ts'

export const knowledge: Knowledge = loadKnowledge(path.resolve(import.meta.dirname, '../../dist/knowledge'))
export const on = '2026-11-24'
export const screen = screener(knowledge, { on, engine: 'test', defaults: noDefaults })
export const desk: CheckDesk = { recognise: screen.recognise, court: screen.court, on }
export const voice = { ...screen.voice, court: screen.court }
export const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 16)
export const receiptDesk: ReceiptDesk = {
  court: screen.court,
  edition: knowledge.edition,
  digest,
  law: lawDigests(screen.court, digest),
}

/** A offer as a seller sends it. */
export interface Offer {
  readonly title?: unknown
  readonly destinations?: unknown
  readonly [field: string]: unknown
}

export const itemOf = (offer: Offer): CheckItem => readCheckItem(offer, 1, screen.voice)

export const checked = (offer: Offer, earlier: readonly Article[] = []): Check =>
  checkItem(itemOf(offer), desk, earlier)

export const answered = (offer: Offer, earlier: readonly Article[] = []): CheckAnswer =>
  checkAnswer(checked(offer, earlier), voice)

/** The answer of one destination of an offer. */
export function goingTo(destination: string, offer: Offer): DestinationAnswer {
  const found = answered({ ...offer, destinations: [destination] }).destinations[0]
  if (found === undefined) throw new Error(`nothing was answered for ${destination}`)
  return found
}

export const stepsOf = ({ next }: DestinationAnswer): string[] => next.map(({ step }) => step)

export const terms = { id: 'GL-0000-0000-0000-0', issuer: 'greenlane', tenant: 'example', expires: '2027-02-22' }

/** The receipt of an offer whose goods are clear. */
export function receiptFor(offer: Offer): ReceiptClaims {
  const claims = receiptOf(checked(offer), terms, receiptDesk)
  if (claims === null) throw new Error('the goods are not clear')
  return claims
}
