import { type Fault, tell } from './fault.ts'
import { filesLike, type SourceFile } from './sources.ts'
import { asText, type Node, readYaml } from './yaml.ts'

/** Reads `words/en.yaml`: nested keys are joined by dots. */
export function readWords(files: readonly SourceFile[], faults: Fault[]): Readonly<Record<string, string>> {
  const words = new Map<string, string>()
  for (const file of filesLike(files, /^words\/en\.yaml$/)) {
    const root = readYaml(file, faults)
    if (root !== null) addWords(root, '', words, faults)
  }
  return Object.fromEntries(words)
}

function addWords(node: Node, path: string, words: Map<string, string>, faults: Fault[]): void {
  if (node.kind === 'map') {
    for (const [key, value] of node.entries) addWords(value, path === '' ? key : `${path}.${key}`, words, faults)
    return
  }
  if (words.has(path)) tell(faults, node, `The sentence "${path}" is there already. Keep one.`)
  const text = asText(node, path, faults)
  if (text !== null) words.set(path, text)
}
