import {
  type ClaimedDocument,
  type ItemLine,
  longestDescription,
  type Mode,
  type Parcel,
  type Problem,
  type Recipient,
  type Stage,
} from '../parcel/parcel.ts'
import { findPlace, type Places } from '../parcel/places.ts'
import { readAnswers } from './answers.ts'
import { identifierKinds } from './identifiers.ts'
import { legible } from './legible.ts'
import { isAmbiguous, numberIn } from './number.ts'
import { countryText, type DeclaredParty, declaredParty } from './party.ts'
import { isRecord, kindOfValue, nameOf, type Raw, recordOf, shown, textOf } from './raw.ts'
import { s10CheckDigitFits } from './s10.ts'
import { disagreedIn, viewsOf } from './views.ts'
import { addressOf, zoneOf } from './zone.ts'

/** What the person who runs the screening says about records that do not say it themselves. */
export interface Defaults {
  readonly destination: string | null
  readonly dispatch: string | null
  readonly origin: string | null
  readonly by: Mode | null
}

export const noDefaults: Defaults = { destination: null, dispatch: null, origin: null, by: null }

/** Most item lines of one parcel; with more, the record is not read. */
export const mostLines = 100_000

/** Collects problems while a record is read. */
interface Desk {
  readonly places: Places
  readonly defaults: Defaults
  readonly problems: Problem[]
}

/**
 * Reads one raw record into a Parcel: `{"parcel":{…}}` or the parcel itself. Nothing throws: what is wrong is a problem with
 * its place, and the rest is read.
 */
export function read(raw: unknown, line: number, places: Places, defaults: Defaults = noDefaults): Parcel {
  const desk: Desk = { places, defaults, problems: [] }
  const record = recordOf(raw)
  if (record === null) return unreadable(line, 'record-not-an-object', { found: kindOfValue(raw) })
  if (Array.isArray(record['lines']) && record['lines'].length > mostLines) {
    const facts = { found: String(record['lines'].length), limit: String(mostLines) }
    return { ...unreadable(line, 'lines-too-many', facts), id: idOf(record['ids'], desk) }
  }
  addReduced(record['problems'], desk)
  addRefusedReceipts(record['receipts'], desk)
  const lines = linesOf(record, desk)
  const route = record['route']
  const own = isRecord(route) ? route : {}
  const addressee = declaredParty(record, 'addressee')
  const destination = destinationOf(own['destinationCountry'], addressee, desk)
  const dispatch = placeOf(own['dispatchCountry'], 'route.dispatchCountry', desk)
  const parcel: Parcel = {
    id: idOf(record['ids'], desk),
    line,
    stage: stageOf(record['stage'], desk),
    route: {
      destination: filled(destination, 'destination', desk),
      dispatch: filled(dispatch, 'dispatch', desk),
      transit: transitOf(own['transitCountries'], desk),
    },
    by: modeOf(record, defaults),
    recipient: recipientKind(addressee?.party),
    documents: documentsOf(record['documents'], desk),
    lines,
    problems: desk.problems,
    readable: true,
  }
  checkWeights(record['grossWeightKg'], parcel.lines, desk)
  if (record['disagreements'] === undefined && record['answers'] === undefined) return parcel
  return { ...parcel, ...saidBesides(record, line, desk) }
}

/** What partners say differently, and what was answered. */
function saidBesides(record: Raw, line: number, { places, defaults, problems }: Desk): Partial<Parcel> {
  const { answers, descriptions } = readAnswers(record, problems)
  const disagreed = disagreedIn(record, descriptions)
  const views = viewsOf(record, descriptions).map(({ partner, content }) => ({
    partner,
    parcel: { ...read(content, line, places, defaults), ...(answers.length === 0 ? {} : { answers }) },
  }))
  return {
    ...(disagreed.length === 0 ? {} : { disagreed }),
    ...(views.length === 0 ? {} : { views }),
    ...(answers.length === 0 ? {} : { answers }),
  }
}

/** Problems that reducing and merging messages found, told again with their content. */
function addReduced(problems: unknown, desk: Desk): void {
  if (!Array.isArray(problems)) return
  for (const one of problems) {
    if (!isRecord(one) || !reducingProblems.has(one['kind']) || !isRecord(one['facts'])) continue
    const facts = Object.fromEntries(
      Object.entries(one['facts']).map(([slot, value]) => [slot, shown(textOf(value) ?? '')]),
    )
    desk.problems.push({ kind: one['kind'] as string, at: shown(textOf(one['at']) ?? ''), facts })
  }
}

