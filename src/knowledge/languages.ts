import type { Knowledge } from '../core/knowledge.ts'
import { type Fault, tell } from './fault.ts'
import { filesLike, type SourceFile } from './sources.ts'
import { asMap, asOneOf, asText, asTruth, checkKeys, readYaml, under } from './yaml.ts'

/** What is known of a language; `accents` says that two of its words may differ by nothing but accents. */
type Language = Knowledge['languages'][number] & { readonly accents?: boolean }

export type Languages = readonly Language[]

/** Code of the pseudo language of scientific names; it comes last. */
export const scientific = 'la'

/** Reads `languages.yaml`; the order there gives the numbers. */
export function readLanguages(files: readonly SourceFile[], faults: Fault[]): Languages {
  const found: Language[] = []
  for (const file of filesLike(files, /^languages\.yaml$/)) {
    const root = readYaml(file, faults)
    const map = root === null ? null : asMap(root, 'the file', faults)
    for (const [code, node] of map?.entries ?? []) {
      const language = asMap(node, code, faults)
      if (language === null) continue
      checkKeys(language, ['name', 'head'], ['compounds', 'accents', 'tones', 'international', 'note'], faults)
      if (code === scientific) tell(faults, node, `"${scientific}" stands for scientific names already. Drop it here.`)
      const head = under(
        language,
        'head',
        (one, what) => asOneOf(one, what, ['first', 'last'] as const, faults),
        faults,
      )
      const accents = under(language, 'accents', asTruth, faults) ?? false
      found.push({
        code,
        name: under(language, 'name', asText, faults) ?? code,
        head: head ?? 'last',
        compounds: under(language, 'compounds', asTruth, faults) ?? false,
        international: under(language, 'international', asTruth, faults) ?? false,
        ...(accents && { accents }),
        ...((under(language, 'tones', asTruth, faults) ?? false) && { tones: true }),
      })
    }
  }
  return [...found, { code: scientific, name: 'scientific names', head: 'last', compounds: false, international: true }]
}
