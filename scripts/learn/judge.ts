import type { Knowledge } from '../../src/core/knowledge.ts'
import type { ModelUse } from '../../src/core/recognise/model.ts'
import { articleRight, measurer, type Outcome, withModel } from '../../test/accuracy/measure.ts'
import { shareText } from '../../test/accuracy/statistics.ts'
import { lessonsOf } from './lessons.ts'
import type { Example } from './material.ts'
import { train } from './train.ts'

const uses: readonly (readonly [string, ModelUse])[] = [
  ['rules', 'off'],
  ['model', 'alone'],
  ['both', 'on'],
]

/** Leaves out one language, then one source of examples, learns from the rest, and prints how what was left out comes out. */
export function judgeModel(examples: readonly Example[], knowledge: Knowledge): void {
  const lessons = lessonsOf(examples, knowledge)
  for (const key of ['language', 'source'] as const) {
    const all = new Map<string, Outcome[]>()
    for (const left of [...new Set(examples.map((one) => one[key]))].sort()) {
      const model = train(lessons.filter((_, at) => examples[at]?.[key] !== left))
      const own = examples.filter((one) => one[key] === left)
      for (const [name, use] of uses) {
        const measure = measurer(withModel(knowledge, use, model), 'FR')
        const outcomes = own.map((one) => measure(rowOf(one)))
        all.set(name, [...(all.get(name) ?? []), ...outcomes])
        tell(`without ${key} ${left}, ${name}`, outcomes)
      }
    }
    for (const [name, outcomes] of all) tell(`each ${key} left out, ${name}`, outcomes)
  }
}

function rowOf({ source, language, title, hs, article }: Example): Outcome['row'] {
  return { file: source, title, stratum: '', language, hs, category: '', article, genus: '', name: '', written: '' }
}

function tell(what: string, outcomes: readonly Outcome[]): void {
  const share = (list: readonly Outcome[], wanted: (one: Outcome) => boolean): string =>
    shareText(list.filter(wanted).length, list.length)
  const of = (wanted: (article: string) => boolean): Outcome[] => outcomes.filter(({ row }) => wanted(row.article))
  const goods = of((article) => article === 'none')
  const plants = of((article) => article !== 'none' && article !== 'unclear')
  const unclear = of((article) => article === 'unclear')
  const parts = [
    `${String(goods.length).padStart(5)} goods: alarm ${share(goods, ({ alarmed }) => alarmed)}, unclear ${share(goods, (one) => one.unclear)}`,
    `${plants.length} plants: flagged ${share(plants, ({ flagged }) => flagged)}, article ${share(plants, articleRight)}`,
    `${unclear.length} vague: flagged ${share(unclear, ({ flagged }) => flagged)}`,
  ]
  process.stdout.write(`${what.padEnd(44)} ${parts.join('; ')}\n`)
}