/** Receipts that were claimed and are not honoured, each with what speaks against it. */
function addRefusedReceipts(receipts: unknown, desk: Desk): void {
  if (!Array.isArray(receipts)) return
  for (const one of receipts) {
    if (!isRecord(one) || one['honoured'] !== false) continue
    const receipt = shown(textOf(one['receipt']) ?? '')
    for (const why of (textOf(one['differs']) ?? '').split(' ').filter((word) => /^[a-z-]+$/.test(word)))
      desk.problems.push({
        kind: 'receipt-refused',
        at: shown(textOf(one['at']) ?? ''),
        facts: { receipt, why: `@receipt-why.${why}` },
      })
  }
}

const reducingProblems: ReadonlySet<unknown> = new Set([
  'field-misspelt',
  'party-unreadable',
  'country-unknown',
  'answer-outdated',
])

/** A parcel that stands for a record which could not be read: it is answered like any other, and nothing is lost. */
export function unreadable(line: number, kind: string, facts: Readonly<Record<string, string>>): Parcel {
  return {
    id: null,
    line,
    stage: 'unknown',
    route: { dispatch: null, destination: null, transit: [] },
    by: null,
    recipient: null,
    documents: [],
    lines: [],
    problems: [{ kind, at: '', facts: { line: String(line), ...facts } }],
    readable: false,
  }
}

function tell(desk: Desk, kind: string, at: string, facts: Readonly<Record<string, string>> = {}): void {
  desk.problems.push({ kind, at, facts })
}

function idOf(ids: unknown, desk: Desk): string | null {
  if (!isRecord(ids)) return null
  for (const kind of identifierKinds)
    if (typeof ids[kind] === 'number' && nameOf(ids[kind]) === null) tell(desk, 'identifier-not-exact', `ids.${kind}`)
  const s10 = nameOf(ids['s10'])
  if (s10 !== null) {
    const fits = s10CheckDigitFits(s10)
    if (fits === null) tell(desk, 's10-form', 'ids.s10', { value: shown(s10) })
    else if (!fits) tell(desk, 's10-check-digit', 'ids.s10', { value: shown(s10) })
    return s10.trim()
  }
  return nameOf(ids['houseBill']) ?? nameOf(ids['customsMrn']) ?? nameOf(ids['lrn']) ?? nameOf(ids['trackingNumber'])
}

function placeOf(value: unknown, at: string, desk: Desk): string | null {
  const text = textOf(value)
  if (text === null) return null
  const number = findPlace(desk.places, text)
  if (number >= 0) return desk.places.codes[number] as string
  tell(desk, 'country-unknown', at, { value: shown(text) })
  return null
}

/** Destination of the record; an address in a zone that law treats apart (Belfast, Las Palmas) is that zone. */
function destinationOf(value: unknown, addressee: DeclaredParty | undefined, desk: Desk): string | null {
  const declared = placeOf(value, 'route.destinationCountry', desk)
  if (addressee === undefined || !isRecord(addressee.party)) return declared
  const { party, at } = addressee
  const country = declared ?? placeOf(countryText(party), `${at}.address.country`, desk)
  return country === null ? null : zoneOf(country, addressOf(party), desk.places)
}

/** The record's own fact, else the given one; where they differ the record wins and a problem says so. */
function filled(
  own: string | null,
  kind: 'destination' | 'dispatch' | 'origin',
  desk: Desk,
  at = `route.${kind}Country`,
): string | null {
  const given = desk.defaults[kind]
  if (own !== null && given !== null && own !== given) tell(desk, `${kind}-differs`, at, { record: own, given })
  return own ?? given
}

function transitOf(value: unknown, desk: Desk): string[] {
  if (!Array.isArray(value) || value.length === 0) return []
  return value.flatMap((one, at) => placeOf(one, `route.transitCountries[${at}]`, desk) ?? [])
}

