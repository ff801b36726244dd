import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPlaces } from '../../knowledge/places.ts'
import { readSources } from '../../knowledge/sources.ts'
import type { Parcel, Problem } from '../parcel/parcel.ts'
import type { Places } from '../parcel/places.ts'
import { type Party, personalFields, roles } from './party.ts'
import { read } from './read.ts'
import { type Reduced, reduce } from './reduce.ts'

const codes = ['FR', 'CN', 'GB', 'XI', 'ES', 'IC', 'US', 'US-HI', 'AU', 'AU-WA']
const places: Places = {
  codes,
  names: [
    'France',
    'China',
    'United Kingdom',
    'Northern Ireland',
    'Spain',
    'Canary Islands',
    'United States',
    'Hawaii',
    'Australia',
    'Western Australia',
  ],
  partOf: [-1, -1, -1, -1, -1, -1, -1, 6, -1, 8],
  numberOf: { ...Object.fromEntries(codes.map((code, at) => [code, at] as const)), UK: 2, 'GB-NIR': 3 },
  zones: [
    { country: 'GB', postcode: 'BT', zone: 'XI' },
    { country: 'ES', postcode: '35', zone: 'IC' },
    { country: 'US', postcode: '967', zone: 'US-HI' },
  ],
}
/** A stand-in for the keyed hash that shows what was hashed no more than a hash would. */
const pseudonym = (text: string): string =>
  `p${[...text].reduce((sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0)) % 1e9, 7)}`
const reduced = (raw: unknown): Reduced => reduce(raw, places, pseudonym)
const content = (raw: unknown) =>
  reduced(raw).content as {
    readonly route: { readonly destinationCountry: string }
    readonly parties: Readonly<Record<string, Party>>
  }

