import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const page = readFileSync(path.join(root, 'docs/security.md'), 'utf8')

/** Lines of the table of what is met: number, and the test as file and title. */
const lines = page.split('\n').flatMap((line) => {
  const cells = line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, ''))
  const [, file, title] = /^`([^`]+\.test\.ts)`: (.+)$/.exec(cells[3] ?? '') ?? []
  return file === undefined || title === undefined ? [] : [[cells[0] as string, file, title] as const]
})

describe('the page on security', () => {
  test('names a test for every line that it calls met', () => {
    const table = page.split('## ASVS 5.0.0')[1]?.split('## Not met')[0] ?? ''
    const rows = table.split('\n').filter((line) => /^\| \d/.test(line))
    expect(rows.length).toBeGreaterThan(40)
    expect(lines).toHaveLength(rows.length)
  })

  test.each(lines)('%s is shown by a test that is there: %s: %s', (_, file, title) => {
    expect(existsSync(path.join(root, file))).toBe(true)
    const titles = readFileSync(path.join(root, file), 'utf8').match(/(['"`])(?:(?!\1)[^\\\n]|\\.)+\1/g) ?? []
    expect(titles.some((text) => text.includes(title))).toBe(true)
  })

  test('tells the words that passwords may not rest on as the code has them', () => {
    const code = readFileSync(path.join(root, 'src/sign-in/password.ts'), 'utf8')
    const words = [...(/const tried = \[([^\]]+)\]/.exec(code)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(([, word]) => word)
    expect(words.length).toBeGreaterThan(5)
    for (const word of words) expect(page).toContain(`${word}`)
  })
})
