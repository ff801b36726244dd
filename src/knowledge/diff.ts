import { diffLaw, type LawChange } from './diff-law.ts'
import { type KnowledgeRead, readKnowledge } from './read.ts'
import type { WrittenSense } from './senses.ts'
import { readSources } from './sources.ts'

/** One thing that differs between two editions. */
export interface Difference {
  readonly sign: '+' | '-' | '~'
  readonly what: string
}

/** What differs between two editions: law in sentences, everything else by what it is. */
export interface Differences {
  readonly law: readonly LawChange[]
  readonly other: readonly Difference[]
}

/** What the knowledge in one folder has that the other has not, in the order of kinds and names. */
export function diffKnowledge(oldFolder: string, newFolder: string): Differences {
  const [one, other] = [readKnowledge(readSources(oldFolder)), readKnowledge(readSources(newFolder))]
  return { law: diffLaw(one.parts, other.parts), other: diffFacts(factsOf(one), factsOf(other)) }
}

function diffFacts(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Difference[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort()
  return names.flatMap((what): Difference[] => {
    const [old, now] = [before.get(what), after.get(what)]
    if (old === now) return []
    return [{ sign: old === undefined ? '+' : now === undefined ? '-' : '~', what }]
  })
}

/** Everything that can be compared: a name for each thing, and a text of all that is said of it. */
function factsOf({ parts, names, terms }: KnowledgeRead): ReadonlyMap<string, string> {
  const facts = new Map<string, string>()
  const { taxa, places, headings, categories, norms, pests, policy, acting, words, languages } = parts
  const nameOf = (taxon: number): string => taxa.names[taxon] ?? ''
  taxa.names.forEach((name, number) => {
    const rest = [taxa.ranks, taxa.eppo, taxa.traits, taxa.notTraits, taxa.parts].map((list) => list[number])
    facts.set(`taxon ${name}`, JSON.stringify([rest, nameOf(taxa.parents[number] ?? -1)]))
  })
  places.codes.forEach((code, number) => {
    facts.set(`place ${code}`, `${places.names[number]} ${places.codes[places.partOf[number] ?? -1] ?? ''}`)
  })
  for (const [code, heading] of Object.entries(headings)) facts.set(`heading ${code}`, JSON.stringify(heading))
  for (const [key, heading] of Object.entries(categories)) facts.set(`category ${key}`, JSON.stringify(heading))
  for (const [key, norm] of Object.entries(norms)) facts.set(`norm ${key}`, JSON.stringify(norm))
  for (const [key, sentence] of Object.entries(words)) facts.set(`sentence ${key}`, sentence)
  for (const [key, value] of Object.entries(policy)) facts.set(`policy ${key}`, JSON.stringify(value))
  for (const [key, value] of Object.entries(acting)) facts.set(`policy of acting ${key}`, JSON.stringify(value))
  for (const one of parts.partnerCodes) facts.set(`partner code ${one.system} ${one.code}`, JSON.stringify(one))
  for (const pest of pests)
    facts.set(
      `pest ${pest.place} ${pest.name}`,
      JSON.stringify([pest.eppo, pest.point, pest.hosts.map(nameOf), pest.origins.map((place) => places.codes[place])]),
    )
  for (const one of [...names, ...terms]) addSense(one, `${languages[one.language]?.code}`, nameOf, facts)
  return facts
}

function addSense(
  one: WrittenSense,
  language: string,
  nameOf: (taxon: number) => string,
  facts: Map<string, string>,
): void {
  const key = `${one.concept === 'name' ? 'name' : 'term'} ${language} ${one.text}`
  const said = JSON.stringify([one.concept, one.value, one.strength, one.article, one.taxa.map(nameOf)])
  facts.set(key, `${facts.get(key) ?? ''}${said}`)
}