describe('reducing a message', () => {
  it('takes people out, and keeps a pseudonym, the country and the zone that law names', () => {
    const { content, people } = reduced({
      parcel: {
        ids: { s10: 'CP204816355TH' },
        route: { dispatchCountry: 'CN', destinationCountry: 'GB' },
        sender: { name: 'Invented Orchid Nursery', address: { city: 'Nowhere', postcode: '73000', country: 'CN' } },
        recipient: {
          name: 'Alex Example',
          email: 'alex@example.com',
          address: { lines: ['1 Sample Street'], postcode: 'BT1 1AA', country: 'GB' },
        },
        lines: [{ description: { raw: 'orchids' } }],
      },
    })
    expect(content).toEqual({
      ids: { s10: 'CP204816355TH' },
      route: { dispatchCountry: 'CN', destinationCountry: 'XI' },
      parties: {
        sender: {
          pseudonym: expect.stringMatching(/^p\d+$/),
          country: 'CN',
          naturalPerson: null,
          placingOnTheMarket: null,
        },
        addressee: {
          pseudonym: expect.stringMatching(/^p\d+$/),
          country: 'GB',
          zone: 'XI',
          naturalPerson: null,
          placingOnTheMarket: null,
        },
      },
      lines: [{ description: { raw: 'orchids' } }],
    })
    expect(people).toEqual({
      sender: { name: 'Invented Orchid Nursery', address: { city: 'Nowhere', postcode: '73000', country: 'CN' } },
      addressee: {
        name: 'Alex Example',
        email: 'alex@example.com',
        address: { lines: ['1 Sample Street'], postcode: 'BT1 1AA', country: 'GB' },
      },
    })
  })

  it.each([
    ['GB', { postcode: 'bt7 1aa' }, 'XI'],
    ['GB', { county: 'Northern Ireland' }, 'XI'],
    ['ES', { postcode: '35 001' }, 'IC'],
    ['US', { state: 'HI' }, 'US-HI'],
    ['US', { region: 'hawaii' }, 'US-HI'],
    ['US', { postcode: 96701 }, 'US-HI'],
    ['AU', { state: 'WA' }, 'AU-WA'],
    ['AU', { province: 'Western Australia' }, 'AU-WA'],
    ['AU', { state: 'NSW' }, 'AU'],
    ['FR', { postcode: 'BT1' }, 'FR'],
  ])('finds that an address in %s with %o lies in %s', (country, address, zone) => {
    const raw = { route: { destinationCountry: country }, addressee: { address }, lines: [{ description: 'seeds' }] }
    expect(content(raw).route.destinationCountry).toBe(zone)
    expect(read(raw, 1, places).route.destination).toBe(zone)
  })

  it('gives one pseudonym to one sender in whatever role, case, spacing and punctuation', () => {
    const of = (role: string, party: object): unknown =>
      content({ parties: { [role]: party } }).parties[role]?.pseudonym
    const first = of('sender', { name: 'Straße & Söhne Ltd.', address: { postcode: 'ab1 2cd', country: 'GB' } })
    expect(of('seller', { name: ' STRASSE &  SÖHNE LTD', address: { postcode: 'AB12CD', country: 'UK' } })).toBe(first)
    expect(of('sender', { name: 'Ｓtraße Söhne Ltd', country: 'GB', postcode: 'AB1-2CD' })).toBe(first)
    expect(of('sender', { name: 'Straße & Söhne Ltd.', address: { postcode: 'AB1 2CE', country: 'GB' } })).not.toBe(
      first,
    )
    expect(of('sender', { name: 'Strasse Sohne Ltd.', address: { postcode: 'AB1 2CD', country: 'GB' } })).not.toBe(
      first,
    )
  })

  it('leaves unknown what nobody told, and invents no person', () => {
    expect(content({ parties: { importer: { country: 'FR' } } }).parties['importer']).toEqual({
      pseudonym: null,
      country: 'FR',
      naturalPerson: null,
      placingOnTheMarket: null,
    })
    expect(
      content({ parties: { addressee: { naturalPerson: true, placingOnTheMarket: false, kind: 'private-person' } } })[
        'parties'
      ].addressee,
    ).toEqual({
      pseudonym: null,
      country: null,
      naturalPerson: true,
      placingOnTheMarket: false,
      kind: 'private-person',
    })
    expect(reduced({ lines: [{ description: 'seeds' }] }).people).toBeNull()
  })

  it('lets a marketplace keep the name of its organisation, and an operator only where it is one', () => {
    const parties = content({ parties: { marketplace: { name: 'Example Market' }, operator: { name: 'Kim Sample' } } })[
      'parties'
    ]
    expect(parties['marketplace']?.organisation).toBe('Example Market')
    expect(parties['operator']?.organisation).toBeUndefined()
    expect(content({ operator: { name: 'Sample Air', naturalPerson: false } }).parties['operator']?.organisation).toBe(
      'Sample Air',
    )
  })

  it('names a parcel by all its identifiers, the first as the answer calls it', () => {
    expect(reduced({ ids: { s10: ' rr 123 456 785 gb', customsMrn: '26GB1', orderNumber: '7' } }).identifiers).toEqual([
      { kind: 's10', value: 'RR123456785GB' },
      { kind: 'customsMrn', value: '26GB1' },
    ])
    expect(reduced({ ids: { trackingNumber: 'CP204816355TH' } }).identifiers).toEqual([
      { kind: 's10', value: 'CP204816355TH' },
    ])
    expect(reduced({ ids: { trackingNumber: 'ab-1' } }).identifiers).toEqual([
      { kind: 'trackingNumber', value: 'AB-1' },
    ])
  })

  it('tells a field that looks misspelt and drops all others without a word', () => {
    const raw = {
      route: { destination_country: 'FR' },
      garden: 'x',
      lines: [{ discription: 'seeds', hs: '1209', colour: 'red' }],
    }
    const { problems } = reduced(raw)
    expect(problems).toEqual([
      {
        kind: 'field-misspelt',
        at: 'route.destinationCountry',
        facts: { found: 'destination_country', meant: 'destinationCountry' },
      },
      { kind: 'field-misspelt', at: 'lines[0].description', facts: { found: 'discription', meant: 'description' } },
    ])
    expect(read(content(raw), 1, places).problems).toEqual(expect.arrayContaining([...problems]))
    expect(JSON.stringify(content(raw))).not.toContain('red')
  })

  it('shows no address in a problem', () => {
    const raw = { recipient: { address: { country: '1 Sample Street' } }, lines: [{ description: 'seeds' }] }
    expect(JSON.stringify(reduced(raw).problems)).not.toContain('Sample')
    expect(JSON.stringify(content(raw))).not.toContain('Sample')
  })

  it('keeps claimed papers, codes of partners, receipts, and drops how and when a message came', () => {
    const raw = {
      source: { receivedAt: '2026-11-16T09:00:00Z', recordIndex: 3 },
      documents: [
        { kind: 'phytosanitary-certificate', number: 'TH-1', issuer: 'TH', issuedOn: '2026-10-01', note: 'x' },
      ],
      codes: ['7H', { system: 'PACT', code: 'RI', at: '2026-11-16', note: 'x' }, { note: 'x' }],
      receipt: 'GL-8K2',
      lines: [{ description: 'seeds', receipt: { id: 'GL-9', jws: 'a.b.c', note: 'x' } }],
    }
    expect(content(raw)).toEqual({
      route: {},
      documents: [{ kind: 'phytosanitary-certificate', number: 'TH-1', issuer: 'TH', issuedOn: '2026-10-01' }],
      codes: [{ code: '7H' }, { system: 'PACT', code: 'RI', at: '2026-11-16' }],
      receipt: 'GL-8K2',
      lines: [{ description: 'seeds', receipt: { id: 'GL-9', jws: 'a.b.c' } }],
    })
  })
})

