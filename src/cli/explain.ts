import { engineName, knowledge as loadKnowledge } from '../app.ts'
import type { Answer } from '../core/act/answer.ts'
import type { ItemDecision } from '../core/decide/reason.ts'
import { say } from '../core/decide/words.ts'
import type { Knowledge } from '../core/knowledge.ts'
import { modes } from '../core/parcel/parcel.ts'
import type { Evidence } from '../core/recognise/finding.ts'
import { screener } from '../core/screen.ts'
import { UsageError } from '../intake/table.ts'
import { type Arguments, dayArgument, oneOf, placeArgument, readArguments, usage } from './arguments.ts'
import { harmless } from './harmless.ts'
import { importsFolder } from './imports-folder.ts'

export const explainHelp = `greenlane explain "DESCRIPTION" --to FR [options]     DESCRIPTION as it is declared, in any language, in quotes

  --hs CODE            HS code, where one is declared
  --category CATEGORY  category of a marketplace: a path ("Home & Garden > Plants"), a Google number (985) or a Shopify id (hg-17)
  --pieces N, --grams N, --value "0.50 USD"            what is declared of the line
  --to PLACE           where it goes (ISO 3166-1; XI Northern Ireland, IC Canary Islands); without it no law can be applied
  --dispatch PLACE     country it is sent from
  --origin PLACE       country where the material grew; unknown when not given, never the same as dispatch by itself
  --by WAY             post, courier, luggage or cargo
  --on DAY             day whose law counts, as 2026-11-24; today when not given
  --output FORM        text or json
  --knowledge DIR      names that were imported; GREENLANE_KNOWLEDGE when not given, else ./greenlane-knowledge where it is there

Tells one item's whole story: what was seen and how it weighed, what was ruled out, what the law says, and what would change it.
Exit code: 0, or 2 for wrong use.
`

/** Tells one item's whole story. */
export async function explain(args: readonly string[]): Promise<number> {
  return usage(explainHelp, async () => {
    const given = readArguments(args, {
      hs: { type: 'string' },
      category: { type: 'string' },
      pieces: { type: 'string' },
      grams: { type: 'string' },
      value: { type: 'string' },
      to: { type: 'string' },
      dispatch: { type: 'string' },
      origin: { type: 'string' },
      by: { type: 'string' },
      on: { type: 'string' },
      output: { type: 'string' },
      knowledge: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    })
    if (given.flag('help')) {
      process.stdout.write(explainHelp)
      return 0
    }
    const [description, ...more] = given.words
    if (description === undefined || more.length > 0) throw new UsageError('Give one description, in quotes.')
    const form = oneOf(given, 'output', ['text', 'json'] as const) ?? 'text'
    const knowledge = await loadKnowledge(importsFolder(given))
    const { decide, answer: answerOf } = screener(knowledge, await optionsOf(given, knowledge))
    const decision = decide({ line: 1, value: { lines: [lineOf(description, given)] } })
    const answer = answerOf(decision)
    if (form === 'json') {
      const [item] = decision.items
      const weighed = { evidence: item?.finding.evidence ?? [], ruledOut: item?.finding.ruledOut ?? [] }
      process.stdout.write(`${JSON.stringify({ ...answer, ...weighed }, null, 2)}\n`)
      return 0
    }
    process.stdout.write(`${story(description, decision.items[0], { answer, knowledge })}\n`)
    return 0
  })
}

/** The item line that the arguments declare. */
function lineOf(description: string, given: Arguments): Readonly<Record<string, unknown>> {
  const number = (name: string): number | null => {
    const text = given.text(name)
    if (text === null) return null
    if (/^\d+(\.\d+)?$/.test(text)) return Number(text)
    throw new UsageError(`--${name} ${text}: give a number.`)
  }
  const grams = number('grams')
  const value = given.text('value')
  const [, amount, currency] = /^(\d+(?:\.\d+)?) ?([A-Za-z]{3})$/.exec(value ?? '') ?? []
  if (value !== null && amount === undefined)
    throw new UsageError(`--value ${value}: give an amount and a currency, as "0.50 USD".`)
  return {
    description: { raw: description },
    hs: { raw: given.text('hs') },
    category: given.text('category'),
    quantity: number('pieces'),
    netWeightKg: grams === null ? null : grams / 1000,
    value: value === null ? null : { amount, currency },
  }
}

