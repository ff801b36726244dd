import type { LawQuestion, RequirementsAnswer } from '../../core/act/law.ts'
import { say } from '../../core/decide/words.ts'
import type { Knowledge } from '../../core/knowledge.ts'

/** A question and what the law answers. */
export interface Answered {
  readonly question: LawQuestion
  readonly answer: RequirementsAnswer
}

/** Pests that are told one by one. */
const pestsShown = 6

/** One answer for people, in full. */
export function answerAsText(answer: RequirementsAnswer, knowledge: Knowledge): string {
  const { words } = knowledge
  const lines = [say(words, `verdict.${answer.verdict}`), '']
  for (const group of byRequirement(answer)) lines.push(...measureLines(group, knowledge))
  for (const { title, source } of answer.exemptions)
    lines.push(`  ${say(words, 'reason.exempt', { title })}`, `    ${source.title}`)
  if (answer.questions.length > 0) lines.push('', say(words, 'law.would-change'))
  for (const { sentence, wouldChange } of answer.questions)
    lines.push(`  ${sentence}`, ...wouldChange.map((one) => `    ${one}`))
  lines.push(
    ...pestLines(answer, knowledge),
    ...inventoryLines(answer),
    '',
    `${answer.coverage}. ${say(words, 'law.knowledge', { edition: answer.knowledge })}`,
  )
  return lines.join('\n')
}

type MeasureTold = RequirementsAnswer['measures'][number]

/** The measures of each requirement together: what prohibits first, then what is certain, then what is possible. */
function byRequirement({ measures }: RequirementsAnswer): [MeasureTold, ...MeasureTold[]][] {
  const groups = new Map<string, [MeasureTold, ...MeasureTold[]]>()
  for (const one of measures) {
    const group = groups.get(one.requirement)
    if (group === undefined) groups.set(one.requirement, [one])
    else group.push(one)
  }
  const weight = ([{ measure, certainty }]: [MeasureTold, ...MeasureTold[]]): number =>
    (certainty === 'required' ? 0 : 2) + (measure === 'prohibited' ? 0 : 1)
  return [...groups.values()].sort((one, other) => weight(one) - weight(other))
}

function measureLines(group: readonly [MeasureTold, ...MeasureTold[]], { words }: Knowledge): string[] {
  const [one] = group
  const names = [...new Set(group.map(({ measure }) => say(words, `measure.${measure}`)))].join(', ')
  const lines = [
    `  ${names} (${say(words, `certainty.${one.certainty}`)}): ${one.title}`,
    `    ${one.source.title}`,
    `    ${one.source.href}`,
  ]
  if (one.text !== '') lines.push(`    ${one.text}`)
  if (one.conditions !== null) lines.push(`    ${say(words, 'law.conditions', { conditions: one.conditions })}`)
  if (one.why !== null) lines.push(`    ${say(words, 'law.unattainable', { why: one.why })}`)
  if (one.branch !== 'plant-health')
    lines.push(
      `    ${say(words, 'other-law', { branch: `@branch.${one.branch}`, authority: `@authority.${one.branch}` })}`,
    )
  if (one.edition !== null) lines.push(`    ${say(words, 'dated', { day: one.edition })}`)
  if (!one.verified) lines.push(`    ${say(words, 'unverified')}`)
  return lines
}

function pestLines({ pests }: RequirementsAnswer, { words }: Knowledge): string[] {
  if (pests.length === 0) return []
  const first = [...pests].sort((one, other) => rank(one.origin) - rank(other.origin)).slice(0, pestsShown)
  const lines = first.map(({ name, eppo, listed, origin }) => {
    return `  ${name}${eppo === null ? '' : ` (${eppo})`}, ${listed}: ${say(words, `pest-origin.${origin}`)}`
  })
  const more = pests.length - first.length
  if (more > 0) lines.push(`  ${say(words, 'law.more-pests', { count: String(more) })}`)
  return ['', say(words, 'law.pests'), ...lines]
}

/** What inventories say, behind all law. */
function inventoryLines({ inventories = [] }: RequirementsAnswer): string[] {
  const lines = inventories.map(({ sentence, source }) => `${sentence} (${source.title})`)
  return lines.length === 0 ? [] : ['', ...lines]
}

function rank(origin: string): number {
  return ['named', 'not-read', 'not-named'].indexOf(origin)
}
