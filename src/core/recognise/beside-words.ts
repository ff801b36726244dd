import { isRegulated } from '../parcel/articles.ts'
import type { ItemLine } from '../parcel/parcel.ts'
import { type CategoryDesk, categoryEvidence } from './category.ts'
import type { Evidence } from './finding.ts'
import { findHeading, type Headings } from './goods.ts'
import { type Weights, weightOf } from './scale.ts'

const noEvidence: readonly Evidence[] = []

/** Most codes and categories whose evidence is remembered. */
const mostRemembered = 20_000

/** Makes the function that tells what HS code and category of a line say; each is read when it is first met. */
export function evidenceBesideWords(headings: Headings, desk: CategoryDesk): (line: ItemLine) => readonly Evidence[] {
  const codes = new Map<string, readonly Evidence[]>()
  const categories = new Map<string, readonly Evidence[]>()
  const ofCode = (hs: string): readonly Evidence[] => {
    const heading = findHeading(headings, hs)
    return heading === null ? noEvidence : headingEvidence(heading, desk.weights)
  }
  return ({ hs, category }) => {
    const declared = hs === null ? noEvidence : remembered(codes, hs, ofCode)
    if (category === null) return declared
    const own = remembered(categories, category, (one) => categoryEvidence(one, desk))
    return own.length === 0 ? declared : [...declared, ...own]
  }
}

function remembered(
  known: Map<string, readonly Evidence[]>,
  key: string,
  make: (key: string) => readonly Evidence[],
): readonly Evidence[] {
  const before = known.get(key)
  if (before !== undefined) return before
  const made = make(key)
  if (known.size < mostRemembered) known.set(key, made)
  return made
}

function headingEvidence({ code, heading }: NonNullable<ReturnType<typeof findHeading>>, weights: Weights): Evidence[] {
  const share = heading.sense === 'either' ? 0.5 : 1
  return heading.articles.map((article, rank) => {
    const name = isRegulated(article) ? 'hs-regulated' : 'hs-ordinary'
    const weight = weightOf(weights, `${name}.${heading.strength}`) * share - rank * weightOf(weights, 'hs-second')
    return { kind: 'hs', article, weight, letters: null, value: code }
  })
}

/** Whether the HS code (or the category) is one of living plants, seeds or fresh parts: nobody declares a lipstick so. */
export function isPlantCode(hs: readonly Evidence[]): boolean {
  return hsNamesRegulated(hs) && (hs[0] as Evidence).weight >= 4
}

/** Articles that an HS code for them keeps in question, whatever the words say. Dried and prepared goods are often other goods. */
export function hsNamesRegulated(hs: readonly Evidence[]): boolean {
  const [first] = hs
  if (first === undefined || !isRegulated(first.article) || first.weight < 3) return false
  return first.article !== 'dried-plant-product' && first.article !== 'processed-plant-product'
}