const value = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'FR',
      'GB',
      'ZZ',
      '1.5',
      '1,500',
      '-2',
      'unit',
      'line',
      'posted',
      'EUR',
      '12O9',
      '120991',
      'CP204816355TH',
      'BT1 1AA',
      '35001',
      'HI',
      '',
      ' ',
    ),
  },
  fc.jsonValue({ maxDepth: 1 }),
)
const fields = (names: readonly string[]) => fc.dictionary(fc.constantFrom(...names), value, { maxKeys: names.length })
const amount = fc.oneof(value, fields(['value', 'amount', 'unit', 'currency', 'basis']))
const line = fc.record(
  {
    description: fc.oneof(value, fields(['raw', 'lang'])),
    hs: fc.oneof(value, fields(['raw', 'digits'])),
    category: fc.oneof(value, fc.array(value, { maxLength: 3 }), fields(['raw', 'path', 'id'])),
    originCountry: value,
    quantity: amount,
    netWeightKg: amount,
    weightBasis: value,
    value: fc.oneof(value, fc.record({ amount, currency: value, basis: value }, { requiredKeys: [] })),
  },
  { requiredKeys: [] },
)
const address = fields(['postcode', 'state', 'city', 'zone']).chain((rest) =>
  fc
    .constantFrom('GB', 'ES', 'US', 'AU', 'XX', undefined)
    .map((country) => (country === undefined ? rest : { ...rest, country })),
)
const party = fc.oneof(
  value,
  fc.record({ address, kind: fc.constantFrom('trader', 'private-person', 'x'), name: value }, { requiredKeys: [] }),
)
const record = fc
  .record(
    {
      ids: fc.oneof(value, fields(['s10', 'houseBill', 'customsMrn', 'lrn', 'trackingNumber'])),
      stage: value,
      mailClass: value,
      route: fc.oneof(
        value,
        fc.record(
          { dispatchCountry: value, destinationCountry: value, transitCountries: fc.oneof(value, fc.array(value)) },
          { requiredKeys: [] },
        ),
      ),
      recipient: party,
      parties: fc.oneof(value, fc.record({ addressee: party, seller: party }, { requiredKeys: [] })),
      grossWeightKg: amount,
      documents: fc.oneof(value, fc.array(fc.oneof(value, fields(['kind', 'number'])), { maxLength: 3 })),
      lines: fc.oneof(value, fc.array(fc.oneof({ weight: 5, arbitrary: line }, value), { maxLength: 3 })),
    },
    { requiredKeys: [] },
  )
  .chain((own) =>
    fc.oneof(
      { weight: 3, arbitrary: fc.constant<unknown>(own) },
      line.map((flat): unknown => ({ ...own, ...flat })),
    ),
  )

