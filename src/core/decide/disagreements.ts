import type { Disagreed, Parcel } from '../parcel/parcel.ts'
import type { Decision } from './decide.ts'
import { type ItemDecision, type Reason, reason, short } from './reason.ts'

/** A description that told nothing, and the one that was decided on in its place. */
export interface Vague {
  /** Item line, from 1. */
  readonly item: number
  readonly by: string
  readonly text: string
  readonly other: string
  readonly said: string
}

/** Most disagreements that are told one by one. */
const mostTold = 12

/**
 * Where partners do not agree, and who said what. Two descriptions of which the same is found are no disagreement; one that tells
 * nothing beside one that does is told as that.
 */
export function disagreementReasons(parcel: Parcel, decisions: readonly Decision[], vague: readonly Vague[]): Reason[] {
  const reasons = vague.map(({ item, by, text, other, said }) =>
    reason('sources-vague', item, { text: short(text), by, other, said: short(said) }),
  )
  for (const one of parcel.disagreed ?? []) {
    const isDescription = one.fact === 'description' && one.item !== null
    const isTold = !isDescription || differs(decisions.map(({ items }) => items[(one.item as number) - 1]))
    if (isTold) reasons.push(disagreementReason(one))
  }
  return reasons.slice(0, mostTold)
}

function disagreementReason({ item, fact, said }: Disagreed): Reason {
  const steps = fact.split('.')
  const isParty = steps[0] === 'parties'
  const name = isParty ? steps[1] : steps[0] === 'ids' ? 'ids' : steps.at(-1)
  const slots = { fact: `@declared.${name}` }
  // Whom a pseudonym stands for is not shown, only that they are two.
  if (isParty && steps.length === 2)
    return reason('parties-differ', item, { ...slots, said: said.map(({ partner }) => partner).join(', ') })
  const told = said.map(({ partner, value }) => `${partner} «${value}»`).join(', ')
  return reason('sources-disagree', item, { ...slots, said: told })
}

/** Whether an item is found to be different things, or of different plants, in different views. */
function differs(items: readonly (ItemDecision | undefined)[]): boolean {
  return new Set(items.map((item) => (item === undefined ? '' : foundText(item)))).size > 1
}

function foundText({ finding, decisive, judgement }: ItemDecision): string {
  const taxa = finding.things.flatMap(({ names }) => names.flatMap((name) => [...name.taxa]))
  return `${decisive?.article} ${judgement.proposal} ${[...new Set(taxa)].sort((one, other) => one - other)}`
}
