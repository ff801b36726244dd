import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hour, numbered } from '../../../../test/act/case.fixture.ts'
import { loadKnowledge } from '../../../knowledge/load.ts'
import { type Case, foldCase, newCase } from './case.ts'
import { climbSteps, type ParcelOfClaim } from './certificate.ts'
import { certificateEvents, claimsOf } from './certificate-events.ts'
import { compareGoods, type ExchangedCertificate, exchangeStep, matchCertificate } from './certificate-match.ts'
import { compareNumbers, fitsForm, isPlaceholder, isSameCertificate } from './certificate-number.ts'
import { type CertificateClaim, certificateSteps } from './event-inspecting.ts'

const { acting, places, words } = loadKnowledge(path.resolve(import.meta.dirname, '../../../../dist/knowledge'))
const policy = acting.certificates

const claim = (own: Partial<CertificateClaim> = {}): CertificateClaim => ({
  paper: 'phytosanitary-certificate',
  number: 'TH-PC-2026-004518',
  issuer: 'TH',
  issued: '2026-11-03',
  item: null,
  ...own,
})
const parcel: ParcelOfClaim = {
  identifiers: ['CP204816355TH'],
  dispatch: 'TH',
  destination: 'DE',
  origins: ['TH'],
  posted: '2026-11-03',
}
/** What is told of each step: `yes`, or why it fails, or why it is open. */
function told(own: Partial<CertificateClaim>, at: Partial<ParcelOfClaim> = {}): Record<string, string> {
  const steps = climbSteps(claim(own), { parcel: { ...parcel, ...at }, policy, places })
  return Object.fromEntries(
    steps.map(({ step, holds, why }) => [step, holds === true ? 'yes' : `${holds === null ? 'open' : 'no'}: ${why}`]),
  )
}

describe('the steps of a claimed certificate', () => {
  it('hold where number, issuer and day fit the parcel', () => {
    expect(told({})).toEqual({
      claimed: 'yes',
      'number-well-formed': 'yes',
      'issuer-fits': 'yes',
      'issued-in-time': 'yes',
    })
  })

  it.each([null, '', ' ', 'N/A', 'n.a.', '0', '000', 'pending', 'To follow', 'xxxx', '-', '--/--', 'none', '无'])(
    'stay open for %j: no number is not no certificate',
    (number) => {
      expect(told({ number })).toMatchObject({ claimed: 'yes' })
      expect(told({ number })['number-well-formed']).toMatch(/^open: number-(not-told|placeholder)$/)
    },
  )

  it.each([
    ['CP204816355TH', 'no: number-of-parcel'],
    ['cp 204 816 355 th', 'no: number-of-parcel'],
    ['certificate enclosed', 'no: number-without-digits'],
    ['A1', 'no: number-too-short'],
    ['1234567890'.repeat(8), 'no: number-too-long'],
    ['PC (2026) 0045', 'yes'],
  ])('tell of the number %j: %s', (number, expected) => {
    expect(told({ number })['number-well-formed']).toBe(expected)
  })

  it('know the form of a number only where a public source gives one', () => {
    expect(told({ issuer: 'NL', number: 'EU NL/12345678' }, { dispatch: 'NL', destination: 'GB' })).toMatchObject({
      'number-well-formed': 'yes',
    })
    expect(told({ issuer: 'NL', number: 'EU DE/12345678' })['number-well-formed']).toBe('no: number-not-of-issuer')
    expect(told({ issuer: 'TH', number: 'EU DE/12345678' })['number-well-formed']).toBe('yes')
    const ofSouthAfrica = { paper: 're-export-certificate', issuer: 'ZA' } as const
    expect(told({ ...ofSouthAfrica, number: 'NPPO-ZA/2026/11/4518' })['number-well-formed']).toBe('yes')
    expect(told({ ...ofSouthAfrica, number: 'ZA/4518' })['number-well-formed']).toBe('no: number-not-of-issuer')
    expect(policy.forms.every(({ source }) => source.href.startsWith('http'))).toBe(true)
  })

  it.each([
    [{ issuer: null }, {}, 'open: issuer-not-told'],
    [{ issuer: 'Atlantis' }, {}, 'open: issuer-unknown'],
    [{}, { dispatch: null }, 'open: dispatch-not-told'],
    [{ issuer: 'US' }, { dispatch: 'US-HI' }, 'yes'],
    [{ issuer: 'VN' }, { origins: ['VN'] }, 'open: issuer-of-origin'],
    [{ issuer: 'VN' }, {}, 'no: issuer-elsewhere'],
    [{ paper: 're-export-certificate', issuer: 'VN' }, { origins: ['VN'] }, 'no: issuer-elsewhere'],
    [{ paper: 'import-permit', issuer: 'DE' }, {}, 'yes'],
    [{ paper: 'import-permit', issuer: 'TH' }, {}, 'no: permit-elsewhere'],
    [{ paper: 'plant-passport', issuer: 'NL' }, {}, 'open: issuer-not-compared'],
  ] as const)('tell of the issuer: %j, parcel %j: %s', (own, at, expected) => {
    expect(told(own, at)['issuer-fits']).toBe(expected)
  })

  it.each([
    [{ issued: null }, {}, 'open: issued-not-told'],
    [{ issued: '3 November' }, {}, 'no: issued-no-day'],
    [{}, { posted: null }, 'open: posted-not-told'],
    [{ issued: '2026-11-04' }, {}, 'no: issued-after-posting'],
    [{ issued: '2026-10-20' }, {}, 'yes'],
    [{ issued: '2026-10-19' }, {}, 'no: issued-too-early'],
    [{ issued: '2026-10-19' }, { destination: 'XI' }, 'no: issued-too-early'],
    [{ issued: '2026-10-19' }, { destination: 'CA' }, 'no: issued-too-early'],
    [{ issued: '2025-10-19' }, { destination: 'GB' }, 'yes'],
    [{ paper: 'import-permit', issued: '2025-10-19' }, {}, 'yes'],
  ] as const)('tell of the day of issue: %j, parcel %j: %s', (own, at, expected) => {
    expect(told(own, at)['issued-in-time']).toBe(expected)
  })

  it('never throw, and have a sentence for whatever they tell', () => {
    const text = fc.option(fc.oneof(fc.string(), fc.constantFrom('TH', 'DE', '2026-11-03', 'EU NL/1', 'n/a')))
    fc.assert(
      fc.property(fc.tuple(text, text, text, text, text), ([number, issuer, issued, dispatch, posted]) => {
        const climbing = { parcel: { ...parcel, dispatch, posted }, policy, places }
        const steps = climbSteps(claim({ number, issuer, issued }), climbing)
        expect(steps.map(({ step }) => step)).toEqual(certificateSteps.slice(0, 4))
        for (const { why } of steps) if (why !== null) expect(words[`certificate-why.${why}`]).toBeTypeOf('string')
      }),
    )
  })
})

