import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Knowledge } from '../core/knowledge.ts'
import { countsOf, editionOf } from './edition.ts'
import { readEnglishWords } from './english.ts'
import { scientific } from './languages.ts'
import { buildLexicon } from './lexicon.ts'
import { ordinaryText } from './ordinary.ts'
import { type KnowledgeRead, readKnowledge, refuseFaults } from './read.ts'
import { meaningBeside, scientificSenses } from './scientific.ts'
import { readSources } from './sources.ts'
import { packLexicon, packRest } from './stored.ts'
import { readWordNet, type WordNet, wordNetFolder } from './wordnet.ts'
import { wordNetSenses } from './wordnet-senses.ts'

/**
 * Compiles the knowledge in the folder `from` into the folder `to`, which is there and empty. Throws all faults when there are
 * any.
 */
export async function compile(from: string, to: string): Promise<void> {
  const files = readSources(from)
  const read = readKnowledge(files)
  refuseFaults(read)
  const wordNet = wordNetFolder()
  const edition = editionOf(files, wordNet)
  const net = wordNet === null ? null : readWordNet(wordNet)
  const knowledge = joinKnowledge(read, edition, net)
  const { lexicon, ...rest } = knowledge
  writeFileSync(path.join(to, 'lexicon.bin'), packLexicon(lexicon))
  writeFileSync(path.join(to, 'ordinary-words.txt'), ordinaryText(read.ordinaryWords, net))
  writeFileSync(path.join(to, 'knowledge.json'), packRest(rest))
  writeFileSync(path.join(to, 'edition.json'), `${JSON.stringify({ edition, counts: countsOf(read) }, null, 2)}\n`)
}

/** Joins what was read with the lexicon that is made of it. Without WordNet only what experts wrote is known. */
export function joinKnowledge(read: KnowledgeRead, edition: string, net: WordNet | null): Knowledge {
  const { parts, names, terms, taxaRead, ordinaryWords, inflections } = read
  const number = (code: string): number => parts.languages.findIndex((language) => language.code === code)
  const fromTaxonomy = scientificSenses(taxaRead, number(scientific), meaningBeside(ordinaryWords, net))
  const english = number('en')
  const fromWordNet = net === null || english < 0 ? [] : wordNetSenses(net, parts.taxa, english)
  const lexicon = buildLexicon([...names, ...terms, ...fromTaxonomy, ...fromWordNet], parts.languages, {
    inflections,
    ordinary: readEnglishWords(),
    isEaten: (taxon) => (parts.taxa.parts[taxon] ?? -1) >= 0,
  })
  return { edition, lexicon, ...parts }
}
