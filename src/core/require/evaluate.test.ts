import { describe, expect, it } from 'vitest'
import { someRequirement } from '../../../test/require/requirement.fixture.ts'
import type { Taxa } from '../parcel/taxa.ts'
import { indexRequirements } from './index-requirements.ts'
import type { Block, Pack, PlaceTest, Requirement } from './pack.ts'
import { requirementsFor } from './requirements.ts'
import { bitOf, facts, factsOf, type Given, isReExported, situation, union } from './situation.ts'
import { verdictOf } from './verdict.ts'

const names = [
  'Rosaceae',
  'Rosa',
  'Rosa rugosa',
  'Malus',
  'Rutaceae',
  'Citrus',
  'Fortunella',
  'Solanaceae',
  'Solanum',
  'Solanum lycopersicum',
]
const parents = [-1, 0, 1, 0, -1, 4, 4, -1, 7, 8]
const taxa: Taxa = {
  names,
  ranks: ['family', 'genus', 'species', 'genus', 'family', 'genus', 'genus', 'family', 'genus', 'species'],
  parents,
  alsoUnder: { 6: [5] },
  eppo: names.map(() => null),
  traits: names.map(() => 0),
  notTraits: names.map(() => 0),
  parts: names.map(() => -1),
  numberOf: Object.fromEntries(names.map((name, at) => [name.toLowerCase(), at])),
}
const taxon = (name: string): number => names.indexOf(name)
/** Places: 0 a member of the union, 1 another member, 2 a third country, 3 one that the law excepts. */
const [france, netherlands, china, turkey] = [0, 1, 2, 3]
const thirdCountry: PlaceTest = { table: [0, 0, 2, 2], thirdCountry: true }
const notTurkey: PlaceTest = { table: [0, 0, 2, 0], thirdCountry: true }

function requirement(id: string, when: Block, more: Partial<Requirement> = {}): Requirement {
  return someRequirement(id, { when, ...more })
}

const roses = requirement(
  'roses',
  { taxa: [taxon('Rosa')], articles: ['plants-for-planting'], notArticles: ['seeds'], origin: notTurkey },
  {
    unless: [
      {
        state: [
          { fact: 'dormant', value: true },
          { fact: 'leaves', value: false },
        ],
      },
    ],
  },
)
const citrus = requirement('citrus', {
  taxa: [taxon('Citrus')],
  articles: ['plants-for-planting'],
  notArticles: ['seeds'],
  origin: thirdCountry,
})
const solanaceae = requirement('solanaceae', {
  taxa: [taxon('Solanaceae')],
  articles: ['plants-for-planting'],
  notArticles: ['seeds'],
  origin: thirdCountry,
})
const certificate = requirement(
  'certificate',
  { articles: ['plants-for-planting'], originOrDispatch: thirdCountry },
  {
    measures: [{ measure: 'phytosanitary-certificate', by: 'exporting-nppo', paper: null, detail: null }],
  },
)
const expired = requirement(
  'expired',
  { taxa: [taxon('Malus')], origin: thirdCountry },
  { from: '2020-01-01', to: '2021-04-30' },
)

function ask(requirements: readonly Requirement[], given: Given) {
  const pack: Pack = {
    place: 'test',
    title: 'Test',
    layer: 'law',
    destinations: [france as number],
    union: [2, 2, 0, 0],
    requirements,
    coverage: [
      {
        articles: ['plants-for-planting', 'seeds', 'grain'],
        origins: 'any',
        by: '',
        on: '',
        from: '2020-01-01',
        what: '',
        asksNothing: [],
      },
    ],
  }
  const answer = requirementsFor(
    indexRequirements(pack, taxa),
    situation({ destination: france as number, on: '2026-11-24', ...given }),
  )
  return {
    verdict: verdictOf(answer),
    demands: answer.demands.map(
      ({ requirement: { id }, certainty, missing }) =>
        `${certainty} ${id}${missing === 0 ? '' : ` (${factsOf(missing).join(', ')})`}`,
    ),
  }
}

