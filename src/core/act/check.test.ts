import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  answered,
  checked,
  goingTo,
  itemOf,
  knowledge,
  type Offer,
  stepsOf,
} from '../../../test/checks/checks.fixture.ts'
import { articles, isRegulated } from '../parcel/articles.ts'
import { checkVerdicts } from './check.ts'

const orchid = {
  id: 'ORCH-1',
  title: 'Dendrobium nobile, bare root orchid plants',
  goods: { article: 'plants-for-planting', taxon: 'Dendrobium nobile' },
  originCountry: 'TH',
  shipsFrom: 'TH',
}

describe('a Thai seller of orchids', () => {
  it('is told to get the certificate from the authority of Thailand, and by which rule', () => {
    const france = goingTo('FR', orchid)
    const certificate = france.next.find(({ step }) => step === 'phytosanitary-certificate')
    expect(certificate?.sentence).toContain('Thailand')
    expect(certificate?.certainty).toBe('required')
    const rule = certificate?.rules[0]
    expect(rule?.requirement).toMatch(/^eu\//)
    expect(rule?.source.href).toMatch(/^https?:/)
    expect(rule?.verified).toBe(true)
    expect(rule?.read).toMatch(/^\d{4}-\d\d-\d\d$/)
  })

  it('is told that a certificate claimed will be compared, and still to get it', () => {
    const documents = [{ kind: 'phytosanitary-certificate', number: 'TH-1' }]
    const certificate = goingTo('FR', { ...orchid, documents }).next.find(
      ({ step }) => step === 'phytosanitary-certificate',
    )
    expect(certificate?.claimed).toBe(true)
    expect(certificate?.sentence).toContain('compared')
  })

  it('is told to name the plant while the offer says only that it is a plant', () => {
    const answer = goingTo('FR', { title: 'rooted plants', originCountry: 'TH', shipsFrom: 'TH' })
    expect(stepsOf(answer)).toContain('state-plant')
    expect(answer.questions.find(({ fact }) => fact === 'taxon')?.rules.length).toBeGreaterThan(0)
  })

  it('does not read a plant that was stated twice over as two plants', () => {
    expect(answered({ ...orchid, destinations: ['FR'] }).goods).toEqual([
      { article: 'plants-for-planting', taxa: ['Dendrobium nobile'], part: null, use: null },
    ])
  })
})

describe('tomato seeds from China to five countries', () => {
  const tomato = { title: 'tomato seeds 50 pcs', originCountry: 'CN', shipsFrom: 'CN' }
  const places = ['FR', 'JP', 'US', 'AU', 'MN']
  const answer = answered({ ...tomato, destinations: places })

  it('are recognised once and answered for each country by its own law', () => {
    expect(answer.destinations.map(({ destination }) => destination)).toEqual(places)
    for (const [at, prefix] of ['eu/', 'jp/', 'us/', 'au/'].entries()) {
      const rules = answer.destinations[at]?.next.flatMap((step) => step.rules.map(({ requirement }) => requirement))
      expect(rules?.some((rule) => rule.startsWith(prefix))).toBe(true)
    }
  })

  it('get no permission where the law is not loaded: the seller is sent to the authority', () => {
    const mongolia = answer.destinations[4]
    expect(mongolia?.verdict).toBe('not-loaded')
    expect(mongolia?.complete).toBe(false)
    expect(mongolia?.next.at(-1)?.step).toBe('ask-authority')
  })

  it('are answered for the countries that are known when one is not', () => {
    const { destinations, problems } = answered({ ...tomato, destinations: ['FR', 'QQ'] })
    expect(destinations.map(({ destination }) => destination)).toEqual(['FR'])
    expect(problems).toMatchObject([{ kind: 'country-unknown', at: 'destinations[1]' }])
  })
})

describe('other goods', () => {
  it.each(['rose gold ring', 'silk roses', 'rose quartz lamp'])(
    '%s are none that plant health law speaks of',
    (title) => {
      const france = goingTo('FR', { title, shipsFrom: 'CN' })
      expect(france.verdict).toBe('other-goods')
      expect(france.next).toEqual([])
    },
  )

  it('are never called complete law: other law may speak of them', () => {
    expect(goingTo('FR', { title: 'rose gold ring' }).complete).toBe(false)
  })

  it('are not believed of a bonsai, whatever the seller states', () => {
    const { destinations, choices, goods } = answered({
      title: 'bonsai',
      goods: { article: 'none' },
      shipsFrom: 'CN',
      destinations: ['FR'],
    })
    expect(destinations[0]?.verdict).toBe('which-goods')
    expect(choices.map(({ article }) => article)).toEqual(['plants-for-planting'])
    expect(destinations[0]?.next.map(({ step }) => step)).toEqual(['state-goods', 'confirm-other-goods'])
    expect(goods).toEqual([])
  })

  it('are cleaned where soil clings to them', () => {
    const boots = goingTo('FR', { title: 'hiking boots with soil' })
    expect(boots.verdict).toBe('conditions')
    expect(stepsOf(boots)).toEqual(['clean-goods'])
  })
})

describe('goods that the seller states', () => {
  it('settle what a bare name of a plant leaves open', () => {
    expect(goingTo('FR', { title: 'orchid', shipsFrom: 'TH' }).verdict).toBe('which-goods')
    const stated = answered({ title: 'orchid', goods: { article: 'plants-for-planting' }, destinations: ['FR'] })
    expect(stated.goods[0]?.article).toBe('plants-for-planting')
  })

  it('do not settle it against the words of the offer', () => {
    const { choices, destinations } = answered({
      title: 'orange tree',
      goods: { article: 'seeds' },
      destinations: ['FR'],
    })
    expect(destinations[0]?.verdict).toBe('which-goods')
    expect(choices.map(({ article }) => article)).toEqual(['seeds', 'plants-for-planting'])
  })

  it('do not settle it where another plant is stated than the words name', () => {
    const goods = { article: 'plants-for-planting', taxon: 'Ficus microcarpa' }
    expect(goingTo('FR', { title: 'orange tree', goods, originCountry: 'CN' }).verdict).toBe('which-goods')
  })

  it('make no narrower name in the words wider', () => {
    const goods = { article: 'plants-for-planting', taxon: 'Rutaceae' }
    const { goods: told } = answered({
      title: 'Citrus sinensis tree',
      goods,
      originCountry: 'CN',
      destinations: ['FR'],
    })
    expect(told[0]?.taxa).toEqual(['Citrus sinensis'])
  })
})

describe('what may not be sold', () => {
  it('is not to be sold there, and nothing else is to be done', () => {
    const france = goingTo('FR', { title: 'orange tree', originCountry: 'CN', shipsFrom: 'CN' })
    expect(france.verdict).toBe('prohibited')
    expect(stepsOf(france)).toEqual(['do-not-sell-there'])
    expect(france.next[0]?.rules.map(({ requirement }) => requirement)).toEqual(['eu/annex-vi-11'])
  })

  it('may be sold to a country that does not prohibit it', () => {
    const offer = { title: 'orange tree', originCountry: 'CN', shipsFrom: 'CN', destinations: ['FR', 'MN'] }
    expect(answered(offer).destinations.map(({ verdict }) => verdict)).toEqual(['prohibited', 'not-loaded'])
  })
})

describe('an offer that was worded before', () => {
  it('is not other goods because the plant is gone from its words', () => {
    const offer = { title: 'rose quartz lamp', destinations: ['FR'] }
    expect(answered(offer).destinations[0]?.verdict).toBe('other-goods')
    const { destinations, choices } = answered(offer, ['plants-for-planting'])
    expect(destinations[0]?.verdict).toBe('which-goods')
    expect(choices.map(({ article }) => article)).toContain('plants-for-planting')
  })

  it('gets the law for the plants it sells as soon as it says so', () => {
    const offer = { title: 'tomato seeds', originCountry: 'CN', destinations: ['FR'] }
    expect(answered(offer, ['seeds', 'plants-for-planting']).destinations[0]?.verdict).toBe('conditions')
  })

  it('does not become something made of plants that it never spoke of', () => {
    const offer = { title: 'roasted coffee beans 500 g', destinations: ['FR'] }
    expect(answered(offer).choices).toEqual([])
    expect(answered(offer, ['seeds']).choices.map(({ article }) => article)).toContain('seeds')
  })
})

describe('an item that is not one', () => {
  it.each([
    [7, [['item-not-an-object', '']]],
    [{ title: '', destinations: ['FR'] }, [['description-missing', 'title']]],
    [{ title: 'tulip bulbs' }, [['destinations-missing', 'destinations']]],
    [{ title: 'tulip bulbs', destinations: ['FR'], hs: 'x' }, [['hs-not-digits', 'hs']]],
    [{ title: 'tulip bulbs', destinations: ['FR'], pieces: -1 }, [['negative', 'pieces']]],
    [{ title: 'tulip bulbs', destinations: ['FR'], shipsFrom: 'Holland' }, [['country-unknown', 'shipsFrom']]],
    [{ title: 'tulip bulbs', destinations: ['FR'], goods: { article: 'bulb' } }, [['word-unknown', 'goods.article']]],
    [{ title: 'tulip bulbs', destinations: ['FR'], goods: { taxon: 'Xyz abc' } }, [['plant-unknown', 'goods.taxon']]],
  ])('tells each fault with its field: %j', (offer, faults) => {
    const { problems } = answered(offer as Offer)
    const found = problems.map(({ kind, at }) => [kind, at])
    for (const fault of faults) expect(found).toContainEqual(fault)
    for (const { sentence } of problems) expect(sentence).not.toMatch(/^problem\.|\{/)
  })
})

const words = fc.array(
  fc.constantFrom(
    'rose',
    'gold',
    'ring',
    'tomato',
    'seeds',
    'bonsai',
    'silk',
    'orchid',
    'dried',
    'tree',
    'soap',
    'bulb',
    'Ficus',
    'wood',
  ),
  { minLength: 1, maxLength: 5 },
)
const offer = fc.record({
  title: words.map((list) => list.join(' ')),
  goods: fc.record({ article: fc.constantFrom(...articles.filter((one) => one !== 'unclear')) }, { requiredKeys: [] }),
  originCountry: fc.constantFrom('CN', 'TH', 'US', null),
  shipsFrom: fc.constantFrom('CN', 'NL', null),
  destinations: fc.constant(['FR', 'JP', 'MN']),
})

/** Everything the public form may tell: whoever adds to it says so here. */
const publicKeys = [
  ...[
    'article',
    'branch',
    'by',
    'certainty',
    'choices',
    'claimed',
    'complete',
    'destination',
    'destinations',
    'detail',
  ],
  ...[
    'edition',
    'engine',
    'fact',
    'goods',
    'href',
    'id',
    'item',
    'knowledge',
    'more',
    'next',
    'on',
    'part',
    'problems',
    'questions',
  ],
  ...['read', 'requirement', 'rules', 'sentence', 'source', 'step', 'taxa', 'title', 'use', 'verdict', 'verified'],
]

describe('the form for sellers and the public', () => {
  it('shows no weights, probabilities, thresholds, letters or history', () => {
    const told = new Set<string>()
    const collect = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      if (!Array.isArray(value)) for (const key of Object.keys(value)) told.add(key)
      for (const one of Object.values(value)) collect(one)
    }
    fc.assert(
      fc.property(offer, (one) => {
        collect(answered(one, ['seeds']))
      }),
    )
    expect([...told].sort()).toEqual(publicKeys)
  })

  it('says the same of unclear goods whichever words made them so', () => {
    const ask = (title: string) => answered({ title, goods: { article: 'none' }, destinations: ['FR'] })
    const [one, other] = [ask('bonsai'), ask('Ficus bonsai tree 5 years old')]
    expect(one.destinations).toEqual(other.destinations)
  })

  it('fills every sentence', () => {
    fc.assert(
      fc.property(offer, (one) => {
        const { destinations } = answered(one)
        const sentences = destinations.flatMap(({ sentence, next, questions }) => [
          sentence,
          ...next.map((step) => step.sentence),
          ...questions.map((question) => question.sentence),
        ])
        for (const sentence of sentences) expect(sentence).not.toMatch(/^check\.|\{\w+\}|@check/)
      }),
    )
  })

  it('has a sentence for each verdict', () => {
    for (const verdict of checkVerdicts) expect(knowledge.words).toHaveProperty([`check.verdict.${verdict}`])
  })
})

describe('a seller who states other goods', () => {
  it('never gets a milder answer than one who states nothing', () => {
    fc.assert(
      fc.property(words, (list) => {
        const title = list.join(' ')
        const silent = checked({ title, destinations: ['FR'] })
        const other = checked({ title, goods: { article: 'none' }, destinations: ['FR'] })
        if (other.destinations[0]?.verdict === 'other-goods')
          expect(silent.destinations[0]?.verdict).toBe('other-goods')
      }),
    )
  })
})

describe('a check', () => {
  it('asks which goods are meant where the law asks nothing of the likeliest, and might of another', () => {
    const tomato = { title: 'tomato', originCountry: 'CN', shipsFrom: 'NL', destinations: ['FR', 'US'] }
    const { destinations, choices } = answered(tomato)
    expect(destinations[0]?.verdict).toBe('which-goods')
    expect(choices.map(({ article }) => article)).toContain('fruit-vegetables')
  })

  it('never permits where a parcel with the same words would be stopped', () => {
    fc.assert(
      fc.property(offer, (one) => {
        const item = itemOf(one)
        const check = checked(one)
        for (const { verdict, decision } of check.destinations) {
          if (verdict !== 'no-requirement' && verdict !== 'other-goods') continue
          const stated = item.stated.article !== null && isRegulated(item.stated.article)
          if (!stated) expect(decision.proposal).toBe('no-objection')
        }
      }),
    )
  })
})
