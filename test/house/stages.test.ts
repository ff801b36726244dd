import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { importFaults, worldFaults } from './stages.ts'

const core = path.resolve(import.meta.dirname, '../../src/core')
const files = readdirSync(core, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll(path.sep, '/'))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => ({ file, text: readFileSync(path.join(core, file), 'utf8') }))

describe('the core', () => {
  it('imports what stands before a stage, and no package', () => {
    expect(files.length).toBeGreaterThan(10)
    expect(files.flatMap(({ file, text }) => importFaults(file, text))).toEqual([])
  })

  it('knows no chance and no clock', () => {
    expect(files.flatMap(({ file, text }) => worldFaults(file, text))).toEqual([])
  })
})

describe('the check itself', () => {
  it.each([
    ['read/read.ts', `import { decide } from '../decide/decide.ts'`, 'imports the later stage decide'],
    ['read/read.ts', `import {\n  type A,\n  b,\n} from '../act/act.ts'`, 'imports the later stage act'],
    ['read/read.ts', `export * from '../learn/learn.ts'`, 'imports the later stage learn'],
    ['read/read.ts', `const late = await import('../learn/learn.ts')`, 'imports the later stage learn'],
    ['read/read.ts', `import { screen } from '../screen.ts'`, 'which stands above all stages'],
    ['act/act.ts', `import { parse } from 'yaml'`, 'imports the package yaml'],
    ['act/act.ts', `import 'node:fs'`, 'imports the package node:fs'],
    ['act/act.ts', `import { compile } from '../../knowledge/compile.ts'`, 'leaves the core'],
    ['act/act.ts', `import { read } from '../read/read.js'`, 'without its ending .ts'],
  ])('refuses in %s: %s', (file, text, fault) => {
    expect(importFaults(file, `/** Why. */\n${text}\n`)).toEqual([expect.stringContaining(fault)])
  })

  it.each([
    ['decide/decide.ts', `import { read } from '../read/read.ts'`],
    ['decide/decide.ts', `import type { Word } from './words.ts'`],
    ['screen.ts', `import { learn } from './learn/learn.ts'`],
  ])('lets pass in %s: %s', (file, text) => {
    expect(importFaults(file, text)).toEqual([])
  })

  it.each(['Math.random()', 'new Date()', 'Date.now()', 'new Intl.Collator()'])('refuses %s', (text) => {
    expect(worldFaults('read/read.ts', `const a = ${text}`)).toHaveLength(1)
  })

  it('lets words in comments pass', () => {
    expect(worldFaults('read/read.ts', '/** Date (of import). */ const day = 1 // Math.random()')).toEqual([])
  })
})
