import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { checkKnowledge } from './check.ts'
import { compile } from './compile.ts'
import { faultLines } from './fault.ts'

const bad = path.join(import.meta.dirname, 'bad')

it('names every fault of the folder bad/ with its file and line, and says what to do', () => {
  const pinned = readFileSync(path.join(bad, 'faults.txt'), 'utf8').trim().split('\n')
  expect(faultLines(checkKnowledge(bad).faults)).toEqual(pinned)
})

it('compiles nothing while there are faults, and tells them all', async () => {
  await expect(compile(bad, path.join(bad, 'nowhere'))).rejects.toThrow(
    /taxa\/plants\.csv:8: Unknown rank "specis"[\s\S]*\d+ faults in the knowledge\.$/,
  )
})

it('finds nothing wrong with the folder good/', () => {
  const { faults, missed, counts, examples, cases } = checkKnowledge(path.join(import.meta.dirname, 'good'))
  expect([...faults, ...missed]).toEqual([])
  expect(counts).toEqual({
    taxa: 8,
    names: { en: 3, fr: 2 },
    terms: { en: 7, fr: 1 },
    requirements: { eu: { read: 1, unverified: 2 } },
  })
  expect([examples, cases]).toEqual([8, 1])
})
