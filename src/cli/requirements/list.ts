import { sourceOf } from '../../core/act/answer.ts'
import type { LawQuestion } from '../../core/act/law.ts'
import type { Knowledge } from '../../core/knowledge.ts'
import { findPlace } from '../../core/parcel/places.ts'
import { descent } from '../../core/require/descent.ts'
import { evaluate } from '../../core/require/evaluate.ts'
import { packFor } from '../../core/require/layers.ts'
import type { Requirement } from '../../core/require/pack.ts'
import { ready } from '../../core/require/ready.ts'
import { isReExported, situation } from '../../core/require/situation.ts'
import { no } from '../../core/require/value.ts'

/** One requirement as it is listed. */
export interface Listed {
  readonly id: string
  readonly title: string
  readonly kind: Requirement['kind']
  readonly branch: Requirement['branch']
  readonly measures: readonly string[]
  readonly lifts: Requirement['lifts']
  readonly from: string | null
  readonly to: string | null
  readonly pests: readonly string[]
  readonly source: ReturnType<typeof sourceOf>
  readonly text: string
  readonly read: Requirement['source']['read']
  readonly edition: string | null
  readonly unverified: string | null
}

/** Requirements of the destinations that apply or could apply to any of the questions, each once, in the order of their packs. */
export function listed(questions: readonly LawQuestion[], knowledge: Knowledge): Listed[] {
  const { places, packs, taxa } = knowledge
  const from = descent(taxa)
  const place = (code: string | null): number => (code === null ? -1 : findPlace(places, code))
  const found = new Map<string, Requirement>()
  for (const question of questions) {
    const pack = packFor(packs, place(question.to))
    if (pack === null) continue
    const asked = situation({
      taxa: question.taxon === null ? [] : [question.taxon.number],
      article: question.article,
      part: question.part,
      state: question.state,
      origin: place(question.origin),
      dispatch: place(question.dispatch),
      destination: place(question.to),
      reExported: isReExported(place(question.origin), place(question.dispatch), places.partOf),
      via: question.via.map(place),
      by: question.by,
      recipient: question.recipient,
      on: question.on,
      ...(question.use === null ? {} : { use: question.use }),
    })
    for (const one of pack.requirements)
      if (!found.has(one.id) && evaluate(ready(one, from), asked, { pack, from }) !== no) found.set(one.id, one)
  }
  return [...found.values()].map(asListed)
}

function asListed(one: Requirement): Listed {
  const { id, title, kind, branch, measures, lifts, from, to, pests, source } = one
  return {
    id,
    title,
    kind,
    branch,
    measures: measures.map(({ measure }) => measure),
    lifts,
    from,
    to,
    pests,
    source: sourceOf(one),
    text: source.text,
    read: source.read,
    edition: source.dated,
    unverified: source.unverified,
  }
}
