import { articles } from '../core/parcel/articles.ts'
import type { Taxa } from '../core/parcel/taxa.ts'
import { conceptValues } from '../core/recognise/lexicon.ts'
import type { WrittenSense } from './senses.ts'
import { otherSpellings, taxonKey } from './taxa.ts'
import { field, isNounFirst, type Synset, type WordNet, widerThan } from './wordnet.ts'

const name = conceptValues.name
const goods = conceptValues.goods
const fruitVegetables = articles.indexOf('fruit-vegetables')

/** Groups of plants in WordNet, which are no names of plants. */
const groupWords =
  /^(genus|family|order|class|division|phylum|kingdom|subclass|subfamily|tribe|superorder|subdivision|suborder|section|subgenus) /

/** Things that nobody sends by post: of artifacts only what stands under one of these is goods. */
const sent = new Set([
  'instrumentality',
  'commodity',
  'covering',
  'decoration',
  'creation',
  'fabric',
  'article',
  'plaything',
  'padding',
])

/** What WordNet says of English nouns, for texts that nobody else says anything of. */
export function wordNetSenses(net: WordNet, taxa: Taxa, language: number): WrittenSense[] {
  const found: WrittenSense[] = []
  for (const [word, offsets] of net.nouns) {
    if (word.length < 3 || !/^[a-z][a-z0-9' .-]*$/.test(word) || groupWords.test(word)) continue
    if (!word.includes(' ') && !isNounFirst(net, word)) continue
    for (const one of sensesOf(net, word, offsets, taxa)) found.push({ ...one, text: word, language, from: 'wordnet' })
  }
  return found
}

type Drafted = Omit<WrittenSense, 'text' | 'language' | 'from'>

function sensesOf(net: WordNet, word: string, offsets: readonly number[], taxa: Taxa): Drafted[] {
  const first = net.synsets.get(offsets[0] as number)
  const plant = plantSense(net, word, offsets, taxa)
  const thing =
    first === undefined || first.field === field.plant ? null : goodsSense(net, offsets[0] as number, first, plant)
  const sure = thing !== null && isOnlyThing(net, word, offsets) ? { ...thing, ...surely(word) } : thing
  return [plant, sure].filter((one) => one !== null)
}

/** Several words (safety pin) tell a product wherever they stand; a single one only where nothing speaks of plants. */
function surely(word: string): Pick<Drafted, 'value' | 'strength'> {
  return { value: goods.indexOf(word.includes(' ') ? 'other' : 'thing'), strength: 2 }
}

/** Whether a word means nothing but things that are made and sent: thermometer, birdhouse. */
function isOnlyThing(net: WordNet, word: string, offsets: readonly number[]): boolean {
  if (net.usedOtherwise.has(word) || word.length < 4) return false
  return offsets.every((offset) => {
    const synset = net.synsets.get(offset)
    return synset?.field === field.artifact && isUnder(widerThan(net, offset), sent)
  })
}

function isUnder(wider: readonly Synset[], words: ReadonlySet<string>): boolean {
  return wider.some((one) => one.words.some((word) => words.has(word)))
}

/** The plant a word names, where that is its first sense, a sense of several words, or what gives the food or stuff it names first. */
function plantSense(net: WordNet, word: string, offsets: readonly number[], taxa: Taxa): Drafted | null {
  for (const [at, offset] of offsets.entries()) {
    const synset = net.synsets.get(offset)
    if (synset?.field !== field.plant || at > 2) continue
    const wider = widerThan(net, offset)
    if (wider.some(({ words }) => words.includes('plant part') || words.includes('biological group'))) continue
    const found = taxaOf(net, synset, wider, taxa)
    if (at > 0 && !word.includes(' ') && (found.length === 0 || !isPlantStuff(net, offsets[0]))) continue
    const latin = synset.words.find((one) => one.toLowerCase() === word && isLatin(one, taxa))
    const value = name.indexOf(latin === undefined ? 'candidate' : 'plain')
    return { concept: 'name', value, strength: 0, taxa: found, article: 0 }
  }
  return null
}

/** Whether the first sense is a food or a stuff that the plant gives: an apple, a cedar wood. */
function isPlantStuff(net: WordNet, first: number | undefined): boolean {
  const stuff: readonly (number | undefined)[] = [field.plant, field.food, field.substance]
  return stuff.includes(net.synsets.get(first ?? -1)?.field)
}

/** A binomial whose genus is known. */
function isLatin(written: string, taxa: Taxa): boolean {
  const genus = /^([A-Z][a-z-]+) [a-z-]+( |$)/.exec(written)?.[1]
  return genus !== undefined && taxonOf(genus, taxa) !== null && taxa.names.includes(genus)
}

/** The taxon of a synset: the one that its own words name, else its genus, else what the nearest wider synset tells. */
function taxaOf(net: WordNet, synset: Synset, wider: readonly Synset[], taxa: Taxa): number[] {
  for (const one of [synset, ...wider.slice(0, 3)]) {
    const named =
      firstTaxon(one.words, taxa) ??
      firstTaxon(one.words.map((word) => word.split(' ')[0] as string).filter(isCapital), taxa)
    if (named !== null) return [named]
    for (const offset of one.memberOf) {
      const genus = firstTaxon(
        (net.synsets.get(offset)?.words ?? []).map((word) => word.replace(groupWords, '')),
        taxa,
      )
      if (genus !== null) return [genus]
    }
  }
  return []
}

function isCapital(word: string): boolean {
  return /^[A-Z][a-z]+$/.test(word)
}

function firstTaxon(words: readonly string[], taxa: Taxa): number | null {
  for (const word of words) {
    const taxon = taxonOf(word, taxa)
    if (taxon !== null) return taxon
  }
  return null
}

function taxonOf(written: string, taxa: Taxa): number | null {
  if (!/^[A-Z]/.test(written)) return null
  for (const spelling of [written, ...otherSpellings(written)]) {
    const key = taxonKey(spelling)
    if (Object.hasOwn(taxa.numberOf, key)) return taxa.numberOf[key] as number
  }
  return null
}

/** What kind of thing a word names first, when it can be sent and is no fresh plant. */
function goodsSense(net: WordNet, offset: number, synset: Synset, plant: Drafted | null): Drafted | null {
  const said = (value: (typeof goods)[number]): Drafted => ({
    concept: 'goods',
    value: goods.indexOf(value),
    strength: 1,
    taxa: [],
    article: 0,
  })
  const wider = widerThan(net, offset)
  if (synset.field === field.food) {
    if (!isUnder(wider, freshProduce)) return isUnder(wider, plantFood) ? null : said('food')
    return plant === null
      ? { concept: 'name', value: name.indexOf('candidate'), strength: 0, taxa: [], article: fruitVegetables }
      : null
  }
  if (synset.field === field.animal) return said('animal')
  if (synset.field === field.body) return said('thing')
  return synset.field === field.artifact && isUnder(wider, sent) ? said('thing') : null
}

const freshProduce = new Set(['produce', 'edible fruit', 'vegetable'])
/** Food that may still be a plant: nobody says that it is none. */
const plantFood = new Set(['herb', 'edible nut', 'edible seed', 'food grain', 'legume', 'spice'])
