import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { checkKnowledge } from './check.ts'
import { checkNames } from './check-names.ts'
import { diffKnowledge } from './diff.ts'
import { diffParcels } from './diff-parcels.ts'
import { faultLines } from './fault.ts'
import { readKnowledge } from './read.ts'
import { readSources } from './sources.ts'
import { readWordNet, type WordNet, wordNetFolder } from './wordnet.ts'

const good = path.join(import.meta.dirname, 'good')
let folder: string

beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'greenlane-check-')), 'knowledge')
  cpSync(good, folder, { recursive: true })
})

afterEach(() => rmSync(path.dirname(folder), { recursive: true, force: true }))

function change(file: string, from: string, to: string): void {
  const full = path.join(folder, file)
  const text = readFileSync(full, 'utf8')
  expect(text).toContain(from)
  writeFileSync(full, text.replace(from, to))
}

it('tells an example that comes out otherwise', () => {
  change(
    'requirements/eu/annex-vi.yaml',
    'part: leaf, origin: TH, to: FR, expect: applies',
    'origin: TH, to: FR, expect: applies',
  )
  expect(faultLines(checkKnowledge(folder).missed)).toEqual([
    'knowledge/requirements/eu/annex-vi.yaml:17: eu/annex-vi-11, "makrut lime leaves, Thailand to France": expected applies, comes out as possible. Not told: part. Correct the requirement or the example.',
  ])
})

it('tells an example that goes to a place which the pack does not serve', () => {
  change('requirements/eu/annex-vi.yaml', 'origin: TH, to: FR, expect: applies', 'origin: TH, to: US, expect: applies')
  expect(faultLines(checkKnowledge(folder).missed)).toEqual([
    'knowledge/requirements/eu/annex-vi.yaml:17: eu/annex-vi-11, "makrut lime leaves, Thailand to France": US is no destination of requirements/eu/. Correct "to".',
  ])
})

const expectation = `- id: world/plants
  title: Plants from elsewhere need a certificate
  measures: [phytosanitary-certificate]
  when: { articles: [plants-for-planting], origin: third-country }
  law: { source: eu-2019-2072, point: invented, text: invented }
  unverified: invented for this test
  examples:
    - { goods: "Thailand to the United States", article: plants-for-planting, origin: TH, dispatch: TH, to: US, expect: applies }
    - { goods: "Germany to France", article: plants-for-planting, origin: DE, dispatch: DE, to: FR, expect: does-not-apply }
    - { goods: "inside China", article: plants-for-planting, origin: CN, dispatch: CN, to: CN, expect: does-not-apply }
`
const terms = `- id: post/plants
  title: The German post takes no plants
  measures: [prohibited]
  when: { articles: [plants-for-planting], dispatch: { in: [DE] }, by: [post] }
  law: { source: eu-2019-2072, point: invented, text: invented }
  unverified: invented for this test
  examples:
    - { goods: "Germany to France", article: plants-for-planting, dispatch: DE, to: FR, by: post, expect: applies }
    - { goods: "Spain to France", article: plants-for-planting, dispatch: ES, to: FR, by: post, expect: does-not-apply }
`

function addPack(place: string, head: string, requirements: string): void {
  const own = path.join(folder, 'requirements', place)
  mkdirSync(own)
  writeFileSync(path.join(own, 'pack.yaml'), head)
  writeFileSync(path.join(own, 'all.yaml'), requirements)
}

it('accepts what stands beside the law without union and coverage, and asks it with the law of the destination', () => {
  addPack('world', 'place: world\ntitle: Everywhere\nlayer: world\ndestinations: []\n', expectation)
  addPack('post', 'place: post\ntitle: Posts\nlayer: carrier\ndestinations: []\n', terms)
  expect(faultLines(checkKnowledge(folder).missed)).toEqual([])
  expect(faultLines(checkKnowledge(folder).faults)).toEqual([])
})

it('tells a pack beside the law that serves destinations, and law that says nothing of what it is complete for', () => {
  addPack('world', 'place: world\ntitle: Everywhere\nlayer: world\ndestinations: [US]\n', expectation)
  addPack('us', 'place: us\ntitle: United States\ndestinations: [US]\n', '[]\n')
  expect(faultLines(checkKnowledge(folder).faults)).toEqual([
    'knowledge/requirements/us/pack.yaml:1: The key "coverage" is missing.',
    'knowledge/requirements/world/pack.yaml:4: A pack of layer world serves no destinations of its own. Write destinations: [] and "destination" in its requirements.',
  ])
})

it('tells a claim of an article that no requirement speaks of, unless the law asks nothing of it', () => {
  const claim = (more: string) =>
    `  - { articles: [wood], origins: third-country, complete: true, by: a botanist, on: 2026-11-24, what: Annex VI${more} }\ncounts:`
  change('requirements/eu/pack.yaml', 'counts:', claim(''))
  expect(faultLines(checkKnowledge(folder).faults)).toEqual([
    'knowledge/requirements/eu/pack.yaml:6: wood is declared complete and no requirement speaks of it. Write "asks-nothing: [wood]" where that is the law, or drop the claim.',
  ])
  change('requirements/eu/pack.yaml', claim(''), claim(', asks-nothing: [wood]'))
  expect(faultLines(checkKnowledge(folder).faults)).toEqual([])
})

it('tells a case that comes out otherwise', () => {
  appendFileSync(path.join(folder, 'cases/leaves.md'), '- taxon: Solanum\n')
  expect(faultLines(checkKnowledge(folder).missed)).toEqual([
    'knowledge/cases/leaves.md:11: "Makrut lime leaves": expected taxon Solanum, comes out as Citrus hystrix.',
  ])
})

