import { engineName, knowledge as loadKnowledge } from '../app.ts'
import { answerProblem } from '../core/act/answer.ts'
import { checkItem } from '../core/act/check.ts'
import { type CheckAnswer, checkAnswer } from '../core/act/check-answer.ts'
import { readCheckItem, statable } from '../core/act/check-item.ts'
import type { Step } from '../core/act/check-steps.ts'
import { say } from '../core/decide/words.ts'
import type { Knowledge } from '../core/knowledge.ts'
import { findPlace } from '../core/parcel/places.ts'
import { noDefaults } from '../core/read/read.ts'
import { screener } from '../core/screen.ts'
import { UsageError } from '../intake/table.ts'
import { type Arguments, dayArgument, oneOf, readArguments, usage } from './arguments.ts'
import { importsFolder } from './imports-folder.ts'

export const checkHelp = `greenlane check TITLE --to FR,JP [--from CN] [--origin CN] [options]

Tells a seller what the law of each destination asks of the goods, and what to do next. No receipt is given: the service gives them.

  --to PLACES       where it would go: country codes, or parts that law names (US-HI, XI), with commas
  --from PLACE      where it ships from
  --origin PLACE    where the material grew
  --article WORD    the goods as stated: ${statable.join(', ')}
  --taxon NAME      the plant as stated, by its scientific name
  --hs CODE         Harmonized System code
  --on DAY          day whose law counts, as 2026-11-24; today when not given
  --output FORM     text or json
  --knowledge DIR   names that were imported; GREENLANE_KNOWLEDGE when not given, else ./greenlane-knowledge where it is there

Exit code: 0, or 2 for wrong use.
`

const options = ['to', 'from', 'origin', 'article', 'taxon', 'hs', 'on', 'output', 'knowledge']

/** Checks one offer before the sale and shows what to do. */
export async function check(args: readonly string[]): Promise<number> {
  return usage(checkHelp, async () => {
    const given = readArguments(args, {
      ...Object.fromEntries(options.map((name) => [name, { type: 'string' as const }])),
      help: { type: 'boolean', short: 'h' },
    })
    if (given.flag('help')) return print(checkHelp)
    const form = oneOf(given, 'output', ['text', 'json'])
    const knowledge = await loadKnowledge(importsFolder(given))
    const answer = await answerTo(given, knowledge)
    return print(form === 'json' ? JSON.stringify(answer, null, 2) : asText(answer, knowledge))
  })
}

async function answerTo(given: Arguments, knowledge: Knowledge): Promise<CheckAnswer> {
  const title = given.words.join(' ')
  if (title.trim() === '') throw new UsageError('Say what is sold, in quotes.')
  if (given.text('to') === null) throw new UsageError('Say where it would go with --to.')
  const on = dayArgument(given)
  const { recognise, court, voice } = screener(knowledge, { on, defaults: noDefaults, engine: await engineName() })
  const raw = {
    title,
    hs: given.text('hs'),
    goods: { article: given.text('article'), taxon: given.text('taxon') },
    originCountry: given.text('origin'),
    shipsFrom: given.text('from'),
    destinations: (given.text('to') ?? '').split(',').map((one) => one.trim()),
  }
  const item = readCheckItem(raw, 1, voice)
  const [fault] = item.problems
  if (fault !== undefined) throw new UsageError(answerProblem(fault, voice.words).sentence)
  return checkAnswer(checkItem(item, { recognise, court, on }), { ...voice, court })
}

function asText(answer: CheckAnswer, { words, places }: Knowledge): string {
  const lines = answer.goods.map(({ article, taxa }) => [say(words, `article.${article}`), ...taxa].join(', '))
  if (answer.choices.length > 0) lines.push(answer.choices.map(({ sentence }) => sentence).join(' / '))
  for (const { destination, sentence, next, questions } of answer.destinations) {
    lines.push('', `${places.names[findPlace(places, destination)] ?? destination}: ${sentence}`)
    lines.push(...next.flatMap((step, at) => stepLines(step, at + 1)))
    for (const question of questions) lines.push(`  ? ${question.sentence}`)
  }
  return lines.join('\n')
}

/** Rules that are shown of one step; JSON tells all. */
const rulesShown = 3

function stepLines({ sentence, rules }: Step, number: number): string[] {
  const shown = rules.slice(0, rulesShown).map(({ source, title }) => `     ${title} (${source.title})`)
  const more = rules.length - shown.length
  return [`  ${number}. ${sentence}`, ...shown, ...(more > 0 ? [`     +${more}`] : [])]
}

function print(text: string): number {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
  return 0
}