/** A parcel but for what reducing alone tells: parties that nobody reads, names of fields. */
function withoutPeople(parcel: Parcel): Parcel {
  const rest = ({ kind }: Problem) => kind !== 'field-misspelt' && kind !== 'party-unreadable'
  const key = (problem: Problem) => JSON.stringify(problem)
  return { ...parcel, problems: parcel.problems.filter(rest).sort((one, other) => (key(one) < key(other) ? -1 : 1)) }
}

describe('the content of a message', () => {
  it('is read as the same parcel as the message, for the sample consignments', () => {
    const world = readPlaces(readSources(fileURLToPath(new URL('../../../knowledge', import.meta.url))), [])
    const samples = readFileSync(new URL('../../../knowledge/samples/consignments.ndjson', import.meta.url), 'utf8')
    for (const text of samples.trim().split('\n')) {
      const raw = JSON.parse(text)
      const { content } = reduce(raw, world, pseudonym)
      expect(read(JSON.parse(JSON.stringify(content)), 1, world)).toEqual(read(raw, 1, world))
    }
  })

  it('is read as the same parcel as the message, for any message', () => {
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: record }, fc.jsonValue()), (raw) => {
        const again = JSON.parse(JSON.stringify(reduced(raw).content))
        expect(withoutPeople(read(again, 1, places))).toEqual(withoutPeople(read(raw, 1, places)))
      }),
      { numRuns: 3000 },
    )
  })

  it('has one text, in whatever order and with whatever unknown fields the message came', () => {
    const turned = (raw: unknown): unknown => {
      if (Array.isArray(raw)) return raw.map(turned)
      if (typeof raw !== 'object' || raw === null) return raw
      const entries = Object.entries(raw).reverse()
      return { ...Object.fromEntries(entries.map(([field, inner]) => [field, turned(inner)])), zzzzzz: 1 }
    }
    fc.assert(
      fc.property(record, (raw) => {
        expect(JSON.stringify(reduced({ parcel: turned(raw) }).content)).toBe(JSON.stringify(reduced(raw).content))
      }),
    )
  })

  it('holds nothing personal of any party, nor of any field that is not known', () => {
    const secret = fc.stringMatching(/^Qz[a-z0-9@.+ ]{6,20}$/)
    const place = fc.constantFrom(...personalFields, 'country', 'kind', 'naturalPerson', 'zone', 'note', 'facebook')
    const person = fc.oneof(
      secret,
      fc.dictionary(place, fc.oneof(secret, fc.array(secret, { maxLength: 2 }), fc.dictionary(place, secret))),
    )
    const everywhere = fc.constantFrom(
      ...roles.filter((role) => role !== 'marketplace' && role !== 'operator'),
      'recipient',
      'buyer',
      'contact',
      'remarks',
      'problems',
      'people',
    )
    fc.assert(
      fc.property(fc.dictionary(everywhere, person), fc.dictionary(everywhere, person), person, (top, under, noise) => {
        const raw = {
          ...top,
          parties: { ...under, operator: { name: noise, address: noise, telephone: noise } },
          ids: { s10: 'CP204816355TH', holder: noise },
          route: { destinationCountry: 'GB', via: noise },
          nature: { code: '11', raw: noise },
          documents: [{ kind: noise, holder: noise, number: '1' }],
          codes: [{ code: 'RI', text: noise }],
          lines: [{ description: 'seeds', note: noise }],
        }
        const { content, problems } = reduced(raw)
        expect(JSON.stringify([content, problems])).not.toMatch(/Qz|qz/)
        expect(JSON.stringify(read(content, 1, places))).not.toMatch(/Qz|qz/)
      }),
      { numRuns: 1000 },
    )
  })
})
