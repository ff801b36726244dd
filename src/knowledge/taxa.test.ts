import { expect, it } from 'vitest'
import { type Trait, traitNames } from '../core/parcel/taxa.ts'
import type { Fault } from './fault.ts'
import { otherSpellings, readTaxa } from './taxa.ts'

const text = `name,rank,parent,also_under,synonyms,eppo,eppo_checked,traits,part,note
Rutaceae,family,,,,1RUTF,yes,woody;evergreen;perennial,,
Citrus,genus,Rutaceae,,,1CIDG,,,fruit,
Citrus × aurantium,species,,,Citrus sinensis,,,,,
Poncirus,genus,Rutaceae,Citrus,,,,deciduous,,
x Citroncirus,genus,Rutaceae,,,,,,,
×Citroncirus webberi,species,,,,,,herbaceous,,
`
const faults: Fault[] = []
const { taxa, scientificNames } = readTaxa([{ path: 'taxa/citrus.csv', shown: 'citrus.csv', text }], faults)

function traitsOf(name: string, list: readonly number[]): Trait[] {
  return traitNames.filter((_, bit) => ((list[taxa.names.indexOf(name)] as number) & (1 << bit)) !== 0)
}

it('finds nothing wrong', () => {
  expect(faults).toEqual([])
})

it('puts a species under its genus, hybrids too', () => {
  const above = (name: string): string | undefined => taxa.names[taxa.parents[taxa.names.indexOf(name)] as number]
  expect(above('Citrus × aurantium')).toBe('Citrus')
  expect(above('×Citroncirus webberi')).toBe('x Citroncirus')
})

it('knows accepted names, synonyms and every spelling of a hybrid', () => {
  const aurantium = taxa.names.indexOf('Citrus × aurantium')
  for (const name of ['citrus × aurantium', 'citrus x aurantium', 'citrus aurantium', 'citrus sinensis']) {
    expect(taxa.numberOf[name], name).toBe(aurantium)
  }
})

it('spells names without the sign of hybrids and without ranks', () => {
  expect(otherSpellings('Citrus × aurantium')).toEqual(['Citrus x aurantium', 'Citrus aurantium'])
  expect(otherSpellings('Beta vulgaris subsp. cicla')).toEqual(['Beta vulgaris cicla'])
  expect(otherSpellings('Citrus')).toEqual([])
})

it('inherits traits but for the pair a taxon settles itself', () => {
  expect(traitsOf('Citrus', taxa.traits)).toEqual(['woody', 'evergreen', 'perennial'])
  expect(traitsOf('Citrus', taxa.notTraits)).toEqual(['herbaceous', 'deciduous', 'annual'])
  expect(traitsOf('Poncirus', taxa.traits)).toEqual(['woody', 'deciduous', 'perennial'])
  expect(traitsOf('Poncirus', taxa.notTraits)).toEqual(['herbaceous', 'evergreen', 'annual'])
  expect(traitsOf('×Citroncirus webberi', taxa.notTraits)).toEqual(['woody', 'deciduous', 'annual'])
})

it('inherits the part, places a taxon where others place it, and tells only codes that were checked', () => {
  expect(taxa.parts.map((part) => (part === 0 ? 'fruit' : part))).toEqual([-1, 'fruit', 'fruit', -1, -1, -1])
  expect(taxa.alsoUnder).toEqual({ 3: [1] })
  expect(taxa.eppo).toEqual(['1RUTF', null, null, null, null, null])
})

it('lists every scientific name with its taxon', () => {
  expect(scientificNames).toContainEqual({ name: 'Citrus sinensis', taxon: 2 })
})
