import type { SentParcel } from './parcels.ts'

/** An answer that a client has in its hands. */
export interface Acknowledged extends SentParcel {
  readonly partner: string
  readonly decision: number
  /** The answer without its line and without the number of the decision: what the store must still tell. */
  readonly answer: string
}

/** What clients sent and what was answered to them: the other side of the store's book. */
export interface Ledger {
  /** Notes what is sent, before it is. */
  readonly sending: (partner: string, parcels: readonly SentParcel[]) => void
  /** Notes an answer to a parcel; throws where it is not the answer to that parcel. */
  readonly answered: (partner: string, parcel: SentParcel, line: string) => void
  readonly acknowledged: () => readonly Acknowledged[]
  /** Sent, and not known whether they were stored. */
  readonly inDoubt: () => readonly (SentParcel & { readonly partner: string })[]
  /** Parcels that more than one message was sent of: their answer may change. */
  readonly isSpokenOfTwice: (s10: string) => boolean
}

export function newLedger(): Ledger {
  const sent = new Map<string, SentParcel & { readonly partner: string }>()
  const given = new Map<string, Acknowledged>()
  const spokenOf = new Map<string, Set<string>>()
  const nameOf = (partner: string, { line }: SentParcel): string => `${partner} ${line}`
  return {
    sending: (partner, parcels) => {
      for (const parcel of parcels) {
        sent.set(nameOf(partner, parcel), { ...parcel, partner })
        const lines = spokenOf.get(parcel.s10) ?? new Set()
        spokenOf.set(parcel.s10, lines.add(nameOf(partner, parcel)))
      }
    },
    answered: (partner, parcel, line) => {
      const { decision, answer } = readAnswer(line, parcel)
      given.set(nameOf(partner, parcel), { ...parcel, partner, decision, answer })
    },
    acknowledged: () => [...given.values()],
    inDoubt: () => [...sent].flatMap(([name, one]) => (given.has(name) ? [] : [one])),
    isSpokenOfTwice: (s10) => (spokenOf.get(s10)?.size ?? 0) > 1,
  }
}

/** An answer taken apart. Throws where it is none, or not to this parcel. */
export function readAnswer(line: string, { s10 }: SentParcel): { decision: number; answer: string } {
  const told = JSON.parse(line) as { parcel?: { id?: string }; decision?: number }
  if (told.parcel?.id !== s10 || typeof told.decision !== 'number')
    throw new Error(`An answer is not to ${s10}: ${line.slice(0, 300)}`)
  const answer = line.replace(/,"decision":\d+}$/, '}').replace(/"line":\d+}/, '"line":1}')
  return { decision: told.decision, answer }
}
