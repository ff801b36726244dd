import {
  type Branch,
  branches,
  type Measure,
  type MeasureDemanded,
  measures,
  type Requirement,
} from '../core/require/pack.ts'
import { type BlockContext, readBlock } from './blocks.ts'
import { type Fault, suggestion, tell } from './fault.ts'
import { asAddress, type Source } from './law-sources.ts'
import { readMembers } from './sets.ts'
import { type Example, readExample } from './situations.ts'
import {
  asDay,
  asList,
  asMap,
  asOneOf,
  asText,
  asTexts,
  asTruth,
  asWords,
  checkKeys,
  type MapNode,
  type Node,
  under,
} from './yaml.ts'

const kinds = ['requirement', 'exemption', 'derogation'] as const
const debtors = ['exporting-nppo', 'importing-nppo', 'sender', 'importer', 'operator', 'carrier'] as const

const requiredKeys = ['id', 'title', 'when', 'law', 'examples']
const optionalKeys = [
  'kind',
  'measures',
  'unless',
  'doubt',
  'conditions',
  'valid',
  'read',
  'unverified',
  'lifts',
  'paper',
  'attainable',
  'branch',
  'contamination',
  'pests',
  'note',
]

/** What requirements of one place are read with. */
export interface RequirementContext extends BlockContext {
  readonly place: string
  /** Branch of law of what names none: `carrier` and `expectation` in packs of those layers. */
  readonly branch: Branch
  readonly sources: ReadonlyMap<string, Source>
}

/** A requirement as read, with its examples and where it stands. */
export interface RequirementRead {
  readonly requirement: Requirement
  readonly examples: readonly Example[]
  readonly node: MapNode
}

/** Reads one requirement; null when it is no block of keys at all. */
export function readRequirement(node: Node, context: RequirementContext): RequirementRead | null {
  const { faults } = context
  const map = asMap(node, 'a requirement', faults)
  if (map === null) return null
  checkKeys(map, requiredKeys, optionalKeys, faults)
  const id = readId(map, context)
  const kind = under(map, 'kind', (one, what) => asOneOf(one, what, kinds, faults), faults) ?? 'requirement'
  const when = map.entries.get('when')
  const requirement: Requirement = {
    id,
    title: under(map, 'title', asText, faults) ?? '',
    kind,
    branch: under(map, 'branch', (one, what) => asOneOf(one, what, branches, faults), faults) ?? context.branch,
    contamination: under(map, 'contamination', asTruth, faults) ?? false,
    pests: under(map, 'pests', asTexts, faults) ?? [],
    measures: readMeasures(map, kind, faults),
    when: when === undefined ? {} : readBlock(when, 'when', context),
    unless: blocksUnder(map, 'unless', context),
    doubt: blocksUnder(map, 'doubt', context),
    lifts: readLifts(map, kind, faults),
    paper: under(map, 'paper', asText, faults),
    conditions: under(map, 'conditions', asText, faults),
    ...readValid(map, faults),
    attainable: readAttainable(map, context),
    source: readLaw(map, context),
  }
  return { requirement, examples: readExamples(map, id, context), node: map }
}

function readId(map: MapNode, { place, faults }: RequirementContext): string {
  const id = under(map, 'id', asText, faults) ?? ''
  const spot = map.entries.get('id')
  if (spot !== undefined && id !== '' && !new RegExp(`^${place}/[a-z0-9][a-z0-9.-]*$`).test(id)) {
    tell(
      faults,
      spot,
      `"${id}" is no id here. Write "${place}/" and a short name of small letters, digits, dots and dashes.`,
    )
  }
  return id
}

function blocksUnder(map: MapNode, key: 'unless' | 'doubt', context: RequirementContext) {
  const node = map.entries.get(key)
  return node === undefined ? [] : asList(node, key, context.faults).map((block) => readBlock(block, key, context))
}

function readMeasures(map: MapNode, kind: string, faults: Fault[]): MeasureDemanded[] {
  const node = map.entries.get('measures')
  const found = node === undefined ? [] : asList(node, 'measures', faults).flatMap((item) => readMeasure(item, faults))
  if (kind === 'requirement' && (node === undefined || (node.kind === 'list' && node.items.length === 0)))
    tell(faults, map, `The key "measures" is missing. Name at least one of ${measures.join(', ')}.`)
  if (kind !== 'requirement' && node !== undefined)
    tell(faults, node, `A requirement of kind ${kind} has no measures. Say in "lifts" what it lifts.`)
  return found
}

function readMeasure(node: Node, faults: Fault[]): MeasureDemanded[] {
  if (node.kind !== 'map') {
    const measure = asOneOf(node, 'measure', measures, faults)
    return measure === null ? [] : [{ measure, by: null, paper: null, detail: null }]
  }
  checkKeys(node, ['measure'], ['by', 'paper', 'detail'], faults)
  const measure = under(node, 'measure', (one, what) => asOneOf(one, what, measures, faults), faults)
  const by = under(node, 'by', (one, what) => asOneOf(one, what, debtors, faults), faults)
  const [paper, detail] = [under(node, 'paper', asText, faults), under(node, 'detail', asText, faults)]
  return measure === null ? [] : [{ measure, by, paper, detail }]
}

