/** What a column of an imported table holds. */
export const fields = [
  'id',
  'name',
  'authorship',
  'rank',
  'status',
  'acceptedId',
  'acceptedName',
  'parentId',
  'family',
  'kingdom',
  'vernacular',
  'language',
  'eppo',
  'country',
  'invasive',
  'nameId',
  'taxonId',
  'genus',
  'specificEpithet',
  'infraspecificEpithet',
  'preferred',
  'datatype',
] as const
export type Field = (typeof fields)[number]

/** Position of each field that a table has. */
export type FieldColumns = Partial<Record<Field, number>>

/** Headers that are understood, in letters and digits only; where several are there, the first one counts. */
const usual: Readonly<Record<Field, readonly string[]>> = {
  id: ['taxonid', 'plantnameid', 'id', 'wfoid', 'usageid', 'taxonkey', 'speciesid'],
  name: [
    'taxonname',
    'canonicalname',
    'scientificname',
    'latinname',
    'botanicalname',
    'name',
    'fullname',
    'speciesname',
    'taxon',
    'species',
  ],
  authorship: [
    'scientificnameauthorship',
    'authorship',
    'taxonauthors',
    'taxonauthorship',
    'authors',
    'author',
    'authority',
  ],
  rank: ['taxonrank', 'rank'],
  status: ['taxonomicstatus', 'taxonstatus', 'status'],
  acceptedId: ['acceptednameusageid', 'acceptedplantnameid', 'acceptednameid', 'acceptedtaxonid', 'acceptedid'],
  acceptedName: [
    'acceptedname',
    'acceptednameusage',
    'acceptedscientificname',
    'acceptedtaxonname',
    'acceptedspecies',
    'validname',
  ],
  parentId: ['parentnameusageid', 'parentid', 'parentplantnameid'],
  family: ['family', 'familyname'],
  kingdom: ['kingdom'],
  vernacular: ['vernacularname', 'commonname', 'vernacularnames', 'commonnames', 'vernacular'],
  language: ['language', 'languagecode', 'lang', 'codelang', 'isocode'],
  eppo: ['eppocode', 'eppo'],
  country: ['countrycode'],
  invasive: ['isinvasive'],
  nameId: ['nameid'],
  taxonId: ['taxonid'],
  genus: ['genericname', 'genus'],
  specificEpithet: ['specificepithet'],
  infraspecificEpithet: ['infraspecificepithet'],
  preferred: ['preferred'],
  datatype: ['datatype', 'dtcode'],
}

/** Letters and digits of a header, without the prefix of its vocabulary (`dwc:`, `col:`) or the address of its term. */
export function plainHeader(header: string): string {
  return header
    .replace(/^.*[/#:]/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
}

/** Which column holds what, as far as headers tell. */
export function fieldColumns(headers: readonly string[]): FieldColumns {
  const plain = headers.map(plainHeader)
  const found: FieldColumns = {}
  for (const field of fields) {
    const name = usual[field].find((one) => plain.includes(one))
    if (name !== undefined) found[field] = plain.indexOf(name)
  }
  return found
}
