import { type Fault, tell } from './fault.ts'
import { filesLike, type SourceFile } from './sources.ts'
import { asDay, asMap, asText, checkKeys, type Node, readYaml, under } from './yaml.ts'

/** An address that a browser opens. */
export function asAddress(node: Node, what: string, faults: Fault[]): string | null {
  const text = asText(node, what, faults)
  if (text !== null && !/^https?:\/\/[^\s.]+\.[^\s]+$/.test(text))
    tell(faults, node, `"${text}" is no address. Write it whole, with https:// or http://.`)
  return text
}

/** A source of law or of names. */
export interface Source {
  readonly title: string
  readonly href: string
}

/** Reads `sources*.yaml`: `name: { title, publisher, href, licence, read }`. */
export function readLawSources(files: readonly SourceFile[], faults: Fault[]): ReadonlyMap<string, Source> {
  const sources = new Map<string, Source>()
  for (const file of filesLike(files, /^sources[^/]*\.yaml$/)) {
    const root = readYaml(file, faults)
    const map = root === null ? null : asMap(root, 'the file', faults)
    for (const [name, node] of map?.entries ?? []) {
      const source = asMap(node, name, faults)
      if (source === null) continue
      if (sources.has(name)) tell(faults, node, `The source "${name}" is there already. Keep one.`)
      checkKeys(source, ['title', 'publisher', 'href'], ['licence', 'read', 'note', 'text'], faults)
      under(source, 'read', asDay, faults)
      sources.set(name, {
        title: under(source, 'title', asText, faults) ?? '',
        href: under(source, 'href', asAddress, faults) ?? '',
      })
    }
  }
  return sources
}
