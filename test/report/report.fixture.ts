import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { ReportRow, Summary } from '../../src/cli/report-row.ts'
import type { Answer, AnswerItem, AnswerMeasure, AnswerReason } from '../../src/core/act/answer.ts'
import { type Proposal, proposals } from '../../src/core/decide/policy.ts'
import type { Words } from '../../src/core/decide/words.ts'
import type { Letters } from '../../src/core/recognise/finding.ts'

/** The words as a report gets them: keys of all levels joined by points. */
export const words: Words = flat(
  parse(readFileSync(new URL('../../knowledge/words/en.yaml', import.meta.url), 'utf8')) as Nested,
)

interface Nested {
  readonly [key: string]: string | Nested
}

function flat(nested: Nested, before = ''): Record<string, string> {
  const entries = Object.entries(nested).flatMap(([key, value]) =>
    typeof value === 'object' ? Object.entries(flat(value, `${before}${key}.`)) : [[`${before}${key}`, String(value)]],
  )
  return Object.fromEntries(entries)
}

/** Where a text stands in a description. */
export function letters(description: string, text: string): Letters {
  const from = description.indexOf(text)
  if (from < 0) throw new Error(`«${text}» is not in «${description}»`)
  return { text, from, to: from + text.length }
}

export function reason(kind: string, sentence: string, own: Partial<AnswerReason> = {}): AnswerReason {
  return { kind, sentence, item: 1, evidence: [], requirement: null, source: null, ...own }
}

export function item(own: Partial<AnswerItem> = {}): AnswerItem {
  return {
    index: 1,
    article: 'none',
    probability: 0.98,
    articles: [],
    clarity: 0.9,
    taxa: [],
    state: {},
    use: null,
    pestRiskCategory: null,
    packaging: null,
    contamination: null,
    measures: [],
    ...own,
  }
}

export function measure(own: Partial<AnswerMeasure> = {}): AnswerMeasure {
  return {
    measure: 'phytosanitary-certificate',
    branch: 'plant-health',
    certainty: 'required',
    attainable: 'unknown',
    by: 'exporting-nppo',
    paper: null,
    requirement: 'example/certificate',
    verified: true,
    source: { title: 'Example Plant Health Order, Schedule 2', href: 'https://law.example/order#schedule-2' },
    ...own,
  }
}

/** A row about one description; the answer's other parts are given. */
export function row(description: string, own: Partial<Answer> = {}, rest: Partial<ReportRow> = {}): ReportRow {
  return {
    answer: {
      parcel: { id: 'RB123456785CN', line: 1 },
      proposal: 'no-objection',
      reasons: [reason('other-goods', `Other goods: «${description}».`)],
      questions: [],
      items: [item()],
      problems: [],
      knowledge: '3f9c21d07a55',
      engine: 'greenlane 0.1.0, Unicode 17.0',
      ...own,
    },
    line: own.parcel?.line ?? 1,
    file: 'parcels.ndjson',
    descriptions: [description],
    dispatch: 'CN',
    destination: 'FR',
    ...rest,
  }
}

/** The summary that belongs to some rows. */
export function summaryOf(rows: readonly ReportRow[], own: Partial<Summary> = {}): Summary {
  const none = (): Record<Proposal, number> =>
    Object.fromEntries(proposals.map((one) => [one, 0])) as Record<Proposal, number>
  const byProposal = none()
  const byDispatch: Record<string, Record<Proposal, number>> = {}
  for (const { answer, dispatch } of rows) {
    const from = dispatch ?? ''
    byDispatch[from] ??= none()
    byDispatch[from][answer.proposal] += 1
    byProposal[answer.proposal] += 1
  }
  return {
    files: [...new Set(rows.map(({ file }) => file))],
    records: rows.length,
    unreadable: 0,
    byProposal,
    byDispatch,
    seconds: 1.25,
    knowledge: '3f9c21d07a55',
    engine: 'greenlane 0.1.0, Unicode 17.0',
    on: '2026-11-24',
    destination: 'FR',
    places: { CN: 'China', FR: 'France', TH: 'Thailand', US: 'United States', JP: 'Japan' },
    ...own,
  }
}

const ban = { title: 'Example Plant Health Order, Schedule 1 point 11', href: 'https://law.example/order#schedule-1' }
const limeLeaves = '🌿 fresh kaffir lime leaves 100g, vacuum packed'
const apple = 'bare-root apple trees, 2 pcs (Malus domestica) with handmade leather gloves'
const bulbs = '郁金香种球 红色 20粒 混合装 (tulip bulbs, mixed colours, for garden planting in autumn)'
const seeds = 'Sämereien Überraschungstüte, gemischt'

