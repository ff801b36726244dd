import { type NameAnswer, onlyOne, partsOf, type Reading } from './answer.ts'
import { type Found, firstWord, type Place, plainKey, unknownPlace } from './find-name.ts'
import type { ParsedName } from './parsed.ts'

/** What is known of a scientific name that was found as far as `found` says. */
export function scientificAnswer(reading: Reading, { taxon, step }: Found): NameAnswer {
  const { parsed, remarks, taxa } = reading
  const unquoted = taxon < 0 ? null : unquotedCultivar(reading)
  if (unquoted !== null) remarks.push({ kind: 'cultivar-unquoted', facts: { text: unquoted } })
  tellStep(reading, { taxon, step })
  const own = ownParts(parsed, unquoted)
  const known = step === 'name' || step === 'species' ? ofCultivar(reading, own.cultivar, taxon) : -1
  const others = step === 'name' && own.authorship === null ? otherMeanings(reading, taxon) : []
  const settled =
    !isCompared(parsed) && !(others.length > 0 && parsed.problems.some(({ kind }) => kind === 'case-mended'))
  const accepted = known < 0 ? null : (taxa.names[known] as string)
  return {
    ...own,
    rank: own.rank ?? (step === 'name' ? (taxa.ranks[taxon] ?? null) : null),
    accepted: settled ? accepted : null,
    ...placeIn(reading, { taxon, step }),
    eppo: settled && step === 'name' ? (taxa.eppo[known] ?? null) : null,
    means: accepted === null || (settled && others.length === 0) ? [] : [accepted, ...others],
    problems: remarks,
  }
}

/** A species that is not known stays in the genus as written: not all of a genus went where its name went. */
function placeIn({ parsed, placeOf, taxa }: Reading, { taxon, step }: Found): Place {
  if (taxon < 0) return unknownPlace(parsed)
  const place = placeOf(taxon)
  if (step !== 'genus' || taxa.ranks[taxon] !== 'genus') return place
  return { genus: firstWord(parsed.canonical as string), family: place.family }
}

function ownParts(parsed: ParsedName, unquoted: string | null): ReturnType<typeof partsOf> {
  const own = partsOf(parsed)
  if (unquoted === null) return own
  const quality = own.quality === 1 ? 2 : own.quality
  return { ...own, cultivar: unquoted, authorship: null, quality }
}

/** With "cf." or a question mark the writer was not sure. */
function isCompared({ openNomenclature, problems }: ParsedName): boolean {
  return openNomenclature === 'cf.' || problems.some(({ kind }) => kind === 'question-mark')
}

/** The species that a cultivar of a genus is known to belong to, else the taxon itself. */
function ofCultivar(
  { taxa, wordsOf, parsed, remarks, placeOf }: Reading,
  cultivar: string | null,
  taxon: number,
): number {
  if (cultivar === null || taxa.ranks[taxon] !== 'genus') return taxon
  const written = `${firstWord(parsed.canonical as string)} ${cultivar}`
  const [name] = wordsOf(written).names
  const [species] = name?.taxa ?? []
  if (name === undefined || species === undefined || !name.whole || name.taxa.length > 1 || species === taxon)
    return taxon
  if (placeOf(species).genus !== taxa.names[taxon]) return taxon
  remarks.push({ kind: 'common-name', facts: { text: written, others: taxa.names[species] as string } })
  return species
}

/** Says how far the name is known, and when it is another name of the taxon. */
function tellStep({ parsed, remarks, taxa }: Reading, { taxon, step }: Found): void {
  const name = parsed.canonical as string
  const accepted = taxa.names[taxon] ?? ''
  if (step === 'none') remarks.push({ kind: 'name-unknown', facts: { name } })
  else if (step === 'genus') remarks.push({ kind: 'species-unknown', facts: { name, genus: firstWord(name) } })
  else if (step === 'species' && !isAutonym(parsed))
    remarks.push({ kind: 'infraspecific-unknown', facts: { name, accepted } })
  if (step === 'none' || step === 'species') return
  const written = step === 'genus' ? firstWord(name) : (parsed.simple as string)
  if (written === accepted || plainKey(written) === plainKey(accepted)) return
  if (step === 'genus') remarks.push({ kind: 'genus-synonym', facts: { genus: written, accepted } })
  else remarks.push({ kind: 'synonym', facts: { name, accepted } })
}

