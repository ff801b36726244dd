import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { schemas } from './schema.ts'

const folder = path.join(import.meta.dirname, '../../knowledge/schema')

it.each(Object.keys(schemas()))(
  '%s lies in knowledge/schema as the code says it (npm run schema writes it)',
  (name) => {
    expect(readFileSync(path.join(folder, name), 'utf8')).toBe(schemas()[name])
  },
)
