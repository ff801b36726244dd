/** The yes/no facts of an item's state, in the order of packed tables. */
export const stateFacts = [
  'fresh',
  'dried',
  'ground',
  'frozen',
  'roasted',
  'leaves',
  'flowers',
  'fruit',
  'dormant',
  'rooted',
  'grafted',
  'dwarfed',
  'in-medium',
  'unused',
  'bare-root',
  'peat-or-coir',
  'preserved',
  'cooked',
  'shelled',
  'coated',
  'sterilised',
  'bark-free',
  'commercial',
] as const
export type StateFact = (typeof stateFacts)[number]

/** The numbers law tests, in the order of packed tables. */
export const numberFacts = [
  'ageYears',
  'stemMillimetres',
  'heightCentimetres',
  'grams',
  'pieces',
  'packets',
  'piecesPerPacket',
  'gramsPerPacket',
  'euros',
] as const
export type NumberFact = (typeof numberFacts)[number]

/** The part of the plant that an item is. */
export const parts = ['fruit', 'leaf', 'root', 'tuber', 'bulb', 'stem', 'flower', 'seed', 'bark', 'branch'] as const
export type Part = (typeof parts)[number]

/** What an item is for (ISPM 5, intended use). */
export const uses = ['planting', 'consumption', 'decorative', 'other'] as const
export type Use = (typeof uses)[number]

/** Yes, no or not told, for each fact of state; numbers or null. */
export type State = { readonly [K in StateFact]: boolean | null } & { readonly [K in NumberFact]: number | null }

/** A state of which nothing is known. */
export function unknownState(): { -readonly [K in keyof State]: State[K] } {
  return {
    fresh: null,
    dried: null,
    ground: null,
    frozen: null,
    roasted: null,
    leaves: null,
    flowers: null,
    fruit: null,
    dormant: null,
    rooted: null,
    grafted: null,
    dwarfed: null,
    'in-medium': null,
    unused: null,
    'bare-root': null,
    'peat-or-coir': null,
    preserved: null,
    cooked: null,
    shelled: null,
    coated: null,
    sterilised: null,
    'bark-free': null,
    commercial: null,
    ageYears: null,
    stemMillimetres: null,
    heightCentimetres: null,
    grams: null,
    pieces: null,
    packets: null,
    piecesPerPacket: null,
    gramsPerPacket: null,
    euros: null,
  }
}
