import { type Article, articles } from '../parcel/articles.ts'
import { type ItemLine, modes, type Parcel, type Problem, type Recipient, recipients } from '../parcel/parcel.ts'
import { findPlace, type Places } from '../parcel/places.ts'
import { type Part, parts, type Use, uses } from '../parcel/state.ts'
import { findTaxon, type Taxa } from '../parcel/taxa.ts'
import { isRecord, type Raw, shown, textOf } from '../read/raw.ts'
import { noDefaults, read } from '../read/read.ts'
import { titleWords } from './title-words.ts'

/** Goods as the seller states them, beside the words of the offer. What is null is not stated. */
export interface StatedGoods {
  readonly article: Article | null
  /** The plant by its number, and by the name it was stated by. */
  readonly taxon: { readonly number: number; readonly name: string } | null
  readonly part: Part | null
  readonly use: Use | null
}

/** One offer that is to be checked before the sale: goods, and where they would go. */
export interface CheckItem {
  /** Name that the seller gives the item, or null. */
  readonly id: string | null
  readonly title: string
  /** Words of the title: see `title-words.ts`. */
  readonly words: readonly string[]
  /** The goods as a parcel before its departure, whose destination is not told yet. */
  readonly parcel: Parcel
  readonly stated: StatedGoods
  /** Codes of places; each is decided on for itself. */
  readonly destinations: readonly string[]
  /** What tells one offer of one seller from another, as told. */
  readonly offer: {
    readonly seller: string | null
    readonly sku: string | null
    readonly url: string | null
  }
  /** What is wrong with the item, each with the field it stands in. */
  readonly problems: readonly Problem[]
}

/** What reading an item needs. */
export interface CheckReading {
  readonly places: Places
  readonly taxa: Taxa
}

/** Most destinations of one item. */
export const mostDestinations = 300

/**
 * Reads one item of a check. Nothing throws: what is wrong is a problem with the field it stands in, and the rest is read. An item
 * without words or without a destination that is known comes back with its problems and nothing to decide on.
 */
export function readCheckItem(raw: unknown, position: number, reading: CheckReading): CheckItem {
  const problems: Problem[] = []
  const item = isRecord(raw) ? raw : {}
  if (!isRecord(raw)) tell(problems, 'item-not-an-object', '')
  const title = textOf(item['title']) ?? ''
  const description = textOf(item['description'])
  const parcel = read(recordFor(item, title, description), position, reading.places, noDefaults)
  problems.push(...parcel.problems.map((problem) => ({ ...problem, at: fieldOf(problem.at) })))
  const offer = { seller: textOf(item['seller']), sku: textOf(item['sku']), url: textOf(item['url']) }
  return {
    id: textOf(item['id']),
    title,
    words: titleWords(title),
    parcel: { ...parcel, by: oneOf(item, 'by', modes, problems), recipient: recipientOf(item, problems), problems: [] },
    stated: statedOf(item['goods'], reading, problems),
    destinations: destinationsOf(item['destinations'], reading.places, problems),
    offer,
    problems,
  }
}

/** The line that an item is. */
export function lineOf(item: CheckItem): ItemLine {
  return item.parcel.lines[0] as ItemLine
}

/** An item as the record of a parcel that has not left: one door for all that is read. */
function recordFor(item: Raw, title: string, description: string | null): Raw {
  const grams = item['grams']
  return {
    stage: 'pre-departure',
    route: { dispatchCountry: item['shipsFrom'] },
    documents: item['documents'],
    lines: [
      {
        description: description === null ? title : `${title}\n${description}`,
        hs: item['hs'],
        category: item['category'],
        originCountry: item['originCountry'],
        quantity: item['pieces'],
        netWeightKg: typeof grams === 'number' ? grams / 1000 : grams,
      },
    ],
  }
}

const fields: readonly (readonly [string, string])[] = [
  ['lines[0].description', 'title'],
  ['lines[0].quantity', 'pieces'],
  ['lines[0].netWeightKg', 'grams'],
  ['lines[0].', ''],
  ['route.dispatchCountry', 'shipsFrom'],
]

/** The field of the item that a place in the record stands for. */
function fieldOf(at: string): string {
  for (const [beginning, field] of fields) if (at.startsWith(beginning)) return field + at.slice(beginning.length)
  return at
}

function statedOf(value: unknown, { taxa }: CheckReading, problems: Problem[]): StatedGoods {
  const goods = isRecord(value) ? value : {}
  if (value !== undefined && value !== null && !isRecord(value)) tell(problems, 'goods-not-an-object', 'goods')
  return {
    article: oneOf(goods, 'article', statable, problems, 'goods.'),
    taxon: taxonOf(textOf(goods['taxon']), taxa, problems),
    part: oneOf(goods, 'part', parts, problems, 'goods.'),
    use: oneOf(goods, 'use', uses, problems, 'goods.'),
  }
}

/** Articles that a seller can state: all but that it cannot be told. */
export const statable: readonly Article[] = articles.filter((one) => one !== 'unclear')

/** The plant that a name means; of a species that is not known, its genus. */
function taxonOf(name: string | null, taxa: Taxa, problems: Problem[]): StatedGoods['taxon'] {
  if (name === null) return null
  const genus = name.trim().split(/\s+/)[0] as string
  for (const known of [name, genus]) {
    const number = findTaxon(taxa, known)
    if (number >= 0) return { number, name: shown(name) }
  }
  tell(problems, 'plant-unknown', 'goods.taxon', { value: shown(name) })
  return null
}

function destinationsOf(value: unknown, places: Places, problems: Problem[]): string[] {
  const list = Array.isArray(value) ? value : textOf(value) === null ? [] : [value]
  if (list.length === 0) tell(problems, 'destinations-missing', 'destinations')
  if (list.length > mostDestinations) {
    const facts = { found: String(list.length), limit: String(mostDestinations) }
    tell(problems, 'destinations-too-many', 'destinations', facts)
    return []
  }
  const codes = list.flatMap((one: unknown, at: number) => {
    const number = findPlace(places, textOf(one) ?? '')
    if (number >= 0) return [places.codes[number] as string]
    tell(problems, 'country-unknown', `destinations[${at}]`, { value: shown(textOf(one) ?? '') })
    return []
  })
  return [...new Set(codes)]
}

function recipientOf(item: Raw, problems: Problem[]): Recipient | null {
  return oneOf(item, 'recipient', recipients, problems)
}

// biome-ignore lint/complexity/useMaxParams: a word, the list it is of, and where it stands
function oneOf<T extends string>(
  from: Raw,
  field: string,
  list: readonly T[],
  problems: Problem[],
  path = '',
): T | null {
  const text = textOf(from[field])
  if (text === null) return null
  const found = list.find((one) => one === text.trim().toLowerCase())
  if (found === undefined) tell(problems, 'word-unknown', path + field, { value: shown(text), words: list.join(', ') })
  return found ?? null
}

function tell(problems: Problem[], kind: string, at: string, facts: Problem['facts'] = {}): void {
  problems.push({ kind, at, facts })
}
