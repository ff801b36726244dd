import { type Draft, note } from './draft.ts'
import { type Hybrid, type NameProblem, oddities, type ParsedName } from './parsed.ts'
import type { Piece, Single } from './pieces.ts'
import { rankByEnding } from './ranks.ts'

function canonicalOf(single: Single): string {
  let canonical = ''
  for (const { sign, name } of single.pieces) canonical += (canonical === '' ? '' : ' ') + sign + name
  return canonical
}

function simpleOf({ pieces, combined }: Single, canonical: string): string {
  if (pieces.every(({ sign }) => sign === '')) return canonical
  if (combined) return (pieces.at(-1) as Piece).name
  return pieces.map(({ name }) => name).join(' ')
}

const nameless = {
  canonical: null,
  simple: null,
  cardinality: 0,
  words: [],
  authorship: null,
  authorsWritten: null,
  year: null,
  rank: null,
  parents: [],
  openNomenclature: null,
  abbreviated: false,
} as const

/** The parsed name of what was read. */
export function finish(draft: Draft): ParsedName {
  const { singles, virus, garden, openEnd } = draft
  for (const { odd } of singles) for (const { kind, at } of odd) note(draft, kind, at)
  if (singles.length > 1 || openEnd) note(draft, 'formula')
  const { cultivar, group } = garden
  if (virus !== null) {
    const canonical = virus.join(' ')
    const own = { canonical, simple: canonical, cardinality: virus.length, words: virus }
    return { ...nameless, ...own, hybrid: null, cultivar, group, ...graded(draft) }
  }
  const [first] = singles
  if (first === undefined) {
    const hybrid: Hybrid | null = draft.graft ? 'graft-chimera' : null
    return { ...nameless, hybrid, cultivar, group, ...graded(draft) }
  }
  const own = singles.length > 1 || openEnd ? formulaOf(draft) : singleOf(draft, first)
  return { ...own, cultivar, group, ...graded(draft) }
}

type Names = Omit<ParsedName, 'cultivar' | 'group' | 'quality' | 'problems'>

function formulaOf({ singles, openEnd }: Draft): Names {
  const parents = singles.map(canonicalOf)
  const end = openEnd ? ' ×' : ''
  return {
    ...nameless,
    canonical: parents.join(' × ') + end,
    simple: singles.map((one, at) => simpleOf(one, parents[at] as string)).join(' × ') + end,
    hybrid: 'formula',
    parents,
    abbreviated: singles.some(({ abbreviated }) => abbreviated),
  }
}

function singleOf({ candidatus, cleaned }: Draft, single: Single): Names {
  const { pieces, combined, open, rank, authors } = single
  const canonical = canonicalOf(single)
  const simple = simpleOf(single, canonical)
  const named = open === null || open === 'cf.'
  return {
    canonical: candidatus ? `Candidatus ${canonical}` : canonical,
    simple,
    cardinality: named ? (combined ? 1 : pieces.length) : 0,
    words: combined ? [simple] : pieces.map(({ name }) => name),
    authorship: authors?.text || null,
    authorsWritten: authors === null || authors.text === '' ? null : cleaned.text.slice(authors.from, authors.end),
    year: authors?.year ?? null,
    rank: rank ?? rankByEnding(simple),
    hybrid: single.hybrid,
    parents: [],
    openNomenclature: open,
    abbreviated: single.abbreviated,
  }
}

function graded({ odd, cleaned: { from } }: Draft): Pick<ParsedName, 'quality' | 'problems'> {
  let quality = 1
  const problems: NameProblem[] = []
  for (const { kind, at, moved } of odd) {
    const grade = oddities[kind]
    if (grade === 0) quality = 0
    else if (quality > 0) quality = Math.max(quality, grade)
    problems.push({ kind, at: at === null || moved || from === null ? at : placeOf(from, at) })
  }
  return { quality: quality as ParsedName['quality'], problems }
}

function placeOf(from: readonly number[], [start, end]: readonly [number, number]): readonly [number, number] {
  const last = from.length - 1
  return [from[Math.min(start, last)] as number, (from[Math.min(Math.max(end - 1, start), last)] as number) + 1]
}
