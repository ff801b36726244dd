import type { Answer } from '../core/act/answer.ts'
import type { RawRecord } from '../core/screen.ts'
import { newScreener } from './check-cases.ts'
import { joinKnowledge } from './compile.ts'
import { editionOf } from './edition.ts'
import { readKnowledge, refuseFaults } from './read.ts'
import { readSources } from './sources.ts'
import { readWordNet, wordNetFolder } from './wordnet.ts'

/** A parcel whose proposal would now be another. */
export interface OtherProposal {
  readonly line: number
  readonly id: string | null
  readonly before: Answer
  readonly after: Answer
}

/** Screens records by the knowledge of two folders and tells those whose proposal differs. Throws faults of either folder. */
export function diffParcels(
  folders: { readonly before: string; readonly after: string },
  records: readonly RawRecord[],
  on: string,
): OtherProposal[] {
  const [before, after] = [screenerOf(folders.before, on), screenerOf(folders.after, on)]
  return records.flatMap((record) => {
    const [one, other] = [before.answer(before.decide(record)), after.answer(after.decide(record))]
    return one.proposal === other.proposal ? [] : [{ line: record.line, id: one.parcel.id, before: one, after: other }]
  })
}

function screenerOf(folder: string, on: string) {
  const files = readSources(folder)
  const read = readKnowledge(files)
  refuseFaults(read)
  const wordNet = wordNetFolder()
  const net = wordNet === null ? null : readWordNet(wordNet)
  return newScreener(joinKnowledge(read, editionOf(files, wordNet), net), on, null)
}
