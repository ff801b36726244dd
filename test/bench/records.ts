/** A small seeded generator (mulberry32): the same records on every machine. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const makers = [
  'Acme',
  'Lumio',
  'Nordik',
  'Velvra',
  'Kaito',
  'Brixon',
  'Solaria',
  'Pentagon',
  'Mirelle',
  'Tobi',
  'Ostra',
  'Quanta',
  'Fenwick',
  'Zephyra',
]
const looks = [
  'black',
  'rose gold',
  'mint green',
  'leopard print',
  'floral pattern',
  'vintage',
  'matt white',
  'cherry red',
  'lavender scented',
  'bamboo',
  'XL',
  'for women',
  'for kids',
  'wireless',
  'rechargeable',
  'stainless steel',
]
const goods = [
  ['phone case', '392690'],
  ['running shoes', '640411'],
  ['summer dress', '620442'],
  ['ring', '711319'],
  ['mechanical keyboard', '847160'],
  ['usb c cable', '854442'],
  ['scented candle', '340600'],
  ['soap bar', '340111'],
  ['t shirt', '610910'],
  ['coffee mug', '691110'],
  ['led lamp', '940521'],
  ['toy car', '950300'],
  ['notebook', '482010'],
  ['backpack', '420292'],
  ['sunglasses', '900410'],
  ['headphones', '851830'],
  ['kitchen knife', '821192'],
  ['face cream', '330499'],
  ['yoga mat', '950691'],
  ['bracelet', '711719'],
  ['curtain', '630392'],
  ['drill bit set', '820750'],
  ['plant pot', '691390'],
  ['water bottle', '392330'],
  ['robe en coton', '620442'],
  ['bague en argent', '711311'],
  ['coque de téléphone', '392690'],
  ['zapatos', '640399'],
  ['funda para móvil', '392690'],
  ['pulsera', '711719'],
  ['Handyhülle', '392690'],
  ['Halskette', '711719'],
  ['Kinderspielzeug', '950300'],
  ['手机壳', '392690'],
  ['连衣裙', '620442'],
  ['耳机', '851830'],
  ['玩具', '950300'],
  ['gift', null],
  ['sample', null],
  ['accessories', null],
] as const
const plants = [
  ['monstera deliciosa seeds', '120999'],
  ['tomato seeds', '120991'],
  ['mixed succulent cuttings', '060210'],
  ['tulip bulbs', '060110'],
  ['bare root rose', '060240'],
  ['phalaenopsis orchid plants', '060290'],
  ['fresh kaffir lime leaves', '070999'],
  ['dried lavender flowers', '121190'],
  ['mango fruit', '080450'],
  ['acer palmatum sapling', '060290'],
  ['graines de courge', '120991'],
  ['bulbes de lys', '060110'],
  ['boutures de figuier', '060210'],
  ['semillas de chile', '120991'],
  ['esquejes de geranio', '060210'],
  ['Tomatensamen', '120991'],
  ['Blumenzwiebeln Tulpe', '060110'],
  ['番茄种子', '120991'],
  ['多肉植物', '060290'],
  ['月季花苗', '060240'],
  ['potting soil', '253090'],
  ['oak bark', '140490'],
] as const
const places = ['CN', 'TH', 'US', 'IN', 'TR', 'GB', 'JP', 'KE', 'VN', 'ID', 'UA', 'MX', 'ZA', 'NL', 'ES']
const ways = ['SALE OF GOODS', 'GIFT', 'COMMERCIAL SAMPLE', 'OTHER']

/** One full CN23 record as a line of NDJSON; one in seven holds a plant article. People and addresses are invented. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one record, written out as it is sent
export function record(random: () => number, number: number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const isPlant = number % 7 === 3
  const [what, hs] = isPlant ? pick(plants) : pick(goods)
  const description = isPlant
    ? `${1 + Math.floor(random() * 100)} pcs ${what} ${pick(makers)}`
    : `${pick(makers)} ${what} ${pick(looks)} ${Math.floor(random() * 900) + 100}${random() < 0.3 ? ' pcs' : ''}`
  const from = pick(places)
  const digits = String(10_000_000 + Math.floor(random() * 89_999_999))
  const parcel = {
    ids: {
      s10: `CP${digits}${checkDigit(digits)}${from}`,
      s10CheckOk: true,
      receptacle: `${from}BKKAGBLONACCN600170010${digits}`,
      houseBill: null,
      masterBill: null,
      customsMrn: null,
      lrn: null,
    },
    source: {
      format: 'cn23-json',
      version: '1',
      receivedAt: '2026-11-03T14:20:00Z',
      sha256: digits.repeat(8),
      recordIndex: number,
    },
    stage: pick(['posted', 'arrived', 'pre-departure']),
    mailClass: 'C',
    transportMode: 'air',
    transportDate: '2026-11-03',
    postingDate: '2026-11-03',
    route: { dispatchCountry: from, destinationCountry: random() < 0.7 ? 'FR' : 'GB', transitCountries: [] },
    nature: { code: 'SALE_OF_GOODS', raw: pick(ways), upu136: '11' },
    sender: {
      name: `${pick(makers)} Trading Co Ltd`,
      address: {
        lines: [`${number % 900} Invented Road`, 'Unit 9'],
        city: 'Nakhon Example',
        postcode: '73000',
        country: from,
      },
    },
    recipient: {
      name: `Alex Example ${number}`,
      address: { lines: [`${number % 300} Sample Street`], city: 'Exampleton', postcode: '99999', country: 'FR' },
      email: 'alex@example.com',
    },
    grossWeightKg: '2.710',
    totalValue: { amount: '110.00', currency: 'USD', basis: 'sum-of-lines' },
    postage: { amount: '31.50', currency: 'USD' },
    documents:
      isPlant && random() < 0.2
        ? [
            {
              kind: 'phytosanitary-certificate',
              rawKind: 'CERTIFICATE',
              number: `${from}-PC-2026-${digits}`,
              normalised: `${from}PC2026${digits}`,
              level: 'item',
            },
          ]
        : [],
    declaredRestriction: null,
    lines: [
      {
        index: 1,
        description: { raw: description, lang: null },
        quantity: { value: '12', unit: 'C62' },
        netWeightKg: '1.450',
        weightBasis: 'line',
        value: { amount: '96.00', currency: 'USD', basis: 'line' },
        hs: hs === null ? null : { raw: hs, digits: 6, system: 'HS' },
        originCountry: random() < 0.8 ? from : null,
        path: 'lines[0]',
      },
    ],
    dataQuality: [{ code: 'ADDRESS_SHORT', path: 'recipient' }],
  }
  return JSON.stringify({ parcel })
}

function checkDigit(digits: string): number {
  const sum = [8, 6, 4, 2, 3, 5, 9, 7].reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
  const check = 11 - (sum % 11)
  return check === 10 ? 0 : check === 11 ? 5 : check
}