describe('the events of claimed papers', () => {
  const documents = [
    { kind: 'phytosanitary-certificate', number: 'TH-PC-2026-004518', issuer: 'TH' },
    { kind: 'phytosanitary-certificate', number: 'th pc 2026 004518' },
    { kind: 'import-permit', number: null },
  ] as const
  const climbing = { parcel, policy, places }
  const stepsOf = (state: Case, claims = claimsOf(documents)) =>
    certificateEvents(state, claims, climbing).map(({ certificate, step, holds }) => [certificate.paper, step, holds])

  it('tell what holds and what fails, and nothing of what cannot be told', () => {
    expect(stepsOf(newCase())).toEqual([
      ['phytosanitary-certificate', 'claimed', true],
      ['phytosanitary-certificate', 'number-well-formed', true],
      ['phytosanitary-certificate', 'issuer-fits', true],
      ['import-permit', 'claimed', true],
    ])
  })

  it('are told once, and again when something else is to be told', () => {
    const bodies = certificateEvents(newCase(), claimsOf(documents), climbing)
    const log = numbered(...bodies.map((body) => ['system', body] as const))
    const state = foldCase(log)
    expect(stepsOf(state)).toEqual([])
    const later = claimsOf([
      { kind: 'phytosanitary-certificate', number: 'TH-PC-2026-004518', issuer: 'VN', issuedOn: '2026-11-09' },
    ])
    expect(stepsOf(state, later)).toEqual([
      ['phytosanitary-certificate', 'issuer-fits', false],
      ['phytosanitary-certificate', 'issued-in-time', false],
    ])
  })

  it('never contradict a person', () => {
    const [claimed] = certificateEvents(newCase(), claimsOf(documents), climbing)
    if (claimed === undefined) throw new Error('no event')
    const seen = { ...claimed, step: 'issuer-fits', holds: false, why: null } as const
    const state = foldCase(numbered(['system', claimed], ['person:ines', seen]))
    expect(stepsOf(state).map(([, step]) => step)).not.toContain('issuer-fits')
    const machine = foldCase([{ seq: 3, at: hour(3), actor: 'system', body: { ...seen, holds: true } }], state)
    expect(machine.certificates).toEqual(state.certificates)
  })
})

