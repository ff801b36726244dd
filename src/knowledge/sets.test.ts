import path from 'node:path'
import { expect, it } from 'vitest'
import { readPlaceTest } from './blocks.ts'
import type { Fault } from './fault.ts'
import { readPlaces } from './places.ts'
import { placeTable, readMembers, readSets, type Sets } from './sets.ts'
import { readSources } from './sources.ts'
import { type Node, readYaml } from './yaml.ts'

/** The real list of countries; sets of its own. */
const faults: Fault[] = []
const files = readSources(path.join(import.meta.dirname, '../../knowledge')).filter(
  ({ path }) => path === 'places/countries.csv',
)
const places = readPlaces(files, faults)
const sets = readSets([{ path: 'places/sets.yaml', shown: 'sets.yaml', text: setsText() }], places, faults)

function setsText(): string {
  return `
STATES_BUT_HAWAII: { title: The United States but Hawaii, members: [US], except: [US-HI] }
SOME_OF_RUSSIA: { title: Two subjects of Russia, members: [RU-KGD, RU-MOS] }
BOTH: { title: Both and Canada, members: [SOME_OF_RUSSIA, STATES_BUT_HAWAII, CA] }
WHOLE_STATES: { title: Hawaii named again, members: [STATES_BUT_HAWAII, US-HI] }
UNION: { title: A union, members: [DE, ES, FR, IE, XI] }
`
}

function node(text: string): Node {
  return readYaml({ path: 'x.yaml', shown: 'x.yaml', text }, faults) as Node
}

/** Value of a table at some places: no, unknown or yes. */
function at(table: readonly number[], ...codes: string[]): string[] {
  return codes.map((code) => ['no', 'unknown', 'yes'][table[places.codes.indexOf(code)] as number] as string)
}

function tableOf(list: string, known: Sets = sets): number[] {
  return placeTable(readMembers(node(list), 'in', { places, sets: known }, faults), places)
}

function testOf(text: string) {
  const union = tableOf('[UNION]')
  const atlas = { places, sets }
  const test = readPlaceTest(node(text), 'origin', { taxa: noTaxa, atlas, union, faults })
  if (test === null) throw new Error(faults.map(({ sentence }) => sentence).join('\n'))
  return test
}

const noTaxa = {
  names: [],
  ranks: [],
  parents: [],
  alsoUnder: {},
  eppo: [],
  traits: [],
  notTraits: [],
  parts: [],
  numberOf: {},
}

it('takes Hawaii out of the United States, and then does not know where the United States as such stand', () => {
  expect(at(tableOf('[STATES_BUT_HAWAII]'), 'US', 'US-HI', 'CA')).toEqual(['unknown', 'no', 'no'])
})

it('puts a part where its country is', () => {
  expect(at(tableOf('[US]'), 'US', 'US-HI')).toEqual(['yes', 'yes'])
})

it('does not know where Russia is when only some of its subjects are named', () => {
  expect(at(tableOf('[SOME_OF_RUSSIA]'), 'RU', 'RU-KGD', 'RU-MOS', 'RU-IRK')).toEqual(['unknown', 'yes', 'yes', 'no'])
})

it('joins sets and follows the nearer word', () => {
  expect(at(tableOf('[BOTH]'), 'CA', 'US', 'US-HI', 'RU')).toEqual(['yes', 'unknown', 'no', 'unknown'])
  expect(at(tableOf('[WHOLE_STATES]'), 'US', 'US-HI')).toEqual(['yes', 'yes'])
})

it('keeps Northern Ireland apart from Great Britain and the Canary Islands apart from Spain', () => {
  expect(at(tableOf('[UNION]'), 'GB', 'XI', 'ES', 'IC')).toEqual(['no', 'yes', 'yes', 'no'])
  expect(at(tableOf('[GB, ES]'), 'GB', 'XI', 'ES', 'IC')).toEqual(['yes', 'no', 'yes', 'no'])
})

it('counts the Canary Islands as a third country and Northern Ireland as Union', () => {
  const { table, thirdCountry } = testOf('third-country')
  expect(at(table, 'CN', 'IC', 'GB', 'XI', 'FR')).toEqual(['yes', 'yes', 'yes', 'no', 'no'])
  expect(thirdCountry).toBe(true)
  expect(at(testOf('union').table, 'IC', 'XI', 'FR')).toEqual(['no', 'yes', 'yes'])
})

it('asks for third countries that are not in a set, and does not know of Russia or the United States in part', () => {
  const { table, thirdCountry } = testOf('{ not-in: [BOTH] }')
  expect(at(table, 'CN', 'CA', 'US', 'US-HI', 'RU', 'RU-KGD', 'RU-IRK', 'FR')).toEqual([
    'yes',
    'no',
    'unknown',
    'yes',
    'unknown',
    'no',
    'yes',
    'no',
  ])
  expect(thirdCountry).toBe(true)
})

it('knows that a list of countries outside the union speaks of third countries only', () => {
  expect(testOf('{ in: [CN, BOTH] }').thirdCountry).toBe(true)
  expect(testOf('{ in: [CN, FR] }').thirdCountry).toBe(false)
})

it('finds nothing wrong with these places', () => {
  expect(faults).toEqual([])
})