function readLifts(map: MapNode, kind: string, faults: Fault[]): Requirement['lifts'] {
  const lifts = under(map, 'lifts', asMap, faults)
  if (lifts === null) {
    if (kind !== 'requirement') tell(faults, map, `A requirement of kind ${kind} needs "lifts": say what it lifts.`)
    return null
  }
  checkKeys(lifts, [], ['measures', 'requirements'], faults)
  if (kind === 'requirement')
    tell(faults, lifts, 'Only an exemption or a derogation lifts. Set "kind" or drop "lifts".')
  const lifted: Measure[] = under(lifts, 'measures', (one, what) => asWords(one, what, measures, faults), faults) ?? []
  const requirements = under(lifts, 'requirements', asTexts, faults) ?? []
  if (kind === 'exemption' && lifted.length === 0)
    tell(faults, lifts, 'An exemption names the measures it waives: lifts: { measures: [...] }.')
  if (kind === 'derogation' && requirements.length === 0) {
    tell(faults, lifts, 'A derogation names the prohibitions it lifts: lifts: { requirements: [...] }.')
  }
  return { measures: lifted, requirements }
}

function readValid(map: MapNode, faults: Fault[]): { from: string | null; to: string | null } {
  const valid = under(map, 'valid', asMap, faults)
  if (valid === null) return { from: null, to: null }
  checkKeys(valid, [], ['from', 'to'], faults)
  const from = under(valid, 'from', asDay, faults)
  const to = under(valid, 'to', asDay, faults)
  if (from !== null && to !== null && from > to)
    tell(faults, valid, `Valid from ${from} to ${to}: the end lies before the beginning. Swap or correct them.`)
  return { from, to }
}

function readAttainable(map: MapNode, { atlas, faults }: RequirementContext): Requirement['attainable'] {
  const attainable = under(map, 'attainable', asMap, faults)
  if (attainable === null) return null
  checkKeys(attainable, ['no', 'why'], [], faults)
  const list = attainable.entries.get('no')
  const { inside } = list === undefined ? { inside: new Set<number>() } : readMembers(list, 'no', atlas, faults)
  return { no: [...inside].sort((one, other) => one - other), why: under(attainable, 'why', asText, faults) ?? '' }
}

function readLaw(map: MapNode, { sources, faults }: RequirementContext): Requirement['source'] {
  const read = readReading(map, faults)
  const law = under(map, 'law', asMap, faults)
  if (law === null) return { title: '', point: '', href: '', text: '', ...read }
  checkKeys(law, ['source', 'point', 'text'], ['href'], faults)
  const node = law.entries.get('source')
  const name = node === undefined ? null : asText(node, 'source', faults)
  const source = name === null ? undefined : sources.get(name)
  if (node !== undefined && name !== null && source === undefined) {
    tell(
      faults,
      node,
      `Unknown source "${name}".${suggestion(name, sources.keys())} Write a name of sources.yaml or add it there.`,
    )
  }
  return {
    title: source?.title ?? '',
    point: under(law, 'point', asText, faults) ?? '',
    href: under(law, 'href', asAddress, faults) ?? source?.href ?? '',
    text: under(law, 'text', asText, faults) ?? '',
    ...read,
  }
}

/** What nobody has read is marked: exactly one of `read` and `unverified`. */
function readReading(map: MapNode, faults: Fault[]): Pick<Requirement['source'], 'read' | 'dated' | 'unverified'> {
  const unverified = under(map, 'unverified', asText, faults)
  const block = under(map, 'read', asMap, faults)
  if (map.entries.has('read') === map.entries.has('unverified')) {
    tell(
      faults,
      map,
      'Write either "read" (the day and the text that was read) or "unverified" (why nobody has read it).',
    )
  }
  if (block === null) return { read: null, dated: null, unverified: unverified ?? '' }
  checkKeys(block, ['on', 'text'], ['edition'], faults)
  const read = { on: under(block, 'on', asDay, faults) ?? '', text: under(block, 'text', asText, faults) ?? '' }
  return { read, dated: under(block, 'edition', asDay, faults), unverified }
}

function readExamples(map: MapNode, id: string, context: RequirementContext): Example[] {
  const { faults } = context
  const node = map.entries.get('examples')
  if (node === undefined) return []
  const before = faults.length
  const examples = asList(node, 'examples', faults).flatMap((item) => readExample(item, id, context) ?? [])
  if (faults.length > before) return examples
  if (!examples.some(({ expect }) => expect !== 'does-not-apply'))
    tell(faults, node, `${id} has no example with "expect: applies". Add one.`)
  if (!examples.some(({ expect }) => expect === 'does-not-apply')) {
    tell(faults, node, `${id} has no example with "expect: does-not-apply". Add one.`)
  }
  return examples
}
