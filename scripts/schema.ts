import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { schemas } from '../src/knowledge/schema.ts'

/** Writes the schemas of what experts write to `knowledge/schema/`. */
const folder = path.join(import.meta.dirname, '../knowledge/schema')
mkdirSync(folder, { recursive: true })
for (const [name, text] of Object.entries(schemas())) writeFileSync(path.join(folder, name), text)