/** "Rubus idaeus subsp. idaeus" is the species in its strict sense (ICN article 26). */
function isAutonym({ words }: ParsedName): boolean {
  return words.length === 3 && words[1] === words[2]
}

/** Names of authors have initials, full stops and commas; words of a cultivar have none (ICNCP article 21). */
const asCultivar = /^\p{Lu}[\p{Ll}'-]+(?: (?:and|of|the|in|on|\p{Lu}[\p{Ll}'-]+)){0,3} \p{Lu}[\p{Ll}'-]+$/u
const asAuthors = /^(?:Van|De|Von|Dalla|Le|La|Du|Des|Da|Dos|El) /

/**
 * A cultivar epithet that lacks its quotes: two words or more that are no authors, without a year. After a species one of them
 * must be a word that is known here (Sum and Substance), or the whole: Carl Linnaeus is an author.
 */
function unquotedCultivar({ parsed, wordsOf }: Reading): string | null {
  const { authorsWritten, year, cultivar, canonical } = parsed
  if (authorsWritten === null || year !== null || cultivar !== null || asAuthors.test(authorsWritten)) return null
  if (!asCultivar.test(authorsWritten)) return null
  if (parsed.words.length === 1) return authorsWritten
  const { names, beside } = wordsOf(authorsWritten)
  if (beside.length > 0 || names.some(({ sense }) => sense === 'word')) return authorsWritten
  return wordsOf(`${canonical} ${authorsWritten}`).names[0]?.whole === true ? authorsWritten : null
}

/** Other taxa that a name of one word means as a common name: Geranium is Pelargonium too. */
function otherMeanings({ parsed, remarks, taxa, wordsOf }: Reading, taxon: number): string[] {
  if (parsed.words.length !== 1 || parsed.cultivar !== null || parsed.hybrid !== null) return []
  const text = parsed.simple as string
  const [name] = wordsOf(text).names
  if (name === undefined || !name.whole) return []
  const others = name.taxa.filter((one) => one !== taxon).map((one) => taxa.names[one] as string)
  if (others.length > 0) remarks.push({ kind: 'also-common-name', facts: { text, others: others.join(', ') } })
  else if (name.sense === 'word') remarks.push({ kind: 'ordinary-word', facts: { text } })
  return others
}

/** A hybrid formula names no taxon; its parents may tell the genus and the family. */
export function formulaAnswer({ parsed, remarks, placeOf, find }: Reading): NameAnswer {
  const places = parsed.parents.map((parent) => {
    const taxon = find(parent)
    return placeOf(taxon >= 0 ? taxon : find(firstWord(parent)))
  })
  const genera = places.map(({ genus }, at) => genus ?? firstWord(parsed.parents[at] as string))
  return {
    ...partsOf(parsed),
    accepted: null,
    genus: onlyOne(genera),
    family: onlyOne(places.map(({ family }) => family)),
    eppo: null,
    means: [],
    problems: remarks,
  }
}

/** "M. deliciosa": every known name with these initials and this epithet; one alone is it. */
export function abbreviatedAnswer({ parsed, remarks, taxa, spellOut, placeOf }: Reading): NameAnswer {
  const possible = spellOut(parsed.words)
  const [first] = possible
  const one = possible.length === 1 && first !== undefined && parsed.openNomenclature === null ? first : -1
  const means = possible.map((taxon) => taxa.names[taxon] as string)
  const kind = possible.length === 0 ? 'abbreviated-unknown' : possible.length === 1 ? 'abbreviated-one' : 'may-be-any'
  remarks.push({ kind, facts: { text: parsed.canonical as string, others: means.join(', ') } })
  const places = possible.map((taxon) => placeOf(taxon))
  return {
    ...partsOf(parsed),
    accepted: taxa.names[one] ?? null,
    genus: onlyOne(places.map(({ genus }) => genus)),
    family: onlyOne(places.map(({ family }) => family)),
    eppo: taxa.eppo[one] ?? null,
    means: one < 0 ? means : [],
    problems: remarks,
  }
}
