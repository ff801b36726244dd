import { knowledge as loadKnowledge } from '../app.ts'
import { type LawQuestion, lawAnswer } from '../core/act/law.ts'
import type { Knowledge } from '../core/knowledge.ts'
import { articles } from '../core/parcel/articles.ts'
import { parts } from '../core/parcel/state.ts'
import { knownOn } from '../core/require/known.ts'
import { courtOf } from '../core/screen.ts'
import { UsageError } from '../intake/table.ts'
import { type Arguments, dayText, oneOf, readArguments, usage } from './arguments.ts'
import { importsFolder } from './imports-folder.ts'
import { questionsFrom } from './requirements/given.ts'
import { listed } from './requirements/list.ts'
import { answersAsMarkdown, answersAsTable, listAsMarkdown, listAsTable } from './requirements/tables.ts'
import { type Answered, answerAsText } from './requirements/text.ts'

export const requirementsHelp = `greenlane requirements --to FR --article plants-for-planting [--origin CN] [--dispatch CN] [--taxon Citrus] [options]
greenlane requirements list --to FR [--article seeds] [--taxon Citrus] [options]

Tells what the law of a destination asks; with list, each requirement that applies or could apply. Several places, plants and
articles are given with commas, and every combination is answered.

  --to PLACES          where it goes: country codes, parts that law names (US-HI, XI), or all
  --article ARTICLES   ${articles.filter((one) => one !== 'none' && one !== 'unclear').join(', ')}
  --hs CODES           instead of an article: those that stand under Harmonized System codes
  --origin PLACES      where it grew: codes, or a set of places that law names
  --dispatch PLACES    from where it is sent; where it grew when not given
  --via PLACES         places it passes through
  --taxon NAMES        scientific names, accepted or not
  --use USE            planting, consumption, decorative or other
  --part PART          ${parts.join(', ')}
  --state FACTS        facts that hold, with commas: dormant,rooted; with no- before it where it does not: no-leaves
  --by WAY             post, courier, luggage or cargo
  --recipient WHO      private-person, institution or trader
  --quantity AMOUNT    "100 g", "50 pcs", "5 packets"
  --on DAY             day whose law counts, as 2026-11-24; today when not given
  --known-on DAY       only what had been read by that day
  --output FORM        text, table, markdown or json; text for one answer, table for several
  --knowledge DIR      names that were imported; GREENLANE_KNOWLEDGE when not given, else ./greenlane-knowledge where it is there

What is not given is unknown: it never makes an answer milder. Exit code: 0, or 2 for wrong use.
`

const options = [
  'to',
  'origin',
  'dispatch',
  'via',
  'article',
  'hs',
  'taxon',
  'use',
  'part',
  'state',
  'by',
  'recipient',
  'quantity',
  'on',
  'known-on',
  'output',
  'knowledge',
]

const forms = ['text', 'table', 'markdown', 'json'] as const

/** Tells what the law of destinations asks of articles, or which requirements could apply to them. */
export async function requirements(args: readonly string[]): Promise<number> {
  return usage(requirementsHelp, async () => {
    const given = readArguments(args, {
      ...Object.fromEntries(options.map((name) => [name, { type: 'string' as const }])),
      help: { type: 'boolean', short: 'h' },
    })
    if (given.flag('help')) return print(requirementsHelp)
    const [word, ...more] = given.words
    if ((word !== undefined && word !== 'list') || more.length > 0)
      throw new UsageError(`"${word}" is nothing to do here. Say list, or nothing.`)
    const isList = word === 'list'
    const knowledge = await knowledgeFor(given)
    const questions = questionsFrom(isList ? everyArticle(given) : given, knowledge)
    const form = oneOf(given, 'output', forms)
    return print(isList ? listText(questions, knowledge, form) : answerText(questions, knowledge, form))
  })
}

/** A list that names no article is of all of them. */
function everyArticle(given: Arguments): Arguments {
  if (given.text('article') !== null || given.text('hs') !== null) return given
  const all = articles.filter((one) => one !== 'none' && one !== 'unclear').join()
  return { ...given, text: (name) => (name === 'article' ? all : given.text(name)) }
}

function print(text: string): number {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
  return 0
}

function answerText(
  questions: readonly LawQuestion[],
  knowledge: Knowledge,
  form: (typeof forms)[number] | null,
): string {
  const court = courtOf(knowledge)
  const answers: Answered[] = questions.map((question) => ({
    question,
    answer: lawAnswer(question, knowledge, court),
  }))
  const [only] = answers
  const single = answers.length === 1 && only !== undefined
  const chosen = form ?? (single ? 'text' : 'table')
  if (chosen === 'json') {
    const rows = answers.map(({ question: { to, origin, dispatch, article, taxon, on }, answer }) => ({
      asked: { to, origin, dispatch, article, taxon: taxon?.name ?? null, on },
      ...answer,
    }))
    return JSON.stringify(single ? rows[0] : rows, null, 2)
  }
  if (chosen === 'markdown') return answersAsMarkdown(answers, knowledge)
  if (chosen === 'table') return answersAsTable(answers, knowledge)
  return answers.map(({ answer }) => answerAsText(answer, knowledge)).join('\n\n')
}

function listText(
  questions: readonly LawQuestion[],
  knowledge: Knowledge,
  form: (typeof forms)[number] | null,
): string {
  const rows = listed(questions, knowledge)
  if (form === 'json') return JSON.stringify(rows, null, 2)
  return form === 'markdown' ? listAsMarkdown(rows, knowledge) : listAsTable(rows, knowledge)
}

/** The knowledge, with imported taxa that are asked for, as it was known on the day that is asked for. */
async function knowledgeFor(given: Arguments): Promise<Knowledge> {
  const imports = importsFolder(given)
  let knowledge = await loadKnowledge(imports)
  if (imports !== null) {
    const { knowing } = await import('../knowledge/imported/find-imported.ts')
    for (const name of (given.text('taxon') ?? '').split(',')) knowledge = knowing(knowledge, name.trim())
  }
  const day = dayText(given, 'known-on')
  return day === null ? knowledge : { ...knowledge, packs: knowledge.packs.map((pack) => knownOn(pack, day)) }
}
