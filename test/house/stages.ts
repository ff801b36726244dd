/** The stages of the core; each may import itself and what stands before it. */
export const stages = ['parcel', 'read', 'recognise', 'require', 'decide', 'act', 'learn'] as const

/** What is wrong with the imports of one file of the core, by its path below `src/core` with `/`. */
export function importFaults(file: string, text: string): string[] {
  return importsIn(text)
    .map((from) => faultOf(file, from))
    .filter((fault) => fault !== null)
}

/** What is wrong with the words of one file: chance and the clock are arguments, never asked for. */
export function worldFaults(file: string, text: string): string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
  return ['Math.random', 'Date', 'Intl', 'crypto', 'performance']
    .filter((word) => new RegExp(`(?<![\\w.'])${word}(?=[.(]|\\s*\\()`).test(code))
    .map((word) => `${file} asks ${word}`)
}

function importsIn(text: string): string[] {
  const pattern = /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]/g
  return [...text.matchAll(pattern)].map(([, from, bare]) => from ?? bare ?? '')
}

function faultOf(file: string, from: string): string | null {
  if (!from.startsWith('.')) return `${file} imports the package ${from}`
  if (!from.endsWith('.ts')) return `${file} imports ${from} without its ending .ts`
  const target = new URL(from, `file:///core/${file}`).pathname
  if (!target.startsWith('/core/')) return `${file} leaves the core for ${from}`
  const [own, other] = [stageOf(file), stageOf(target.slice('/core/'.length))]
  if (own === null) return null
  if (other === null) return `${file} imports ${from}, which stands above all stages`
  return other > own ? `${file} imports the later stage ${stages[other]}` : null
}

/** The place of a file's stage in the order; null for the files that join stages. */
function stageOf(file: string): number | null {
  const [folder = '', ...below] = file.split('/')
  if (below.length === 0) return null
  const stage = stages.indexOf(folder as (typeof stages)[number])
  if (stage === -1) throw new Error(`src/core/${folder} is no stage`)
  return stage
}
