import type { Knowledge } from '../core/knowledge.ts'
import type { Places } from '../core/parcel/places.ts'
import { mergeMessages } from '../core/read/merge.ts'
import { noDefaults } from '../core/read/read.ts'
import { type Screener, screener } from '../core/screen.ts'
import type { Store } from '../store/open-store.ts'
import type { DecisionRow } from '../store/schema.ts'
import { type Difference, firstDifference } from './first-difference.ts'
import { EditionFault } from './load-edition.ts'

/** What replaying takes. */
export interface ReplayStart {
  readonly store: Store
  /** Name of the engine that runs now. */
  readonly engine: string
  /** The knowledge of an edition as decisions name it, best as that engine compiled it. Throws EditionFault where it is not to be had. */
  readonly knowledgeOf: (edition: string, engine: string) => Promise<Knowledge>
}

/** What came of deciding again. */
export interface Replayed {
  readonly tenant: string
  readonly seq: number
  readonly parcel: number
  readonly edition: string
  /** The engine that decided then, where it is not the one that decides now. */
  readonly otherEngine: string | null
  readonly outcome:
    | { readonly kind: 'same' }
    | { readonly kind: 'different'; readonly first: Difference }
    /** It could not be decided again, in a sentence. */
    | { readonly kind: 'impossible'; readonly why: string }
}

/** Decides stored decisions again. */
export type Replayer = (decision: DecisionRow) => Promise<Replayed>

/** Most editions that are held at once: each takes memory. */
const editionsHeld = 2

/**
 * Makes the function that decides again from the stored messages, day, edition and engine, and compares every byte of the answer.
 * The people behind a parcel are not needed: nothing was decided on them.
 */
export function replayer({ store, engine, knowledgeOf }: ReplayStart): Replayer {
  const screeners = new Map<string, Promise<Screener>>()
  const screenerOf = (edition: string, by: string): Promise<Screener> => {
    const key = `${by}\n${edition}`
    const known = screeners.get(key)
    if (known !== undefined) return known
    if (screeners.size >= editionsHeld) screeners.delete(screeners.keys().next().value as string)
    const made = knowledgeOf(edition, by).then((knowledge) =>
      screener(knowledge, { on: '', defaults: noDefaults, engine: by }),
    )
    screeners.set(key, made)
    return made
  }
  return async (decision) => {
    const { tenant, seq, parcel, edition, engine: by, day, answer } = decision
    const told = { tenant, seq, parcel, edition, otherEngine: by === engine ? null : by }
    try {
      const screen = await screenerOf(edition, by)
      const value = await contentOf(store, decision, screen.voice.places)
      const now = screen.write(screen.decide({ line: 1, value }, day))
      const first = firstDifference(answer, now)
      return { ...told, outcome: first === null ? { kind: 'same' } : { kind: 'different', first } }
    } catch (error) {
      // Knowledge that another engine compiled may not fit this one in any way.
      if (!(error instanceof EditionFault) && told.otherEngine === null) throw error
      return { ...told, outcome: { kind: 'impossible', why: error instanceof Error ? error.message : String(error) } }
    }
  }
}

/** What was decided on: the one message, or all of them merged. */
async function contentOf({ db }: Store, { tenant, messages, cause }: DecisionRow, places: Places): Promise<unknown> {
  const seqs = JSON.parse(messages) as readonly number[]
  const rows = await db
    .selectFrom('messages')
    .select(['seq', 'partner', 'received_at as at', 'content'])
    .where('tenant', '=', tenant)
    .where('seq', 'in', seqs.length === 0 ? [0] : [...seqs])
    .orderBy('seq')
    .execute()
  const missing = seqs.find((seq) => !rows.some((row) => row.seq === seq))
  if (missing !== undefined) throw new EditionFault(`Message ${missing} is missing: run \`greenlane audit verify\`.`)
  const said = rows.map(({ partner, at, content }) => ({ partner, at, content: JSON.parse(content) as unknown }))
  return cause === 'received' && said.length === 1 ? said[0]?.content : mergeMessages(said, places).content
}