/** Invented parcels, one or more of each proposal. */
export const sampleRows: readonly ReportRow[] = [
  row(
    limeLeaves,
    {
      parcel: { id: 'RB123456785TH', line: 12 },
      proposal: 'refuse',
      reasons: [
        reason('prohibited', 'Prohibited: leaves of Citrus are prohibited (Schedule 1 point 11).', {
          evidence: [letters(limeLeaves, 'kaffir lime'), letters(limeLeaves, 'leaves')],
          requirement: 'example/citrus-leaves',
          source: ban,
        }),
        reason('required', 'Needs phytosanitary certificate: fresh leaves of any plant (Schedule 2 point 4).', {
          evidence: [letters(limeLeaves, 'fresh')],
          requirement: 'example/certificate',
          source: measure().source,
        }),
      ],
      questions: [
        {
          fact: 'origin',
          item: 1,
          sentence: 'In which country did the plant material grow?',
          askWhom: ['sender'],
          wouldChange: ['If Switzerland: inspect.'],
          answers: [{ value: 'CH', proposal: 'inspect' }],
        },
      ],
      items: [
        item({
          article: 'fruit-vegetables',
          probability: 0.97,
          taxa: [
            {
              name: 'Citrus hystrix',
              written: 'kaffir lime',
              rank: 'species',
              genus: 'Citrus',
              family: 'Rutaceae',
              eppo: 'CIDHY',
              ...fromTo(limeLeaves, 'kaffir lime'),
            },
          ],
          state: { fresh: true },
          measures: [
            measure({
              measure: 'prohibited',
              requirement: 'example/citrus-leaves',
              attainable: 'no',
              by: null,
              source: ban,
            }),
            measure(),
          ],
        }),
      ],
    },
    { dispatch: 'TH', origins: [null] },
  ),
  row(
    apple,
    {
      parcel: { id: 'LX000000011US', line: 31 },
      proposal: 'stop-before-dispatch',
      reasons: [
        reason(
          'required',
          'Needs import permit: fruit trees for planting (Schedule 3). (The text of this law was not read. Check it before you rely on it.)',
          {
            evidence: [letters(apple, 'bare-root'), letters(apple, 'apple trees'), letters(apple, 'Malus domestica')],
            requirement: 'example/permit',
            source: { title: 'Example Fruit Tree Rules, Schedule 3', href: 'https://law.example/fruit-trees' },
          },
        ),
        reason('other-goods', 'Other goods: «leather gloves».', { item: 2 }),
      ],
      questions: [
        {
          fact: 'dormant',
          item: 1,
          sentence: 'Is it dormant, without leaves, flowers and fruit?',
          askWhom: ['sender', 'declarant'],
          wouldChange: ['If dormant, without leaves, flowers or fruit: inspect.', 'If in growth: refuse.'],
          answers: [
            { value: 'yes', proposal: 'inspect' },
            { value: 'no', proposal: 'refuse' },
          ],
        },
      ],
      items: [
        item({
          article: 'plants-for-planting',
          probability: 0.995,
          state: { 'bare-root': true },
          measures: [
            measure({
              measure: 'import-permit',
              by: 'importer',
              verified: false,
              requirement: 'example/permit',
              source: { title: 'Example Fruit Tree Rules, Schedule 3', href: 'https://law.example/fruit-trees' },
            }),
          ],
        }),
        item({ index: 2 }),
      ],
      problems: [
        {
          kind: 'negative',
          at: 'lines[0].quantity',
          sentence: '«-2» is negative. Give a weight or count of zero or more.',
        },
      ],
    },
    { dispatch: 'US', descriptions: [apple, 'leather gloves'], origins: ['US', null] },
  ),
  row(bulbs, {
    parcel: { id: 'RB987654320CN', line: 48 },
    proposal: 'inspect',
    reasons: [
      reason(
        'required',
        'Needs phytosanitary certificate: bulbs for planting from a third country (Schedule 2 point 1).',
        {
          evidence: [letters(bulbs, '种球'), letters(bulbs, 'tulip bulbs'), letters(bulbs, 'planting')],
          requirement: 'example/bulbs',
          source: {
            title: 'Example Plant Health Order, Schedule 2 point 1',
            href: 'https://law.example/order#schedule-2',
          },
        },
      ),
    ],
    questions: [
      {
        fact: 'certificate',
        item: 1,
        sentence: 'Is there a phytosanitary certificate, and what is its number?',
        askWhom: ['sender', 'exporting-authority'],
        wouldChange: ['If a phytosanitary certificate is there: hold for documents.'],
        answers: [{ value: 'phytosanitary-certificate', proposal: 'hold-documents' }],
      },
    ],
    items: [
      item({
        article: 'bulbs-tubers',
        probability: 0.93,
        use: 'planting',
        measures: [measure({ requirement: 'example/bulbs' })],
      }),
    ],
  }),
  row(
    seeds,
    {
      parcel: { id: null, line: 52 },
      proposal: 'ask',
      reasons: [
        reason('vague', `Too vague to tell what it is: «${seeds}». Return the declaration to whoever lodged it.`),
      ],
      questions: [
        {
          fact: 'taxon',
          item: 1,
          sentence: 'Which species is it? Give the scientific name.',
          askWhom: ['sender'],
          wouldChange: ['If Solanum tuberosum: refuse.', 'If a species that the law does not name: no objection.'],
          answers: [
            { value: 'Solanum tuberosum', proposal: 'refuse' },
            { value: 'other', proposal: 'no-objection' },
          ],
        },
      ],
      items: [item({ article: 'unclear', probability: 0.4, clarity: 0.2 })],
    },
    { dispatch: null },
  ),
  row('rose gold ring, cherry pendant', { parcel: { id: 'RB000000005JP', line: 60 } }, { dispatch: 'JP' }),
  row('tea tree oil soap', { parcel: { id: 'RB000000014CN', line: 61 } }),
]

function fromTo(description: string, text: string): { from: number; to: number } {
  const { from, to } = letters(description, text)
  return { from, to }
}
