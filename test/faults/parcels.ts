import { record } from '../bench/records.ts'

/** A parcel as it is sent: its S10 identifier, and the record as one line of NDJSON. */
export interface SentParcel {
  readonly s10: string
  readonly line: string
}

/** Makes the function that gives the next parcel: full records of invented people, each with an identifier that no other has. */
export function parcelMaker(random: () => number): () => SentParcel {
  let number = 0
  return () => {
    number += 1
    const { parcel } = JSON.parse(record(random, number)) as { parcel: { ids: object } }
    const s10 = s10Of(number)
    return { s10, line: JSON.stringify({ parcel: { ...parcel, ids: { s10 } } }) }
  }
}

/** The same parcel as another partner speaks of it: other words, and no people. */
export function otherWords({ s10, line }: SentParcel): SentParcel {
  const { parcel } = JSON.parse(line) as { parcel: { lines: readonly { description: { raw: string } }[] } & object }
  const lines = parcel.lines.map((one) => ({ ...one, description: { raw: `${one.description.raw} (set)` } }))
  return { s10, line: JSON.stringify({ parcel: { ...parcel, sender: null, recipient: null, lines } }) }
}

/** An S10 identifier (UPU S10) with its check digit. */
function s10Of(number: number): string {
  const digits = String(10_000_000 + number)
  const sum = [8, 6, 4, 2, 3, 5, 9, 7].reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
  const check = 11 - (sum % 11)
  return `CP${digits}${check === 10 ? 0 : check === 11 ? 5 : check}CN`
}
