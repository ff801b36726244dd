import type { Answer } from '../core/act/answer.ts'
import { findTaxon, lineage, type Taxa } from '../core/parcel/taxa.ts'
import type { RawRecord, Screener } from '../core/screen.ts'
import type { Fault } from './fault.ts'
import type { KnowledgeRead } from './read.ts'

/** Adds taxa and all that stands above them, also by other authors. */
export function addWithAbove(reached: Set<number>, numbers: Iterable<number>, taxa: Taxa): void {
  for (const taxon of numbers) {
    for (const at of lineage(taxa, taxon)) {
      if (reached.has(at)) break
      reached.add(at)
      addWithAbove(reached, taxa.alsoUnder[at] ?? [], taxa)
    }
  }
}

/** Numbers of the taxa that the items of an answer were recognised as. */
export function taxaOfAnswer({ items }: Answer, taxa: Taxa): number[] {
  return items.flatMap((item) => item.taxa.map(({ name }) => findTaxon(taxa, name)))
}

/** Adds what each record is recognised as. */
export function addRecords(hit: Set<number>, records: readonly RawRecord[], { screening, taxa }: Tools): void {
  for (const record of records) addWithAbove(hit, taxaOfAnswer(screening.answer(screening.decide(record)), taxa), taxa)
}

interface Tools {
  readonly screening: Screener
  readonly taxa: Taxa
}

/** Taxa that nothing has hit, no law names, and no common name means: what they are kept for is not to be seen. */
export function unhitTaxa(hit: ReadonlySet<number>, read: KnowledgeRead): Fault[] {
  const { taxa } = read.parts
  const needed = new Set(hit)
  for (const { taxa: own } of read.names) addWithAbove(needed, own, taxa)
  const law = lawTaxa(read)
  addWithAbove(needed, law, taxa)
  return taxa.names.flatMap((name, taxon) => {
    const spot = read.taxaRead.spots[taxon]
    const above = new Set<number>()
    addWithAbove(above, [taxon], taxa)
    if (spot === undefined || needed.has(taxon) || law.some((one) => above.has(one))) return []
    return [{ ...spot, sentence: `"${name}" was never hit, and no law and no common name means it.` }]
  })
}

/** Taxa that requirements of any kind name. */
function lawTaxa({ parts }: KnowledgeRead): number[] {
  const blocks = parts.packs
    .flatMap(({ requirements }) => requirements)
    .flatMap(({ when, unless, doubt }) => [when, ...unless, ...doubt])
  return [...new Set(blocks.flatMap(({ taxa, notTaxa }) => [...(taxa ?? []), ...(notTaxa ?? [])]))]
}
