import type { Knowledge } from '../../src/core/knowledge.ts'
import { noDefaults, read } from '../../src/core/read/read.ts'
import { type Features, featuresOf } from '../../src/core/recognise/features.ts'
import { recogniserOf } from '../../src/core/screen.ts'
import type { Example } from './material.ts'
import type { Lesson } from './train.ts'

/** Reads each example as a screening would, and keeps what the model sees of it. */
export function lessonsOf(examples: readonly Example[], knowledge: Knowledge): Lesson[] {
  let seen: Features | null = null
  const recognise = recogniserOf(knowledge, (reading, finding) => {
    seen = featuresOf(reading)
    return finding
  })
  return examples.flatMap(({ title, hs, article }, at) => {
    const line = { description: { raw: title }, hs: { raw: hs === '' ? null : hs } }
    for (const one of read({ lines: [line] }, at + 1, knowledge.places, noDefaults).lines) recognise(one)
    return seen === null ? [] : [{ features: seen, article }]
  })
}
