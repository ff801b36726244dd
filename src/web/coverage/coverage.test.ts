import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Knowledge } from '../../core/knowledge.ts'
import { loadKnowledge } from '../../knowledge/load.ts'
import { coveragePage, depthsByPlace } from './coverage.ts'
import { type Drawn, drawWorld } from './map.ts'

let knowledge: Knowledge
let drawn: readonly Drawn[]

beforeAll(() => {
  knowledge = loadKnowledge(path.join(import.meta.dirname, '../../../dist/knowledge'))
  drawn = drawWorld(knowledge.places)
})

describe('the map of the world', () => {
  it('knows every country but areas without a code of their own', () => {
    const unknown = drawn.filter(({ code }) => code === null || !knowledge.places.codes.includes(code))
    expect(unknown.map(({ name }) => name).sort()).toEqual([
      'Ashmore and Cartier Is.',
      'Indian Ocean Ter.',
      'N. Cyprus',
      'Siachen Glacier',
      'Somaliland',
    ])
  })

  it('draws French Guiana apart from France, whose law for plants does not reach it', () => {
    const inEurope = drawn.filter(({ code }) => code === 'FR')
    expect(inEurope).toHaveLength(1)
    expect(inEurope[0]?.x).toBeGreaterThan(460)
    expect(drawn.some(({ code, x }) => code === 'GF' && x < 400)).toBe(true)
  })
})

describe('how far law is loaded', () => {
  it('is told for each place: a claim, law without one, terms of carriers, or nothing', () => {
    const depths = depthsByPlace(knowledge)
    expect(depths.get('FR')).toBe('complete')
    expect(depths.get('NG'), 'processed goods alone are claimed').toBe('partial')
    expect(depths.get('GF')).not.toBe('complete')
    expect(depths.get('AQ')).toBe('none')
    expect(depths.has('US-HI')).toBe(false)
  })

  it('stands on the page as a picture and as a table that say the same', () => {
    const page = coveragePage(knowledge, '2026-11-24')
    expect(page).toContain('role="img"')
    expect(page).toContain('<title>France: law loaded, complete for some articles</title>')
    for (const { layer, title } of knowledge.packs)
      if (layer === 'law') expect(page).toContain(`<th scope="row">${title}</th>`)
    expect(page).not.toMatch(/<script|src=|href="http/)
    expect(page).toContain('every article')
    expect(page).toMatch(
      /<li>[^<]*: law from 2019-12-14 on, read on \d{4}-\d{2}-\d{2} by [^<]*Regulation \(EU\) 2016\/2031/,
    )
  })
})
