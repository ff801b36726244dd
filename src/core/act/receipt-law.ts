import type { Court } from '../decide/court.ts'
import { articles, isRegulated } from '../parcel/articles.ts'
import { findTaxon, type Taxa } from '../parcel/taxa.ts'
import { candidatesFor, type RequirementIndex } from '../require/index-requirements.ts'
import type { Requirement } from '../require/pack.ts'
import type { ReadyRequirement } from '../require/ready.ts'
import type { CheckedGoods } from './check-answer.ts'

/** Tells whether the law that could bear on goods still says what it said, whatever else an edition changed. */
export interface LawDigests {
  /** Digest of every requirement of a place that could bear on goods; the same as long as each of them says the same. */
  readonly digestOf: (goods: readonly CheckedGoods[], place: number) => string
  /** Whether a requirement that could bear on goods came into force, or went out of it, after one day and up to another. */
  readonly changedBetween: (goods: readonly CheckedGoods[], place: number, days: Days) => boolean
}

/** Two days, as 2026-11-24, the earlier first. */
export interface Days {
  readonly after: string
  readonly upTo: string
}

/** Makes the digests of one edition. Each is worked out once; `digest` gives a short text for a long one. */
export function lawDigests(court: Court, digest: (text: string) => string): LawDigests {
  const said = new WeakMap<Requirement, string>()
  const known = new Map<string, string>()
  const saysOf = (requirement: Requirement): string => {
    const before = said.get(requirement)
    if (before !== undefined) return before
    const says = digest(JSON.stringify(stable(requirement, court)))
    said.set(requirement, says)
    return says
  }
  const bearing = (goods: readonly CheckedGoods[], place: number): Requirement[] => {
    const index = court.indexFor(place)
    return index === null ? [] : goods.flatMap((one) => requirementsOn(one, index, court.taxa))
  }
  return {
    digestOf: (goods, place) => {
      const key = `${place}|${goods.map(({ article, taxa }) => `${article} ${taxa.join()}`).join('|')}`
      const before = known.get(key)
      if (before !== undefined) return before
      const all = digest([...new Set(bearing(goods, place).map(saysOf))].sort().join())
      if (known.size >= 20_000) known.clear()
      known.set(key, all)
      return all
    },
    changedBetween: (goods, place, { after, upTo }) =>
      bearing(goods, place).some(
        ({ from, to }) => (from !== null && from > after && from <= upTo) || (to !== null && to >= after && to < upTo),
      ),
  }
}

function requirementsOn({ article, taxa }: CheckedGoods, index: RequirementIndex, known: Taxa): Requirement[] {
  if (!isRegulated(article)) return []
  const number = articles.indexOf(article)
  const taken = taxa.map((name) => findTaxon(known, name)).filter((taxon) => taxon >= 0)
  const numbers =
    taken.length === 0
      ? [...(index.anyTaxon[number] ?? []), ...(index.someTaxon[number] ?? [])]
      : taken.flatMap((taxon) => candidatesFor(index, taxon, number).numbers)
  return numbers.map((at) => (index.requirements[at] as ReadyRequirement).requirement)
}

/**
 * A requirement without numbers of this edition: taxa by name, places by code. That it was read again another day changes nothing, that
 * another text was read does.
 */
function stable(requirement: Requirement, court: Court): unknown {
  const { source, attainable } = requirement
  return plain(
    {
      ...requirement,
      source: { ...source, read: source.read?.text ?? null },
      attainable: attainable === null ? null : { ...attainable, no: attainable.no.map(court.codeOf) },
    },
    court,
  )
}

function plain(value: unknown, court: Court): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((one) => plain(one, court))
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, named(key, one, court)]))
}

function named(key: string, value: unknown, court: Court): unknown {
  if (!Array.isArray(value)) return plain(value, court)
  if (key === 'taxa' || key === 'notTaxa') return value.map((taxon: number) => court.taxa.names[taxon] ?? '').sort()
  if (key === 'table')
    return value.flatMap((holds: number, place) => (holds === 0 ? [] : [`${court.codeOf(place)} ${holds}`])).sort()
  return plain(value, court)
}