const stages: ReadonlyMap<string, Stage> = new Map<string, Stage>([
  ['pre-departure', 'pre-departure'],
  ['pre-loading', 'pre-departure'],
  ['listed', 'pre-departure'],
  ['ordered', 'pre-departure'],
  ['offered', 'pre-departure'],
  ['posted', 'departed'],
  ['dispatched', 'departed'],
  ['departed', 'departed'],
  ['in-transit', 'departed'],
  ['arrived', 'arrived'],
  ['at-border', 'arrived'],
  ['presented', 'arrived'],
])

function stageOf(value: unknown, desk: Desk): Stage {
  const text = textOf(value)
  if (text === null) return 'unknown'
  const stage = stages.get(text.trim().toLowerCase())
  if (stage === undefined && text !== 'unknown') tell(desk, 'stage-unknown', 'stage', { value: shown(text) })
  return stage ?? 'unknown'
}

const stageOrder: readonly Stage[] = ['unknown', 'pre-departure', 'departed', 'arrived']

/** Of stages as declared the one farthest on the way; of equals the first. */
export function latestStage(declared: readonly unknown[]): unknown {
  const place = (value: unknown): number => {
    const stage = stages.get(textOf(value)?.trim().toLowerCase() ?? '')
    return stage === undefined ? -1 : stageOrder.indexOf(stage)
  }
  return declared.reduce((latest, one) => (place(one) > place(latest) ? one : latest))
}

function modeOf(record: Raw, defaults: Defaults): Mode | null {
  const ids = record['ids']
  if (isRecord(ids) && textOf(ids['s10']) !== null) return 'post'
  if (isRecord(ids) && textOf(ids['houseBill']) !== null) return 'courier'
  return typeof record['mailClass'] === 'string' ? 'post' : defaults.by
}

function recipientKind(addressee: unknown): Recipient | null {
  const kind = isRecord(addressee) ? addressee['kind'] : null
  return kind === 'private-person' || kind === 'institution' || kind === 'trader' ? kind : null
}

/** Kinds of paper that are told apart; any other is `other`. */
export const documentKinds: readonly ClaimedDocument['kind'][] = [
  'phytosanitary-certificate',
  're-export-certificate',
  'import-permit',
  'authorisation',
  'plant-passport',
]

function documentsOf(value: unknown, desk: Desk): ClaimedDocument[] {
  if (value === null || value === undefined) return []
  if (!Array.isArray(value)) {
    tell(desk, 'not-a-list', 'documents', { found: kindOfValue(value) })
    return []
  }
  return value.filter(isRecord).map((one) => ({
    kind: documentKinds.find((kind) => kind === one['kind']) ?? 'other',
    number: textOf(one['number']),
    ...(textOf(one['issuer']) === null ? {} : { issuer: textOf(one['issuer']) as string }),
    ...(textOf(one['issuedOn']) === null ? {} : { issuedOn: textOf(one['issuedOn']) as string }),
  }))
}

function linesOf(record: Raw, desk: Desk): ItemLine[] {
  const lines = record['lines']
  if (lines === undefined && record['description'] !== undefined) return [lineOf(record, 0, 'record', desk)]
  if (!Array.isArray(lines) || lines.length === 0) {
    tell(desk, 'lines-missing', 'lines')
    return []
  }
  return lines.map((one, at) => lineOf(one, at, `lines[${at}]`, desk))
}

function lineOf(value: unknown, position: number, path: string, desk: Desk): ItemLine {
  const line = isRecord(value) ? value : {}
  if (!isRecord(value)) tell(desk, 'line-not-an-object', path, { found: kindOfValue(value) })
  const { description, at } = descriptionOf(line['description'], path)
  checkDescription(description, at, desk)
  const mended = legible(description, longestDescription)
  if (mended !== null) tell(desk, 'text-mended', at, { meant: shown(mended.text) })
  const own = placeOf(line['originCountry'], `${path}.originCountry`, desk)
  const pieces = amountOf(line['quantity'], `${path}.quantity`, desk)
  return {
    index: position + 1,
    path,
    description,
    legible: mended,
    category: categoryOf(line['category']),
    hs: hsOf(line['hs'], `${path}.hs`, desk),
    origin: filled(own, 'origin', desk, `${path}.originCountry`),
    pieces,
    grams: gramsOf(line, pieces, path, desk),
    value: declaredValue(line['value'], pieces, `${path}.value`, desk),
  }
}

