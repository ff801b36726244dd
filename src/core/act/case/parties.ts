/** Who takes part in a parcel's way and can be asked, answer, or be told. Each may be absent. */
export const parties = [
  'seller',
  'marketplace',
  'dispatcher',
  'sender',
  'declarant',
  'ioss-holder',
  'addressee',
  'importer',
  'operator',
  'post',
  'courier',
  'customs',
  'exporting-authority',
] as const
export type Party = (typeof parties)[number]
