import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Knowledge } from '../src/core/knowledge.ts'
import type { Model } from '../src/core/recognise/model.ts'
import { loadKnowledge } from '../src/knowledge/load.ts'
import { judgeModel } from './learn/judge.ts'
import { lessonsOf } from './learn/lessons.ts'
import { type Example, materialOf } from './learn/material.ts'
import { train } from './learn/train.ts'

const home = path.resolve(import.meta.dirname, '..')
const folder = path.join(home, 'knowledge')

if (process.argv[1] === import.meta.filename) main(process.argv.includes('--judge'))

/** Learns `knowledge/policy/model.csv` from the material of the tree; with `--judge` it tells how what was left out comes out. */
function main(judged: boolean): void {
  const knowledge = loadKnowledge(path.join(home, 'dist', 'knowledge'))
  const examples = materialOf(folder, knowledge)
  if (judged) judgeModel(examples, knowledge)
  else writeModel(examples, knowledge)
}

function writeModel(examples: readonly Example[], knowledge: Knowledge): void {
  const text = modelText(train(lessonsOf(examples, knowledge)))
  writeFileSync(path.join(folder, 'policy', 'model.csv'), text)
  const rows = text.split('\n').length - 2
  process.stdout.write(`${examples.length} examples, ${rows} weights. Run npm run prepare to build them in.\n`)
}

/** A model as a table: what it speaks for, the feature, the weight; the loudest first. */
export function modelText(model: Model): string {
  const rows = Object.entries(model).flatMap(([side, weights]) =>
    Object.entries(weights)
      .sort(([one, first], [other, second]) => Math.abs(second) - Math.abs(first) || (one < other ? -1 : 1))
      .map(([feature, weight]) => [side, cellText(feature), weight.toFixed(2)].join(',')),
  )
  return `speaks_for,feature,weight\n${rows.join('\n')}\n`
}

function cellText(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