describe('a requirement', () => {
  it('is not waived by law where it is a term of a carrier', () => {
    const given = { article: 'plants-for-planting', taxa: [taxon('Rosa')], origin: china as number } as const
    const exemption = requirement(
      'exemption',
      { articles: ['plants-for-planting'] },
      { kind: 'exemption', measures: [], lifts: { measures: ['phytosanitary-certificate'], requirements: [] } },
    )
    expect(ask([certificate, exemption], given).demands).toEqual([])
    expect(ask([{ ...certificate, branch: 'carrier' }, exemption], given).demands).toEqual(['required certificate'])
  })

  it('stays as sure as it was in the measures that an exemption does not name', () => {
    const given = { article: 'plants-for-planting', taxa: [taxon('Rosa')], origin: china as number } as const
    const both = requirement(
      'both',
      { articles: ['plants-for-planting'] },
      {
        measures: (['import-permit', 'phytosanitary-certificate'] as const).map((measure) => ({
          measure,
          by: null,
          paper: null,
          detail: null,
        })),
      },
    )
    const exemption = requirement(
      'luggage',
      { articles: ['plants-for-planting'], by: ['luggage'] },
      { kind: 'exemption', measures: [], lifts: { measures: ['phytosanitary-certificate'], requirements: ['both'] } },
    )
    expect(ask([both, exemption], given).demands).toEqual(['required both', 'possible both (by)'])
    expect(ask([both, exemption], { ...given, by: 'luggage' }).demands).toEqual(['required both'])
    expect(ask([both, exemption], { ...given, by: 'post' }).demands).toEqual(['required both'])
  })

  it('is not told of a plant that nobody names where it is a term of a carrier on single species', () => {
    const given = { article: 'plants-for-planting', origin: china as number } as const
    expect(ask([citrus], given).demands).toEqual(['possible citrus (taxon)'])
    expect(ask([{ ...citrus, branch: 'carrier' }], given).demands).toEqual([])
    expect(ask([{ ...citrus, branch: 'carrier' }], { ...given, taxa: [taxon('Citrus')] }).demands).toEqual([
      'required citrus',
    ])
  })

  it('leaves the answer as it is where it is a term of a carrier that may not be the one', () => {
    const given = { article: 'plants-for-planting', origin: china as number } as const
    const unsure = requirement('unsure', { unknown: 'the carrier is the one' }, { branch: 'carrier' })
    const sure = requirement('sure', { articles: ['plants-for-planting'] }, { branch: 'carrier' })
    expect(ask([unsure], given)).toEqual({ verdict: 'no-requirement', demands: ['possible unsure (other)'] })
    expect(ask([sure], given)).toEqual({ verdict: 'conditions', demands: ['required sure'] })
  })

  it('holds inside the union where it is a term of a carrier', () => {
    const sentFromFrance: Block = { dispatch: { table: [2, 0, 0, 0], thirdCountry: true } }
    const given = { article: 'plants-for-planting', origin: france as number, dispatch: france as number } as const
    expect(ask([requirement('terms', sentFromFrance, { branch: 'carrier' })], given).demands).toEqual([
      'required terms',
    ])
    expect(ask([requirement('law', sentFromFrance)], given).demands).toEqual([])
  })

  it('holds for a species where it names the genus', () => {
    expect(
      ask([roses], {
        article: 'plants-for-planting',
        taxa: [taxon('Rosa rugosa')],
        origin: china as number,
        state: { leaves: true },
      }).demands,
    ).toEqual(['required roses'])
  })

  it('is lifted by its own words: dormant and without leaves', () => {
    const state = { dormant: true, leaves: false }
    expect(
      ask([roses], { article: 'plants-for-planting', taxa: [taxon('Rosa')], origin: china as number, state }).demands,
    ).toEqual([])
  })

  it('is possible while it is not told whether the plant is dormant, and names that fact', () => {
    expect(ask([roses], { article: 'plants-for-planting', taxa: [taxon('Rosa')], origin: china as number })).toEqual({
      verdict: 'partly-prohibited',
      demands: ['possible roses (leaves, dormant)'],
    })
  })

  it('does not hold for the seeds it leaves out', () => {
    expect(ask([roses], { article: 'seeds', taxa: [taxon('Rosa')], origin: china as number })).toEqual({
      verdict: 'no-requirement',
      demands: [],
    })
  })

  it('is possible for a genus that only some authors place under the one it names', () => {
    expect(
      ask([citrus], { article: 'plants-for-planting', taxa: [taxon('Fortunella')], origin: china as number }).demands,
    ).toEqual(['possible citrus (taxon)'])
  })

  it('on the family stands beside one on the species: the narrower never switches off the wider', () => {
    const { demands } = ask([certificate, solanaceae], {
      article: 'plants-for-planting',
      taxa: [taxon('Solanum lycopersicum')],
      origin: china as number,
    })
    expect(demands).toEqual(['required certificate', 'required solanaceae'])
  })

  it('is possible where the origin is not declared, and certain by dispatch where the law tests either', () => {
    const { demands } = ask([citrus, certificate], {
      article: 'plants-for-planting',
      taxa: [taxon('Citrus')],
      dispatch: china as number,
    })
    expect(demands).toEqual(['possible citrus (origin)', 'required certificate'])
  })

  it('asks nothing at the border of goods that move inside the union', () => {
    const { demands } = ask([citrus, certificate], {
      article: 'plants-for-planting',
      taxa: [taxon('Citrus')],
      dispatch: netherlands as number,
      origin: netherlands as number,
    })
    expect(demands).toEqual([])
  })

  it('keeps a prohibition possible where an origin outside is declared for goods sent from inside', () => {
    const { demands } = ask([citrus], {
      article: 'plants-for-planting',
      taxa: [taxon('Citrus')],
      dispatch: netherlands as number,
      origin: china as number,
    })
    expect(demands).toEqual(['possible citrus (text)'])
  })

  it('does not hold outside its dates', () => {
    const given = { article: 'plants-for-planting', taxa: [taxon('Malus')], origin: china as number } as const
    expect(ask([expired], given).demands).toEqual([])
    expect(ask([expired], { ...given, on: '2021-04-30' }).demands).toEqual(['required expired'])
  })

  it('does not hold for an origin that it excepts', () => {
    expect(
      ask([roses], { article: 'plants-for-planting', taxa: [taxon('Rosa')], origin: turkey as number }).demands,
    ).toEqual([])
  })
})

