import type { Taxa } from '../core/parcel/taxa.ts'
import { type Branch, type Coverage, type Layer, layers, type Pack, type Requirement } from '../core/require/pack.ts'
import { type Fault, type Spot, suggestion, tell } from './fault.ts'
import type { Source } from './law-sources.ts'
import { type RequirementContext, type RequirementRead, readRequirement } from './requirements.ts'
import { speaksOf } from './scope.ts'
import { type Atlas, placeTable, readMembers } from './sets.ts'
import { type Example, goodsArticles } from './situations.ts'
import { filesLike, type SourceFile } from './sources.ts'
import {
  asDay,
  asList,
  asMap,
  asNumber,
  asOneOf,
  asText,
  asTruth,
  asWords,
  checkKeys,
  type MapNode,
  type Node,
  readYaml,
  under,
} from './yaml.ts'

/** What packs are read with. */
export interface PackContext {
  readonly taxa: Taxa
  readonly atlas: Atlas
  readonly sources: ReadonlyMap<string, Source>
  readonly faults: Fault[]
}

export interface PackRead {
  readonly pack: Pack
  readonly examples: readonly Example[]
  /** Where each requirement stands, by id. */
  readonly spots: ReadonlyMap<string, Spot>
}

/** Reads every folder of `requirements/`. */
export function readPacks(files: readonly SourceFile[], context: PackContext): PackRead[] {
  const own = filesLike(files, /^requirements\/[^/]+\/[^/]+\.yaml$/)
  const folders = [...new Set(own.map((file) => file.path.split('/')[1] as string))]
  const packs = folders.flatMap(
    (place) => readPack(place, filesLike(own, new RegExp(`^requirements/${place}/`)), context) ?? [],
  )
  checkDestinations(packs, context)
  return packs.map(({ read }) => read)
}

interface PackFound {
  readonly read: PackRead
  readonly head: MapNode
}

function readPack(place: string, files: readonly SourceFile[], context: PackContext): PackFound | null {
  const { faults, atlas } = context
  const headFile = files.find((file) => file.path.endsWith('/pack.yaml'))
  if (headFile === undefined) {
    tell(
      faults,
      { file: (files[0] as SourceFile).shown, line: 1 },
      `requirements/${place}/ has no pack.yaml. Say there whom it serves.`,
    )
    return null
  }
  const root = readYaml(headFile, faults)
  const head = root === null ? null : asMap(root, 'the file', faults)
  if (head === null) return null
  const layer = under(head, 'layer', (one, what) => asOneOf(one, what, layers, faults), faults) ?? 'law'
  checkHead(head, { place, layer }, faults)
  const destinations = membersUnder(head, 'destinations', context)
  const union = placeTable(
    head.entries.has('union') ? membersUnder(head, 'union', context) : destinations,
    atlas.places,
  )
  const found = files
    .filter((file) => file !== headFile)
    .flatMap((file) => readFile(file, { ...context, union, place, branch: branchOf(layer) }))
  checkTogether(found, head, faults)
  const pack: Pack = {
    place,
    title: under(head, 'title', asText, faults) ?? '',
    layer,
    destinations: [...destinations.inside].sort((one, other) => one - other),
    union,
    coverage: readCoverage(head, faults),
    requirements: found.map(({ requirement }) => requirement),
  }
  checkGaps(pack, head, faults)
  const spots = new Map(found.map(({ requirement, node }) => [requirement.id, node]))
  return { read: { pack, examples: found.flatMap(({ examples }) => examples), spots }, head }
}

/** Only law says of itself what it is complete for, and only law has a territory. */
function checkHead(head: MapNode, { place, layer }: Pick<Pack, 'place' | 'layer'>, faults: Fault[]): void {
  const own = layer === 'law' ? ['coverage'] : []
  const optional = layer === 'law' ? ['layer', 'union', 'counts', 'note'] : ['layer', 'counts', 'note']
  checkKeys(head, ['place', 'title', 'destinations', ...own], optional, faults)
  const named = head.entries.get('place')
  if (named !== undefined && asText(named, 'place', faults) !== place)
    tell(faults, named, `The place must be "${place}", as the folder is named.`)
  const served = head.entries.get('destinations')
  if (layer !== 'law' && served?.kind === 'list' && served.items.length > 0)
    tell(
      faults,
      served,
      `A pack of layer ${layer} serves no destinations of its own. Write destinations: [] and "destination" in its requirements.`,
    )
}

function branchOf(layer: Layer): Branch {
  return layer === 'carrier' ? 'carrier' : layer === 'world' ? 'expectation' : 'plant-health'
}

function membersUnder(head: MapNode, key: string, { atlas, faults }: PackContext) {
  const node = head.entries.get(key)
  return node === undefined
    ? { inside: new Set<number>(), outside: new Set<number>() }
    : readMembers(node, key, atlas, faults)
}