async function optionsOf(given: Arguments, knowledge: Knowledge): Promise<Parameters<typeof screener>[1]> {
  const destination = placeArgument(given, 'to', knowledge)
  const dispatch = placeArgument(given, 'dispatch', knowledge)
  const origin = placeArgument(given, 'origin', knowledge)
  return {
    on: dayArgument(given),
    engine: await engineName(),
    defaults: { destination, dispatch, origin, by: oneOf(given, 'by', modes) },
  }
}

interface Telling {
  readonly answer: Answer
  readonly knowledge: Knowledge
}

function story(description: string, item: ItemDecision | undefined, { answer, knowledge }: Telling): string {
  const { words } = knowledge
  const lines: string[] = [`«${harmless(description)}»`, '', `Proposal: ${say(words, `proposal.${answer.proposal}`)}`]
  const [own] = answer.items
  if (own !== undefined && item !== undefined) {
    lines.push(
      '',
      'What it may be',
      ...own.articles.map(
        ({ article, probability }) => `  ${percent(probability)}  ${say(words, `article.${article}`)}`,
      ),
    )
    lines.push(`  clarity of the description: ${percent(own.clarity).trim()}`)
    lines.push(...taxonLines(own.taxa))
    lines.push(
      '',
      'What was seen (weight: how much louder it makes the article)',
      ...evidenceLines(item.finding.evidence, words),
    )
    if (item.finding.ruledOut.length > 0) {
      lines.push(
        '',
        'What was ruled out',
        ...distinct(
          item.finding.ruledOut.map(
            (one) => `  «${harmless(one.letters?.text ?? '')}»: ${say(words, `ruled-out.${one.kind}`)}`,
          ),
        ),
      )
    }
  }
  lines.push('', 'Why', ...answer.reasons.flatMap(reasonLines))
  if (answer.questions.length > 0) lines.push('', 'What would change this', ...answer.questions.flatMap(questionLines))
  if (answer.problems.length > 0)
    lines.push(
      '',
      'What is wrong with the record',
      ...answer.problems.map(({ at, sentence }) => `  ${at}: ${sentence}`),
    )
  lines.push('', `Knowledge ${answer.knowledge}, ${answer.engine}`)
  return lines.join('\n')
}

/** What each name stands for; a name of several taxa is one line. */
function taxonLines(taxa: Telling['answer']['items'][number]['taxa']): string[] {
  const byPlace = Map.groupBy(taxa, ({ from, to }) => `${from} ${to}`)
  return [...byPlace.values()].map((same) => {
    const names = same.map(({ name, rank, family }) => {
      const known = [rank, family === name ? null : family].filter(Boolean).join(', ')
      return known === '' ? name : `${name} (${known})`
    })
    const written = harmless(same[0]?.written ?? '')
    return same.length === 1 ? `  «${written}» is ${names[0]}` : `  «${written}» may be ${names.join(' or ')}`
  })
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1).padStart(5)} %`
}

function distinct(lines: readonly string[]): string[] {
  return [...new Set(lines)]
}

function evidenceLines(evidence: readonly Evidence[], words: Knowledge['words']): string[] {
  const sorted = [...evidence].sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight))
  return distinct(
    sorted.map(({ kind, article, weight, letters, value }) => {
      const what =
        letters === null
          ? kind === 'hs' || kind === 'category'
            ? (kind === 'hs' ? 'HS ' : '') + (value ?? '')
            : kind === 'model'
              ? (value ?? '')
              : 'the words as a whole'
          : `«${harmless(letters.text)}»`
      return `  ${weight >= 0 ? '+' : ''}${weight.toFixed(1)}  ${say(words, `article.${article}`)}: ${what} (${say(words, `evidence.${kind}`)}${meant(kind, value, words)})`
    }),
  )
}

/** What a misspelt word was read as. */
function meant(kind: Evidence['kind'], value: string | null, words: Knowledge['words']): string {
  const reads = value !== null && (kind === 'name' || kind === 'form' || kind === 'goods')
  return reads ? `, ${say(words, 'misspelt', { word: value })}` : ''
}

function reasonLines({ sentence, source }: Telling['answer']['reasons'][number]): string[] {
  const law = source === null ? [] : [source.title, source.href].filter((text) => text !== null)
  return [`  ${sentence}`, ...law.map((text) => `    ${text}`)]
}

function questionLines({ sentence, askWhom, wouldChange }: Telling['answer']['questions'][number]): string[] {
  return [`  ${sentence} (ask: ${askWhom.join(', ')})`, ...wouldChange.map((one) => `    ${one}`)]
}
