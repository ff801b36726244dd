import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parse } from 'yaml'
import type { CompiledFolder } from '../../src/editions/keep-edition.ts'
import { joinKnowledge } from '../../src/knowledge/compile.ts'
import { editionOf } from '../../src/knowledge/edition.ts'
import { readKnowledge } from '../../src/knowledge/read.ts'
import { readSources } from '../../src/knowledge/sources.ts'
import { packLexicon, packRest } from '../../src/knowledge/stored.ts'

/** Two small editions of knowledge, as experts write them and compiled. */
export interface SmallEditions {
  /** Not all law of leaves was read. */
  readonly first: CompiledFolder
  readonly firstSources: string
  /** All law of leaves was read; nothing else is changed. */
  readonly second: CompiledFolder
  readonly secondSources: string
  readonly end: () => void
}

/** Name of the code that the tests compile with. */
export const engine = 'greenlane test, Unicode test'

/** Compiles the small knowledge of the tests, as it is and with one law changed. */
export function smallEditions(): SmallEditions {
  const home = mkdtempSync(path.join(tmpdir(), 'greenlane-editions-'))
  const good = path.resolve(import.meta.dirname, '../../src/knowledge/good')
  const [firstSources, secondSources] = [path.join(home, 'first-sources'), path.join(home, 'second-sources')]
  cpSync(good, firstSources, { recursive: true })
  cpSync(good, secondSources, { recursive: true })
  for (const sources of [firstSources, secondSources]) {
    const policy = path.join(sources, 'policy/recognise.yaml')
    const toy = readFileSync(policy, 'utf8')
    writeFileSync(policy, toy.replace(/^weights:.*$/m, `weights: ${JSON.stringify(weightsOfExperts())}`))
  }
  const pack = path.join(secondSources, 'requirements/eu/pack.yaml')
  const more =
    '  - { articles: [fruit-vegetables], origins: third-country, complete: true, by: a botanist, on: 2026-11-24, what: all }\n'
  writeFileSync(pack, readFileSync(pack, 'utf8').replace('coverage:\n', `coverage:\n${more}`))
  const compiled = (from: string, name: string): CompiledFolder => {
    const folder = path.join(home, name)
    mkdirSync(folder)
    compileSmall(from, folder)
    return { folder, engine }
  }
  return {
    first: compiled(firstSources, 'first'),
    second: compiled(secondSources, 'second'),
    firstSources,
    secondSources,
    end: () => rmSync(home, { recursive: true, force: true }),
  }
}

/** Compiles as `prepare` does, without the words of WordNet, which take seconds. */
function compileSmall(from: string, to: string): void {
  const files = readSources(from)
  const edition = editionOf(files, null)
  const { lexicon, ...rest } = joinKnowledge(readKnowledge(files), edition, null)
  writeFileSync(path.join(to, 'lexicon.bin'), packLexicon(lexicon))
  writeFileSync(path.join(to, 'knowledge.json'), packRest(rest))
  writeFileSync(path.join(to, 'edition.json'), JSON.stringify({ edition }))
}

/** The weights that tell articles apart: those of the small knowledge are too few for that. */
function weightsOfExperts(): unknown {
  const file = path.resolve(import.meta.dirname, '../../knowledge/policy/recognise.yaml')
  return (parse(readFileSync(file, 'utf8')) as { weights: unknown }).weights
}