function readFile(file: SourceFile, context: RequirementContext): RequirementRead[] {
  const root = readYaml(file, context.faults)
  if (root === null) return []
  return asList(root, 'the file', context.faults).flatMap((node) => readRequirement(node, context) ?? [])
}

function readCoverage(head: MapNode, faults: Fault[]): Coverage[] {
  const node = head.entries.get('coverage')
  return node === undefined ? [] : asList(node, 'coverage', faults).flatMap((item) => readCover(item, faults) ?? [])
}

/** What is not declared complete is not taken over: it answers nothing. */
function readCover(node: Node, faults: Fault[]): Coverage | null {
  const map = asMap(node, 'coverage', faults)
  if (map === null) return null
  checkKeys(map, ['articles', 'origins', 'complete'], ['by', 'on', 'from', 'what', 'asks-nothing', 'note'], faults)
  const complete = under(map, 'complete', asTruth, faults)
  const articles = under(map, 'articles', (one, what) => asWords(one, what, goodsArticles, faults), faults) ?? []
  const origins = under(
    map,
    'origins',
    (one, what) => asOneOf(one, what, ['third-country', 'union', 'any'] as const, faults),
    faults,
  )
  const [by, what] = [under(map, 'by', asText, faults), under(map, 'what', asText, faults)]
  const [on, from] = [under(map, 'on', asDay, faults), under(map, 'from', asDay, faults)]
  const asksNothing = under(map, 'asks-nothing', (one, name) => asWords(one, name, goodsArticles, faults), faults) ?? []
  if (on !== null && from !== null && from > on)
    tell(faults, map, `What was read on ${on} cannot be claimed from ${from} on: a later day. Correct one of them.`)
  if (complete !== true || origins === null) return null
  if (by !== null && on !== null && what !== null)
    return { articles, origins, by, on, from: from ?? on, what, asksNothing }
  tell(faults, map, 'What is declared complete names who read it ("by"), when ("on") and what was read ("what").')
  return null
}

/** A claim without law is a gap, unless it says that the law asks nothing; one that says so and has law is wrong. */
function checkGaps({ coverage, requirements }: Pack, head: MapNode, faults: Fault[]): void {
  const node = head.entries.get('coverage') ?? head
  for (const { articles, asksNothing } of coverage) {
    for (const article of new Set([...articles, ...asksNothing])) {
      const spoken = requirements.some((one) => speaksOf(one, article))
      if (!articles.includes(article))
        tell(
          faults,
          node,
          `"asks-nothing" names ${article}, which this claim is not about. Add it to "articles" or drop it.`,
        )
      else if (spoken && asksNothing.includes(article))
        tell(faults, node, `"asks-nothing" names ${article}, and a requirement of this pack speaks of it. Take it out.`)
      else if (!spoken && !asksNothing.includes(article))
        tell(
          faults,
          node,
          `${article} is declared complete and no requirement speaks of it. Write "asks-nothing: [${article}]" where that is the law, or drop the claim.`,
        )
    }
  }
}

function checkTogether(found: readonly RequirementRead[], head: MapNode, faults: Fault[]): void {
  const seen = new Map<string, MapNode>()
  for (const { requirement, node } of found) {
    const before = seen.get(requirement.id)
    if (before !== undefined)
      tell(faults, node, `The id "${requirement.id}" is taken (${before.file}:${before.line}). Choose another.`)
    else seen.set(requirement.id, node)
  }
  for (const { requirement, node } of found) {
    for (const id of requirement.lifts?.requirements ?? []) {
      if (!seen.has(id))
        tell(faults, node, `"lifts" names "${id}", which is no requirement here.${suggestion(id, seen.keys())}`)
    }
  }
  checkCounts(
    found.map(({ requirement }) => requirement),
    head,
    faults,
  )
}

function checkCounts({ length }: readonly Requirement[], head: MapNode, faults: Fault[]): void {
  const counts = under(head, 'counts', asMap, faults)
  if (counts === null) return
  checkKeys(counts, [], ['at-least', 'at-most'], faults)
  const [least, most] = [under(counts, 'at-least', asNumber, faults), under(counts, 'at-most', asNumber, faults)]
  if (least !== null && length < least)
    tell(faults, counts, `The pack has ${length} requirements, at least ${least} are expected. Is a file missing?`)
  if (most !== null && length > most)
    tell(
      faults,
      counts,
      `The pack has ${length} requirements, at most ${most} are expected. Raise "at-most" if that is right.`,
    )
}

function checkDestinations(packs: readonly PackFound[], { atlas, faults }: PackContext): void {
  const servedBy = new Map<number, string>()
  for (const { read, head } of packs) {
    if (read.pack.layer !== 'law') continue
    for (const place of read.pack.destinations) {
      const other = servedBy.get(place)
      if (other === undefined) servedBy.set(place, read.pack.place)
      else
        tell(
          faults,
          head,
          `${atlas.places.codes[place]} is served by requirements/${other}/ already. A destination has one pack.`,
        )
    }
  }
}