/** A category as a path or a number: a text, a number, a list of steps, or an object with `raw`. */
function categoryOf(value: unknown): string | null {
  const own = isRecord(value) ? (value['raw'] ?? value['path'] ?? value['id']) : value
  if (Array.isArray(own)) return textOf(own.filter((step) => typeof step === 'string').join(' > '))
  return textOf(own)
}

/** Declared value of a line; a value per piece is counted for all pieces. */
function declaredValue(value: unknown, pieces: number | null, at: string, desk: Desk): ItemLine['value'] {
  if (!isRecord(value)) return null
  const amount = amountOf(value['amount'], `${at}.amount`, desk)
  const currency = textOf(value['currency'])?.trim().toUpperCase()
  if (amount === null || currency === undefined) return null
  if (value['basis'] !== 'unit') return { amount, currency }
  return pieces === null ? null : { amount: amount * pieces, currency }
}

function descriptionOf(value: unknown, path: string): { description: string; at: string } {
  if (isRecord(value))
    return { description: typeof value['raw'] === 'string' ? value['raw'] : '', at: `${path}.description.raw` }
  return { description: typeof value === 'string' ? value : '', at: `${path}.description` }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/

/** Whether a text holds only letters, digits and signs of ASCII, and more than spaces: then nothing is wrong with it. */
function isPlain(text: string): boolean {
  let empty = true
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit < 32 || unit > 126) return false
    if (unit !== 32) empty = false
  }
  return !empty
}

function checkDescription(description: string, at: string, desk: Desk): void {
  if (description.length <= longestDescription && isPlain(description)) return
  if (description.trim() === '') tell(desk, 'description-missing', at)
  else if (description.length > longestDescription) {
    tell(desk, 'description-too-long', at, { length: String(description.length), limit: String(longestDescription) })
  }
  if (control.test(description)) tell(desk, 'control-characters', at)
  if (!description.isWellFormed()) tell(desk, 'text-not-well-formed', at)
  else if (description.includes('\ufffd')) tell(desk, 'text-damaged', at)
}

function hsOf(value: unknown, at: string, desk: Desk): string | null {
  const text = textOf(isRecord(value) ? value['raw'] : value)
  if (text === null) return null
  if (text.length > 1 && text.length < 15 && isDigits(text)) return text
  const digits = text.replace(/[\s.-]/g, '')
  if (/^\d{2,14}$/.test(digits)) return digits
  tell(desk, 'hs-not-digits', at, { value: shown(text) })
  return null
}

function isDigits(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit < 48 || unit > 57) return false
  }
  return true
}

/** A count or an amount: a number, a text of digits, or an object with a `value`. */
function amountOf(value: unknown, at: string, desk: Desk): number | null {
  const text = textOf(isRecord(value) ? (value['value'] ?? value['amount']) : value)
  if (text === null) return null
  const number = numberIn(text)
  if (number === null) tell(desk, isAmbiguous(text) ? 'number-ambiguous' : 'not-a-number', at, { value: shown(text) })
  else if (number < 0) tell(desk, 'negative', at, { value: shown(text) })
  else return number
  return null
}

/** Net weight of a line in grams. The canonical record declares kilograms, per line unless `weightBasis` says `unit`. */
function gramsOf(line: Raw, pieces: number | null, path: string, desk: Desk): number | null {
  const kilograms = amountOf(line['netWeightKg'], `${path}.netWeightKg`, desk)
  if (kilograms === null) return null
  const basis = line['weightBasis']
  if (basis === 'unit' && pieces !== null) return kilograms * 1000 * pieces
  if (basis !== 'unit' && basis !== 'line' && basis !== undefined && basis !== null) {
    tell(desk, 'basis-unknown', `${path}.weightBasis`, {
      value: shown(typeof basis === 'object' ? kindOfValue(basis) : String(basis)),
    })
    return null
  }
  return basis === 'unit' ? null : kilograms * 1000
}

/** The lines cannot weigh more than the parcel, but for rounding. */
function checkWeights(gross: unknown, lines: readonly ItemLine[], desk: Desk): void {
  const kilograms = amountOf(gross, 'grossWeightKg', desk)
  if (kilograms === null) return
  const net = lines.reduce((sum, { grams }) => sum + (grams ?? 0), 0)
  if (net > kilograms * 1000 * 1.02 + 5) {
    tell(desk, 'net-over-gross', 'grossWeightKg', { net: (net / 1000).toFixed(3), gross: kilograms.toFixed(3) })
  }
}
