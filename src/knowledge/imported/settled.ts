import type { ImportedRank } from '../import/scientific-name.ts'

/** One line of a settled import: what was taken from a file, whatever its format was. */
export type SettledLine =
  | {
      readonly kind: 'taxon'
      readonly name: string
      readonly rank: ImportedRank
      readonly family: string
      readonly eppo: string
    }
  | { readonly kind: 'synonym'; readonly name: string; readonly accepted: string }
  | { readonly kind: 'common'; readonly name: string; readonly language: string; readonly accepted: string }
  /** A name that an inventory lists, with the codes of the countries it lists it for. */
  | {
      readonly kind: 'listed'
      readonly accepted: string
      readonly name: string
      readonly countries: readonly string[]
    }

/** A settled line as it is kept: tab-separated, its kind first. */
export function settledText(line: SettledLine): string {
  if (line.kind === 'taxon') return `taxon\t${line.name}\t${line.rank}\t${line.family}\t${line.eppo}\n`
  if (line.kind === 'synonym') return `synonym\t${line.name}\t${line.accepted}\n`
  if (line.kind === 'listed') return `listed\t${line.accepted}\t${line.name}\t${line.countries.join(' ')}\n`
  return `common\t${line.name}\t${line.language}\t${line.accepted}\n`
}

/** A kept line as it was. */
export function settledLine(text: string): SettledLine | null {
  const [kind, name = '', third = '', fourth = '', fifth = ''] = text.split('\t')
  if (kind === 'taxon') return { kind, name, rank: third as ImportedRank, family: fourth, eppo: fifth }
  if (kind === 'synonym') return { kind, name, accepted: third }
  if (kind === 'listed') return { kind, accepted: name, name: third, countries: fourth.split(' ') }
  return kind === 'common' ? { kind, name, language: third, accepted: fourth } : null
}
