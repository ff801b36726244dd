import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { settings, variables } from './settings.ts'
import { settingRows, settingsMarkdown } from './settings-table.ts'

describe('the table of variables', () => {
  it('stands in the documents as the code has it', () => {
    const page = readFileSync(path.resolve(import.meta.dirname, '../../deploy/README.md'), 'utf8')
    const [, told] = /<!-- settings: .* -->\n\n([\s\S]*)\n<!-- end of settings -->/.exec(page) ?? []
    expect(told).toBe(settingsMarkdown())
  })

  it('has a row for every variable, and nothing of an environment', () => {
    const rows = settingsMarkdown().trim().split('\n').slice(2)
    expect(rows.map((row) => /^\| `(\w+)` \|/.exec(row)?.[1])).toEqual([...variables])
    expect(settingsMarkdown()).not.toContain(process.cwd())
  })

  it('tells of secrets only whether they are set', () => {
    const rows = settingRows({ PORT: '1', AUTH_SECRET: 'long enough for a secret that nobody guesses', HOST: '' })
    const now = Object.fromEntries(rows.map((row) => [row.variable, row.now]))
    expect(now).toMatchObject({ PORT: '1', HOST: null, AUTH_SECRET: 'set', GREENLANE_KEY: 'not set' })
  })

  it('says for every variable what counts when it is not set', () => {
    expect(settingRows({}).filter(({ usual }) => usual === '')).toEqual([])
    expect(settings.PORT.usual).toBe('8080')
  })
})
