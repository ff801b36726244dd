import { type Answer, answerOf, type Voice } from './act/answer.ts'
import { answerWriter } from './act/answer-text.ts'
import type { Court } from './decide/court.ts'
import { type Decision, decide } from './decide/decide.ts'
import { decideViews } from './decide/decide-views.ts'
import type { Knowledge } from './knowledge.ts'
import { widenTaxa } from './parcel/imported-taxa.ts'
import { listingsIn } from './parcel/inventories.ts'
import type { Parcel } from './parcel/parcel.ts'
import { findPlace } from './parcel/places.ts'
import { type Defaults, read, unreadable } from './read/read.ts'
import type { Finding } from './recognise/finding.ts'
import { hearing } from './recognise/model.ts'
import { type Recogniser, recogniser } from './recognise/recognise.ts'
import type { RecogniserKnowledge } from './recognise/recogniser-knowledge.ts'
import { indexRequirements, type RequirementIndex } from './require/index-requirements.ts'
import { packFor } from './require/layers.ts'
import { isReExported } from './require/situation.ts'

/** What one screening asks for: the day that counts and what records do not say themselves. */
export interface ScreeningOptions {
  /** Day, as 2026-11-24. */
  readonly on: string
  readonly defaults: Defaults
  /** Name and version of the code, and of Unicode in the engine it runs on. */
  readonly engine: string
}

/** A raw record, or why there is none. */
export type RawRecord =
  | { readonly line: number; readonly value: unknown }
  | { readonly line: number; readonly fault: string; readonly facts: Readonly<Record<string, string>> }

export interface Screener {
  /** The whole way of one record: read, recognise, require, decide; on another day than the options say where one is given. */
  readonly decide: (record: RawRecord, on?: string) => Decision
  /** The same decision in the words of the contract. */
  readonly answer: (decision: Decision) => Answer
  /** The same answer as JSON text, written faster. */
  readonly write: (decision: Decision) => string
  readonly court: Court
  /** What an item line is: the same recogniser that `decide` asks. */
  readonly recognise: Recogniser
  readonly voice: Voice
}

/** Makes a screener over one edition of knowledge. The same record gives the same answer, whatever came before. */
export function screener(knowledge: Knowledge, options: ScreeningOptions): Screener {
  const { policy, places, imported } = knowledge
  const wide = imported === undefined ? { taxa: knowledge.taxa } : widenTaxa(knowledge.taxa, imported)
  const { taxa } = wide
  const recognise = recogniserOf({ ...knowledge, ...wide })
  const court = courtOf({ ...knowledge, taxa })
  const voice = { words: knowledge.words, policy, taxa, places, edition: knowledge.edition, engine: options.engine }
  const parcelOf = (record: RawRecord): Parcel =>
    'fault' in record
      ? unreadable(record.line, record.fault, record.facts)
      : read(record.value, record.line, places, options.defaults)
  const findingsOf = ({ lines }: Parcel): Finding[] => lines.map((line) => recognise(line))
  return {
    decide: (record, on = options.on) => {
      const parcel = parcelOf(record)
      const { views } = parcel
      if (views === undefined) return decide(parcel, findingsOf(parcel), on, court)
      const found = views.map((view) => ({ ...view, findings: findingsOf(view.parcel) }))
      return decideViews(parcel, found, on, court)
    },
    answer: (decision) => answerOf(decision, voice),
    write: answerWriter(voice),
    court,
    recognise,
    voice,
  }
}

/** The recogniser of one edition of knowledge; `heard` stands in for what the policy says of the learned model. */
export function recogniserOf(knowledge: Knowledge, heard?: RecogniserKnowledge['hearing']): Recogniser {
  const { policy } = knowledge
  return recogniser({
    ...knowledge,
    ...policy,
    unitWords: policy.units,
    hearing: heard ?? hearing(knowledge.model, policy.model, policy.weights),
  })
}

/** Law, policy and places in the form that deciding asks them. Packs are indexed when first asked for. */
export function courtOf(knowledge: Knowledge): Court {
  const { policy, taxa, places, packs } = knowledge
  const indexes = new Map<number, RequirementIndex>()
  const indexFor = (destination: number): RequirementIndex | null => {
    if (destination < 0) return null
    const known = indexes.get(destination)
    if (known !== undefined) return known
    const pack = packFor(packs, destination)
    if (pack === null) return null
    const index = indexRequirements(pack, taxa)
    for (const place of [destination, ...pack.destinations]) indexes.set(place, index)
    return index
  }
  const placeOf = (code: string | null): number => (code === null ? -1 : findPlace(places, code))
  return {
    policy,
    taxa,
    indexFor,
    placeOf,
    isReExported: (origin, dispatch) => isReExported(origin, dispatch, places.partOf),
    codeOf: (place) => places.codes[place] ?? '',
    nameOf: (place) => places.names[place] ?? '',
    listingsOf: listingsIn(knowledge.inventories, taxa, places),
    partsOf: (country) => places.partOf.flatMap((whole, place) => (whole === country ? [place] : [])),
    asked: new Map(),
  }
}