describe('places passed through', () => {
  const [routed, risky] = ['routed', { table: [0, 0, 2, 0], thirdCountry: true }] as const
  const rule = requirement(routed, { taxa: [taxon('Malus')], route: risky })
  const given = { article: 'plants-for-planting', taxa: [taxon('Malus')], origin: turkey as number } as const
  it('count as places where it grew or was sent from', () => {
    expect(ask([rule], { ...given, dispatch: turkey as number, via: [china as number] }).demands).toEqual([
      'required routed',
    ])
    expect(ask([rule], { ...given, dispatch: turkey as number }).demands).toEqual([])
    expect(ask([rule], { ...given, dispatch: china as number }).demands).toEqual(['required routed'])
    expect(ask([rule], given).demands).toEqual(['possible routed (dispatch)'])
  })
})

describe('a requirement on named plants only', () => {
  const rule = requirement('dried apple', { taxa: [taxon('Malus')], articles: ['dried-plant-product'], named: true })
  it('is never told of goods that name no plant, and is of a wider name that may be one', () => {
    const given = { article: 'dried-plant-product', origin: china as number } as const
    expect(ask([rule], { ...given, taxa: [taxon('Malus')] }).demands).toEqual(['required dried apple'])
    expect(ask([rule], { ...given, taxa: [taxon('Rosaceae')] }).demands).toEqual(['possible dried apple (taxon)'])
    expect(ask([rule], given).demands).toEqual([])
  })
})

describe('goods that pass through a hub', () => {
  const partOf = [-1, -1, -1, -1, 2]
  it('are re-exported where they are sent from another country than they grew in, not from a part of it', () => {
    expect(isReExported(china as number, turkey as number, partOf)).toBe(true)
    expect(isReExported(china as number, 4, partOf)).toBe(false)
    expect(isReExported(-1, turkey as number, partOf)).toBeNull()
  })
  it('meet a requirement on re-export, and possibly where the origin is not told', () => {
    const rule = requirement('hub', { reExported: true })
    const goods = { article: 'plants-for-planting', taxa: [taxon('Malus')] } as const
    expect(ask([rule], { ...goods, reExported: true }).demands).toEqual(['required hub'])
    expect(ask([rule], { ...goods, reExported: false }).demands).toEqual([])
    expect(ask([rule], goods).demands).toEqual(['possible hub (origin)'])
  })
})

describe('what a pack is complete for', () => {
  it('is grain to eat, and not grain that is sown after all', () => {
    const grain = { article: 'grain', taxa: [taxon('Rosa')], origin: china as number } as const
    expect(ask([roses], grain).verdict).toBe('no-requirement')
    expect(ask([roses], { ...grain, use: 'planting' }).verdict).toBe('not-loaded')
  })

  it('is told of the days from which its law was read whole', () => {
    const grain = { article: 'grain', taxa: [taxon('Rosa')], origin: china as number } as const
    expect(ask([roses], { ...grain, on: '2020-01-01' }).verdict).toBe('no-requirement')
    expect(ask([roses], { ...grain, on: '2019-12-31' }).verdict).toBe('not-loaded')
  })
})

describe('a set of facts', () => {
  it('holds every fact, and joins with another', () => {
    for (const one of facts)
      for (const other of facts) {
        const found = factsOf(union(bitOf(one), bitOf(other)))
        expect(new Set(found)).toEqual(new Set([one, other]))
      }
  })
})

describe('what was not read', () => {
  const unread = { title: 'Act', point: '', href: '', text: '', read: null, dated: null, unverified: 'list not seen' }
  it('can make an answer stricter and never certain', () => {
    const rule = { ...citrus, source: unread }
    expect(
      ask([rule], { article: 'plants-for-planting', taxa: [taxon('Citrus')], origin: china as number }).demands,
    ).toEqual(['possible citrus'])
  })

  it('never makes an answer milder', () => {
    const exemption = requirement(
      'free',
      { articles: ['plants-for-planting'] },
      { kind: 'exemption', lifts: { measures: ['phytosanitary-certificate'], requirements: [] } },
    )
    const given = { article: 'plants-for-planting', taxa: [taxon('Rosa')], origin: china as number } as const
    expect(ask([certificate, exemption], given).demands).toEqual([])
    expect(ask([certificate, { ...exemption, source: unread }], given).demands).toEqual(['required certificate'])
  })
})