it('tells in sentences what changed in law, and what else differs', () => {
  change('names/en/plants.csv', 'orange,Citrus,word,,\n', 'citrus tree,Citrus,plain,,\n')
  change('requirements/eu/annex-vi.yaml', 'valid: { from: 2019-12-14 }', 'valid: { from: 2020-12-14 }')
  const { law, other } = diffKnowledge(good, folder)
  expect(other.map(({ sign, what }) => `${sign} ${what}`)).toEqual(['+ name en citrus tree', '- name en orange'])
  expect(law).toEqual([{ requirement: 'eu/annex-vi-11', sentence: 'In force from: "2019-12-14" is now "2020-12-14".' }])
})

function add(file: string, lines: string): void {
  appendFileSync(path.join(folder, file), lines)
}

it('counts what cases, examples, samples and titles hit, with all that stands above', () => {
  mkdirSync(path.join(folder, 'samples'))
  add('samples/parcels.csv', 'no,goods_description\n1,"seeds, Rosa"\n')
  add('samples/parcels.ndjson', '{"parcel":{"lines":[{"description":"Citrus aurantium seeds"}]}}\n')
  const titles = path.join(folder, 'titles.tsv')
  writeFileSync(titles, 'id\ttitle\n1\tPoncirus seeds\n')
  add('taxa/plants.csv', 'Rosaceae,family,,,,,,,,\nRosa,genus,Rosaceae,,,,,,,\nPrunus,genus,Rosaceae,,,,,,,\n')
  add('taxa/plants.csv', 'Malus,genus,Rosaceae,,,,,,,\n')
  add('names/en/plants.csv', 'apple,Malus,word,,\n')
  const { hits } = checkKnowledge(folder, [titles])
  expect(hits?.taxa).toBe(10)
  expect(faultLines(hits?.unhit ?? [])).toEqual([
    'knowledge/taxa/plants.csv:12: "Prunus" was never hit, and no law and no common name means it.',
  ])
}, 20_000)

/** What is told of names alone; no case is run. */
function named(net: WordNet | null = null): { faults: string[]; warnings: string[] } {
  const files = readSources(folder)
  const { faults, warnings } = checkNames(files, readKnowledge(files), net)
  return { faults: faultLines(faults), warnings: faultLines(warnings) }
}

it('lets accents part two names only where the language says so', () => {
  add('names/fr/plants.csv', 'pêche,Citrus,food,,\npeche,Poncirus,food,,\n')
  expect(named().faults).toEqual([
    'knowledge/names/fr/plants.csv:5: "peche" names Poncirus here and Citrus in another row (there written "pêche", knowledge/names/fr/plants.csv:4). Name in both all that it means, or drop one.',
  ])
  change('languages.yaml', 'name: French, head: first', 'name: French, head: first, accents: true')
  expect(named().faults).toEqual([])
})

it('lets a common name mean less than the scientific name that it repeats', () => {
  add('names/fr/plants.csv', 'citrus,Citrus hystrix,word,,\n')
  expect(named().faults).toEqual([])
})

it('warns of names that are other words too, and fails nothing', () => {
  add('names/en/plants.csv', 'bulb,Poncirus,plain,,\nkey,Poncirus,food,,\nroseau,Citrus,plain,,\nlis,Citrus,word,,\n')
  add('names/fr/plants.csv', 'roseau,Poncirus,plain,,\nÉric,Citrus,plain,,\nail,Citrus,word,,\nif,Citrus,plain,,\n')
  add('names/first-names.csv', 'name,note\nÉric,\n')
  const { faults, warnings } = named(readWordNet(wordNetFolder() ?? ''))
  expect(faults).toEqual([])
  expect(warnings.map((line) => line.replace(/^knowledge\/names\/| Write the sense word.*/g, ''))).toEqual([
    'en/plants.csv:5: "bulb" (plain) means goods in English too (knowledge/terms/en.csv:7).',
    'en/plants.csv:6: "key" (food) is an ordinary word too (WordNet).',
    'en/plants.csv:7: "roseau" (plain) means Poncirus in French too (knowledge/names/fr/plants.csv:4).',
    'fr/plants.csv:4: "roseau" (plain) means Citrus in English too (knowledge/names/en/plants.csv:7).',
    'fr/plants.csv:5: "Éric" (plain) is a first name too (knowledge/names/first-names.csv:2).',
    'fr/plants.csv:7: "if" (plain) has only 2 letters.',
  ])
}, 20_000)

it('tells the parcels that get another proposal by other law', () => {
  const own = path.join(import.meta.dirname, '../../knowledge')
  const other = path.join(folder, 'whole')
  cpSync(own, other, { recursive: true })
  const file = path.join(other, 'requirements/eu/annex-vi.yaml')
  const [before, after] = ['- id: eu/annex-vi-11', '- id: eu/annex-vi-12']
  const text = readFileSync(file, 'utf8')
  const [from, to] = [text.indexOf(before), text.indexOf(after)]
  writeFileSync(
    file,
    text.slice(0, from) + text.slice(from, to).replace('from: 2019-12-14', 'from: 2030-12-14') + text.slice(to),
  )
  const leaves = {
    route: { dispatchCountry: 'TH', destinationCountry: 'FR' },
    lines: [{ description: 'fresh kaffir lime leaves', hs: '07099990', originCountry: 'TH' }],
  }
  const shirt = { ...leaves, lines: [{ description: 'cotton t-shirt', hs: '610910' }] }
  const records = [leaves, shirt].map((value, at) => ({ line: at + 1, value }))
  const changed = diffParcels({ before: own, after: other }, records, '2026-11-24')
  expect(changed.map(({ line, before: one, after: now }) => [line, one.proposal, now.proposal])).toEqual([
    [1, 'refuse', 'inspect'],
  ])
}, 120_000)
