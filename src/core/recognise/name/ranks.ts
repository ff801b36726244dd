/** How a rank is written in a name, and what it is called. */
export interface RankWord {
  readonly sign: string
  readonly rank: string
  /** Not in use any more, or never was in the codes. */
  readonly old: boolean
  readonly notho: boolean
}

type Line = readonly [rank: string, sign: string, written: string]

/** Ranks below the species, with all ways to write them, without the full stop. */
const belowSpecies: readonly Line[] = [
  ['subspecies', 'subsp.', 'subsp ssp subspec subspecies sbsp'],
  ['variety', 'var.', 'var varietas variety varet [var'],
  ['subvariety', 'subvar.', 'subvar'],
  ['form', 'f.', 'f fo form forma fm fma'],
  ['subform', 'subf.', 'subf subforma'],
  ['convariety', 'convar.', 'convar convariety'],
  ['pathovar', 'pv.', 'pv pathovar'],
  ['biovar', 'bv.', 'bv biovar'],
  ['special form', 'f.sp.', 'f.sp'],
]

/** Ranks below the species that are old or of no code: their signs stay as they are written. */
const oldBelowSpecies: readonly Line[] = [
  ['race', '', 'race proles prol'],
  ['morph', '', 'morph morpha'],
  ['natio', '', 'nat natio'],
  ['aberration', '', 'ab aberr aberratio'],
  ['mutation', '', 'mut mutatio'],
  ['stirps', '', 'st stirps'],
  ['lusus', '', 'lus lusus'],
  ['monstrosity', '', 'monstr'],
  ['pseudovariety', '', 'pseudovar'],
  ['agamospecies', '', 'agamosp agamossp'],
  ['agamovariety', '', 'agamovar'],
  ['microgene', '', 'microgene'],
  ['unnamed rank', '', '* α β γ δ ε ζ η θ λ μ φ a. b. c. d. e. g. k.'],
]

const nothoBelowSpecies: readonly Line[] = [
  ['nothosubspecies', 'nothosubsp.', 'nothosubsp nothossp'],
  ['nothosubspecies', '', 'nsubsp nssp'],
  ['nothovariety', 'nothovar.', 'nothovar'],
  ['nothovariety', '', 'nvar'],
  ['nothoform', 'nothof.', 'nothof nothofo nothoforma'],
  ['nothoform', '', 'nf'],
  ['nothospecies', 'nothosp.', 'nothosp'],
  ['nothomorph', 'nothomorph', 'nothomorph nothom nm'],
]

/** Ranks between genus and species, and above the genus, that stand between two names. */
const ofUninomials: readonly Line[] = [
  ['subgenus', 'subgen.', 'subgen subg subgenus'],
  ['section', 'sect.', 'sect section sectio'],
  ['subsection', 'subsect.', 'subsect'],
  ['series', 'ser.', 'ser series'],
  ['subseries', 'subser.', 'subser'],
  ['tribe', 'trib.', 'trib tr tribe tribus'],
  ['subtribe', 'subtrib.', 'subtrib subtr'],
  ['supertribe', 'supertrib.', 'supertrib'],
  ['family', 'fam.', 'fam'],
  ['subfamily', 'subfam.', 'subfam'],
  ['division', 'div.', 'div'],
  ['unranked', 'unr.', 'unr unranked'],
  ['cohort', 'coh.', 'coh'],
  ['stirps', 'st.', 'st'],
]

const nothoOfUninomials: readonly Line[] = [
  ['nothosection', 'nothosect.', 'nothosect'],
  ['nothogenus', 'nothogen.', 'nothogen'],
  ['nothoseries', 'nothoser.', 'nothoser'],
  ['nothosubgenus', 'nothosubgen.', 'nothosubgen nothosubg'],
  ['nothosubsection', 'nothosubsect.', 'nothosubsect'],
  ['nothosubtribe', 'nothosubtrib.', 'nothosubtrib'],
]

function table(lines: readonly Line[], old: boolean, notho: boolean): [string, RankWord][] {
  return lines.flatMap(([rank, sign, written]) =>
    written.split(' ').map((word): [string, RankWord] => [word, { rank, sign, old, notho }]),
  )
}

/** Signs of ranks below the species, by what is written without its full stop. */
export const ranksBelowSpecies: ReadonlyMap<string, RankWord> = new Map([
  ...table(belowSpecies, false, false),
  ...table(oldBelowSpecies, true, false),
  ...table(nothoBelowSpecies, false, true),
])

/** Signs of ranks that stand between two names of one word. */
export const ranksOfUninomials: ReadonlyMap<string, RankWord> = new Map([
  ...table(ofUninomials, false, false),
  ...table(nothoOfUninomials, false, true),
])

/** Rank that the ending of a name above the genus tells (ICN articles 16 to 19, ICZN article 29), or null. */
export function rankByEnding(name: string): string | null {
  if (name.endsWith('aceae')) return 'family'
  if (name.endsWith('ales') && name.length > 6) return 'order'
  if (name.endsWith('oideae')) return 'subfamily'
  if (name.endsWith('opsida')) return 'class'
  return name.endsWith('idae') ? 'family' : null
}
