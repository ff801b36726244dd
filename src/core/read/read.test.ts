import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Places } from '../parcel/places.ts'
import { noDefaults, read } from './read.ts'

const codes = ['FR', 'CN', 'GB', 'XI', 'ES', 'IC', 'DE', 'TH']
const places: Places = {
  codes,
  names: codes,
  partOf: codes.map(() => -1),
  numberOf: Object.fromEntries([...codes.map((code, at) => [code, at] as const), ['UK', 2]]),
  zones: [
    { country: 'GB', postcode: 'BT', zone: 'XI' },
    { country: 'ES', postcode: '35', zone: 'IC' },
  ],
}
const kinds = (value: unknown, defaults = noDefaults): string[] =>
  read(value, 1, places, defaults).problems.map(({ kind }) => kind)

describe('reading a record', () => {
  it('takes a record with its wrapper and without it', () => {
    const bare = { lines: [{ description: { raw: 'tulip bulbs' }, originCountry: 'CN' }] }
    expect(read({ parcel: bare }, 1, places)).toEqual(read(bare, 1, places))
  })

  it('needs nothing but a description', () => {
    const parcel = read({ lines: [{ description: { raw: 'tulip bulbs' } }] }, 7, places)
    expect(parcel).toMatchObject({ id: null, line: 7, readable: true, route: { dispatch: null, destination: null } })
    expect(parcel.problems).toEqual([])
    expect(parcel.lines[0]).toMatchObject({ description: 'tulip bulbs', hs: null, origin: null })
  })

  it('never takes the country of dispatch for the origin', () => {
    const parcel = read({ route: { dispatchCountry: 'CN' }, lines: [{ description: 'seeds' }] }, 1, places)
    expect(parcel.lines[0]?.origin).toBeNull()
  })

  it("lets the record's own destination win over the command's, and says so", () => {
    const parcel = read({ route: { destinationCountry: 'DE' }, lines: [{ description: 'seeds' }] }, 1, places, {
      ...noDefaults,
      destination: 'FR',
    })
    expect(parcel.route.destination).toBe('DE')
    expect(parcel.problems).toEqual([
      { kind: 'destination-differs', at: 'route.destinationCountry', facts: { record: 'DE', given: 'FR' } },
    ])
  })

  it('reads a Belfast address as Northern Ireland and Las Palmas as the Canary Islands', () => {
    const to = (country: string, postcode: string): string | null =>
      read({ recipient: { address: { country, postcode } }, lines: [{ description: 'seeds' }] }, 1, places).route
        .destination
    expect(to('GB', 'BT1 1AA')).toBe('XI')
    expect(to('ES', '35001')).toBe('IC')
    expect(to('GB', 'SW1A 1AA')).toBe('GB')
  })

  it('tells each fault with its place and reads on', () => {
    const parcel = read(
      {
        ids: { s10: 'CP001020301BR' },
        route: { dispatchCountry: 'ZZ' },
        lines: [
          { description: { raw: 'seeds' }, hs: { raw: '12O9' }, netWeightKg: '-1', originCountry: 'QQ' },
          { description: { raw: '' } },
          'nonsense',
        ],
      },
      1,
      places,
    )
    expect(parcel.problems.map(({ kind, at }) => `${at} ${kind}`).sort()).toEqual([
      'ids.s10 s10-check-digit',
      'lines[0].hs hs-not-digits',
      'lines[0].netWeightKg negative',
      'lines[0].originCountry country-unknown',
      'lines[1].description.raw description-missing',
      'lines[2] line-not-an-object',
      'lines[2].description description-missing',
      'route.dispatchCountry country-unknown',
    ])
    expect(parcel.lines).toHaveLength(3)
  })

  it('takes weights in kilograms by line, or by unit where the record says so', () => {
    const grams = (line: object): number | null | undefined =>
      read({ lines: [{ description: 'seeds', ...line }] }, 1, places).lines[0]?.grams
    expect(grams({ netWeightKg: '0.5' })).toBe(500)
    expect(grams({ netWeightKg: '0.5', weightBasis: 'unit', quantity: { value: '3' } })).toBe(1500)
    expect(grams({ netWeightKg: '0.5', weightBasis: 'unit' })).toBeNull()
    expect(kinds({ grossWeightKg: '1', lines: [{ description: 'seeds', netWeightKg: '2' }] })).toEqual([
      'net-over-gross',
    ])
  })

  it('finds control characters, half characters and damaged text', () => {
    expect(kinds({ lines: [{ description: 'se\u0007eds' }] })).toEqual(['control-characters'])
    expect(kinds({ lines: [{ description: 'seeds \ud83c' }] })).toEqual(['text-not-well-formed'])
    expect(kinds({ lines: [{ description: 's\ufffdeds' }] })).toEqual(['text-damaged'])
    expect(kinds({ lines: [{ description: 'seeds\u2028bulbs' }] })).toEqual([])
  })

  it('never throws, whatever the record is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const parcel = read(value, 1, places)
        expect(parcel.line).toBe(1)
        if (parcel.lines.length === 0) expect(parcel.problems.length).toBeGreaterThan(0)
      }),
    )
  })
})
