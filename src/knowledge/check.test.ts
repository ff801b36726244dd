import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { checkKnowledge } from './check.ts'
import { diffKnowledge } from './diff.ts'
import { faultLines } from './fault.ts'

const good = path.join(import.meta.dirname, 'good')
let folder: string

beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'greenlane-check-')), 'knowledge')
  cpSync(good, folder, { recursive: true })
})

afterEach(() => rmSync(path.dirname(folder), { recursive: true, force: true }))

function change(file: string, from: string, to: string): void {
  const full = path.join(folder, file)
  const text = readFileSync(full, 'utf8')
  expect(text).toContain(from)
  writeFileSync(full, text.replace(from, to))
}

it('tells an example that comes out otherwise', () => {
  change(
    'requirements/eu/annex-vi.yaml',
    'part: leaf, origin: TH, to: FR, expect: applies',
    'origin: TH, to: FR, expect: applies',
  )
  expect(faultLines(checkKnowledge(folder).missed)).toEqual([
    'knowledge/requirements/eu/annex-vi.yaml:17: eu/annex-vi-11, "makrut lime leaves, Thailand to France": expected applies, comes out as possible. Not told: part. Correct the requirement or the example.',
  ])
})

it('tells an example that goes to a place which the pack does not serve', () => {
  change('requirements/eu/annex-vi.yaml', 'origin: TH, to: FR, expect: applies', 'origin: TH, to: US, expect: applies')
  expect(faultLines(checkKnowledge(folder).missed)).toEqual([
    'knowledge/requirements/eu/annex-vi.yaml:17: eu/annex-vi-11, "makrut lime leaves, Thailand to France": US is no destination of requirements/eu/. Correct "to".',
  ])
})

it('tells a case that comes out otherwise', () => {
  appendFileSync(path.join(folder, 'cases/leaves.md'), '- taxon: Solanum\n')
  expect(faultLines(checkKnowledge(folder).missed)).toEqual([
    'knowledge/cases/leaves.md:11: "Makrut lime leaves": expected taxon Solanum, comes out as Citrus hystrix.',
  ])
})

it('tells what one folder has that the other has not', () => {
  change('names/en/plants.csv', 'orange,Citrus,word,,\n', 'citrus tree,Citrus,plain,,\n')
  change('requirements/eu/annex-vi.yaml', 'valid: { from: 2019-12-14 }', 'valid: { from: 2020-12-14 }')
  expect(diffKnowledge(good, folder).map(({ sign, what }) => `${sign} ${what}`)).toEqual([
    '+ name en citrus tree',
    '- name en orange',
    '~ requirement eu/annex-vi-11',
  ])
})
