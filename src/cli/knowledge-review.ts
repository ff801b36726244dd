import { existsSync } from 'node:fs'
import { knowledge as loadKnowledge } from '../app.ts'
import { say } from '../core/decide/words.ts'
import type { Knowledge } from '../core/knowledge.ts'
import { UsageError } from '../intake/table.ts'
import { articleNames, hitsOf, type PackReview, reviewLaw, reviewPacks, type ToReview } from '../knowledge/review.ts'
import { recordsOf, sampleRecords } from '../knowledge/titles.ts'
import { type Arguments, dayArgument, oneOf } from './arguments.ts'
import { plainTable } from './plain-table.ts'

/** Requirements that are shown, the most met first. */
const usualLimit = 40

/** Tells which law somebody should read, the most met first, and how far each pack goes. */
export async function review(folder: string, given: Arguments): Promise<number> {
  const knowledge = await loadKnowledge()
  const day = dayArgument(given)
  const files = given.list('titles')
  for (const file of files) if (!existsSync(file)) throw new UsageError(`--titles ${file}: there is no such file.`)
  const records = [...sampleRecords(folder), ...files.flatMap((file) => recordsOf(file))]
  const rows = reviewLaw(knowledge, hitsOf(knowledge, records, day), day)
  const packs = reviewPacks(knowledge)
  const form = oneOf(given, 'output', ['text', 'json', 'html'] as const) ?? 'text'
  if (form === 'html') {
    const { coveragePage } = await import('../web/coverage/coverage.ts')
    process.stdout.write(coveragePage(knowledge, day))
    return 0
  }
  process.stdout.write(
    form === 'json'
      ? `${JSON.stringify({ parcels: records.length, requirements: rows.map(asJson), packs }, null, 2)}\n`
      : `${asText(rows, packs, { knowledge, parcels: records.length, limit: limitOf(given) })}\n`,
  )
  return 0
}

function limitOf(given: Arguments): number {
  const text = given.text('limit')
  if (text === null) return usualLimit
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new UsageError(`--limit ${text}: give a whole number.`)
}

function asJson({ place, requirement, why, hits }: ToReview) {
  const { id, title, source } = requirement
  return {
    place,
    id,
    title,
    why,
    hits,
    reason: source.unverified,
    edition: source.dated,
    read: source.read,
    href: source.href,
  }
}

interface Shown {
  readonly knowledge: Knowledge
  readonly parcels: number
  readonly limit: number
}

function asText(rows: readonly ToReview[], packs: readonly PackReview[], { knowledge, parcels, limit }: Shown): string {
  const { words } = knowledge
  const tell = (key: string, slots: Record<string, string> = {}): string => say(words, `review.${key}`, slots)
  const shown = rows.slice(0, limit)
  const law = plainTable(
    ['hits', 'requirement', 'why', 'says', 'law'].map((key) => tell(key)),
    shown.map(({ requirement, why, hits }) => [
      String(hits),
      requirement.id,
      tell(why, {
        reason: requirement.source.unverified ?? '',
        day: requirement.source.dated ?? requirement.source.read?.on ?? '',
      }),
      requirement.title,
      requirement.source.href,
    ]),
  )
  const more = rows.length > shown.length ? [tell('more', { count: String(rows.length - shown.length) })] : []
  const table = plainTable(
    ['place', 'requirements', 'unverified-count', 'old-count', 'complete', 'silent', 'open'].map((key) => tell(key)),
    packs.map((one) => [
      one.title,
      String(one.requirements),
      String(one.unverified),
      String(one.oldEdition),
      articleNames(one.complete, words),
      articleNames(one.silent, words),
      one.layer === 'law' ? articleNames(one.open, words) : tell('no-law'),
    ]),
  )
  return [
    tell('intro', { count: String(rows.length), parcels: String(parcels) }),
    '',
    law,
    ...more,
    '',
    tell('packs'),
    '',
    table,
  ].join('\n')
}
