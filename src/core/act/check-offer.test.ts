import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checked, itemOf, knowledge } from '../../../test/checks/checks.fixture.ts'
import {
  earlierArticles,
  isSameOffer,
  offerKey,
  rewordingOf,
  type Wording,
  wordingFinder,
  wordingOf,
} from './check-offer.ts'

const { checks } = knowledge.policy
const wording = (title: string, more: object = { seller: 'Blumen Beispiel' }): Wording =>
  wordingOf(checked({ title, destinations: ['FR'], ...more }))

describe('the key of an offer', () => {
  it('is the same for every wording of one stock-keeping unit of one seller', () => {
    const key = (title: string, seller = 'Blumen Beispiel') => offerKey(itemOf({ title, sku: 'A-17', seller }))
    expect(key('orange tree')).toBe(key('decoration, green'))
    expect(key('orange tree')).not.toBe(key('orange tree', 'Somebody Else'))
  })

  it('does not hang on how the address of a page is written', () => {
    const key = (url: string) => offerKey(itemOf({ title: 'x', seller: 's', url }))
    expect(key('https://www.shop.example/item/7?ref=a#top')).toBe(key('http://shop.example/item/7/'))
    expect(key('https://shop.example/item/7')).not.toBe(key('https://shop.example/item/8'))
  })

  it('does not hang on order, capitals, accents and signs of a title', () => {
    const key = (title: string) => offerKey(itemOf({ title, seller: 's' }))
    expect(key('Citronnier greffé, 40 cm!')).toBe(key('40 cm — GREFFE citronnier'))
  })
})

describe('two titles of one seller', () => {
  it('are wordings of one offer when some words of it were changed', () => {
    const one = wording('Monstera albo rooted cutting two leaves white')
    expect(isSameOffer(one, wording('Monstera albo rooted decor two leaves white'), checks)).toBe(true)
    expect(isSameOffer(one, wording('Seeds of tomato, fifty pieces'), checks)).toBe(false)
  })

  it('are two offers when two sellers wrote them, or they have numbers of their own', () => {
    const title = 'Monstera albo rooted cutting'
    expect(isSameOffer(wording(title), wording(title, { seller: 'Other' }), checks)).toBe(false)
    const numbered = (sku: string) => wording(title, { seller: 'Blumen Beispiel', sku })
    expect(isSameOffer(numbered('1'), numbered('2'), checks)).toBe(false)
  })

  it('stay wordings of one offer whichever third of the words is changed', () => {
    const letters = fc.stringMatching(/^[a-z]{4,8}$/)
    const titles = fc.uniqueArray(letters, { minLength: 6, maxLength: 12 })
    fc.assert(
      fc.property(titles, fc.nat(), (list, start) => {
        const changed = Math.floor(list.length / 3)
        const other = list.map((word, at) => ((at + start) % list.length < changed ? `${word}xx` : word))
        const of = (words: readonly string[]): Wording => ({ ...wording('x'), key: words.join(' '), words })
        expect(isSameOffer(of(list), of(other), checks)).toBe(list.length - changed >= checks.sameOffer * list.length)
      }),
    )
  })
})

describe('wordings among many', () => {
  it('are found as if each were compared with each', () => {
    const one = fc.record({
      seller: fc.constantFrom('a', 'b'),
      by: fc.constantFrom<Wording['by']>('sku', 'title'),
      words: fc.uniqueArray(fc.constantFrom('orchid', 'pink', 'rare', 'plant', 'seeds', 'pot'), { maxLength: 6 }),
      key: fc.constantFrom('1', '2', '3'),
    })
    const wordings = one.map((told): Wording => ({ ...told, clear: false, spoken: [] }))
    fc.assert(
      fc.property(fc.array(wordings, { maxLength: 20 }), wordings, (known, asked) => {
        const compared = known.filter((other) => isSameOffer(other, asked, checks))
        expect(wordingFinder(known, checks)(asked)).toEqual(compared)
      }),
    )
  })
})

describe('rewording one offer', () => {
  const asked = ['orchid', 'orchid pink', 'orchid pink, rare']

  it('is a signal from the number of unclear wordings on that the policy names', () => {
    expect(
      rewordingOf(
        asked.slice(0, 2).map((title) => wording(title)),
        checks,
      ),
    ).toBeNull()
    const three = asked.map((title) => wording(title))
    expect(three.map(({ clear }) => clear)).toEqual([false, false, false])
    expect(rewordingOf(three, checks)).toEqual({ wordings: 3, unclear: 3, passed: false })
  })

  it('tells that a wording passed as other goods in the end', () => {
    const list = [...asked, 'pink phone case'].map((title) => wording(title))
    expect(rewordingOf(list, checks)?.passed).toBe(true)
  })

  it('is none when the same words are checked again and again, or in another order', () => {
    const list = ['orchid flower', 'Orchid Flower', 'flower orchid', 'orchid, flower'].map((title) => wording(title))
    expect(rewordingOf(list, checks)).toBeNull()
  })

  it('leaves behind what the unclear wordings spoke of', () => {
    expect(earlierArticles(asked.map((title) => wording(title)))).toContain('plants-for-planting')
    expect(earlierArticles([wording('tomato seeds 50 pcs')])).toEqual([])
  })
})
