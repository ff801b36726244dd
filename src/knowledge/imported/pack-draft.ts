import { eppoLetters, importedRanks } from '../../core/parcel/imported-taxa.ts'
import type { Compilation, Draft } from './compile-names.ts'
import { add, addText, filled, growingBytes, growingInts, growingUnits } from './growing.ts'

/** Packs what was compiled. */
export function packed(draft: Draft, parents: readonly number[]): Pick<Compilation, 'names' | 'languages'> {
  const { written, meanings } = draft
  const texts = growingUnits()
  const textFrom = growingInts()
  const eppo = new Uint8Array(written.length * eppoLetters)
  add(textFrom, 0)
  written.forEach((name, taxon) => {
    addText(texts, name)
    add(textFrom, texts.length)
    const code = draft.eppo[taxon] as string
    for (let at = 0; at < code.length; at += 1) eppo[taxon * eppoLetters + at] = code.charCodeAt(at)
  })
  const several = growingInts()
  const nameTaxon = meanings.map((meaning) => {
    if (typeof meaning === 'number') return meaning
    const at = several.length
    add(several, meaning.length)
    for (const taxon of [...meaning].sort((one, other) => one - other)) add(several, taxon)
    return -1 - at
  })
  const ranks = growingBytes()
  for (const rank of draft.rank) add(ranks, importedRanks.indexOf(rank))
  return {
    languages: draft.languages,
    names: {
      ...draft.table.pack(),
      nameTaxon: Int32Array.from(nameTaxon),
      several: filled(several),
      nameSense: Uint8Array.from(draft.senses),
      nameLanguage: Uint8Array.from(draft.language),
      ownName: Int32Array.from(draft.ownName),
      taxonNames: filled(texts),
      taxonNameFrom: filled(textFrom),
      taxonRank: filled(ranks),
      taxonParent: Int32Array.from(parents),
      eppo,
    },
  }
}