describe('numbers', () => {
  it.each([
    ['TH-PC-2026-004518', 'th pc 2026/004518', 'same'],
    ['TH-PC-2026-OO4518', 'TH-PC-2026-004518', 'looks-alike'],
    ['GBCHD2026.4518332', 'CHEDPP.GB.2026.4518332', 'same-ending'],
    ['4518332R', 'CHEDPP.GB.2026.4518332', 'same-ending'],
    ['TH-PC-2026-004518', 'VN-PC-2026-004518', 'different'],
    ['004518', '004518X', 'different'],
    ['', '', 'different'],
  ])('%j and %j: %s', (one, other, expected) => {
    expect(compareNumbers(one, other)).toBe(expected)
    expect(compareNumbers(other, one)).toBe(expected)
  })

  it('are told from words that people write in their place', () => {
    expect(isPlaceholder('Not-Applicable', policy)).toBe(true)
    expect(isPlaceholder('NA-0045-18', policy)).toBe(false)
  })

  it('are of the same certificate however they are written', () => {
    expect(isSameCertificate(claim(), claim({ number: 'th.pc.2026.004518', issuer: null }))).toBe(true)
    expect(isSameCertificate(claim(), claim({ item: 2 }))).toBe(false)
  })

  it('fit a form in no more time than they are long', () => {
    expect(fitsForm(`${'A'.repeat(20_000)}!`, 'EU{issuer}/*', 'NL')).toBe(false)
  })
})

describe('looking for a certificate in the exchange', () => {
  const exchanged: ExchangedCertificate = {
    number: 'TH-PC-2026-004518',
    issuer: 'TH',
    importer: 'DE',
    status: 'issued',
    goods: [],
  }
  const look = (own: Partial<CertificateClaim>, ...others: ExchangedCertificate[]) =>
    exchangeStep(matchCertificate(claim(own), [exchanged, ...others], { parcel, policy }))

  it('finds the same number of the same issuer for the same destination', () => {
    expect(look({})).toMatchObject({ holds: true })
    expect(look({ number: 'TH PC 2026 004518', issuer: null })).toMatchObject({ holds: true })
  })

  it('takes what only looks alike or ends alike for a candidate', () => {
    const other = { ...exchanged, number: 'CHEDPP.TH.2026.4518332' }
    expect(look({ number: 'TH-PC-2026-OO4518' })).toMatchObject({ holds: null, why: 'candidate' })
    expect(look({ number: '4518332' }, other)).toMatchObject({ holds: null, why: 'candidate' })
    expect(look({ number: '4518332', issuer: 'VN' }, other)).toMatchObject({ holds: null, why: 'not-in-our-copy' })
  })

  it('takes what is not in the copy for no evidence against it, and a withdrawn one for what it is', () => {
    expect(look({ number: 'TH-PC-2026-999999' })).toMatchObject({ holds: null, why: 'not-in-our-copy' })
    expect(look({ number: 'pending' })).toMatchObject({ holds: null, why: 'number-not-told' })
    const withdrawn = [{ ...exchanged, status: 'withdrawn' }] as const
    expect(exchangeStep(matchCertificate(claim(), withdrawn, { parcel, policy }))).toMatchObject({
      holds: false,
      why: 'certificate-withdrawn',
    })
  })
})

describe('goods beside their certificate', () => {
  const phalaenopsis = {
    item: 1,
    taxon: { name: 'Phalaenopsis amabilis', genus: 'Phalaenopsis' },
    hs: '06029070',
    grams: 1450,
  }
  const certified = { scientificNames: ['Phalaenopsis amabilis'], hs: '060290', grams: 1450 }

  it('agree by species or genus, heading and weight', () => {
    expect(compareGoods([phalaenopsis], [certified], 0.05)).toEqual([])
    expect(compareGoods([phalaenopsis], [{ ...certified, scientificNames: ['Phalaenopsis spp.'] }], 0.05)).toEqual([])
    const genus = { ...phalaenopsis, taxon: { name: 'Phalaenopsis', genus: 'Phalaenopsis' } }
    expect(compareGoods([genus], [certified], 0.05)).toEqual([])
    expect(compareGoods([phalaenopsis], [{ scientificNames: [], hs: null, grams: null }], 0.05)).toEqual([])
  })

  it('differ by what the certificate does not name', () => {
    const vanda = { ...phalaenopsis, taxon: { name: 'Vanda coerulea', genus: 'Vanda' }, hs: '0601', grams: 2000 }
    const differences = compareGoods([vanda], [certified], 0.05)
    expect(differences.map(({ why }) => why)).toEqual(['taxon', 'heading', 'weight'])
    for (const { why } of differences) expect(words[`goods-differ.${why}`]).toBeTypeOf('string')
  })
})
