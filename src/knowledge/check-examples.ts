import type { Knowledge } from '../core/knowledge.ts'
import type { Places } from '../core/parcel/places.ts'
import { type Descent, descent } from '../core/require/descent.ts'
import { evaluate } from '../core/require/evaluate.ts'
import { packFor } from '../core/require/layers.ts'
import { missingFacts } from '../core/require/missing.ts'
import type { Pack } from '../core/require/pack.ts'
import { type ReadyRequirement, ready } from '../core/require/ready.ts'
import { factsOf, isReExported, situation } from '../core/require/situation.ts'
import { no, unknown } from '../core/require/value.ts'
import type { Fault } from './fault.ts'
import type { Example, Expectation } from './situations.ts'

/** What the examples are tried on: all of knowledge but the words and the lexicon. */
export type Law = Pick<Knowledge, 'taxa' | 'places' | 'packs'>

interface Tried {
  readonly pack: Pack
  readonly requirement: ReadyRequirement
  readonly from: Descent
}

/** Runs every example of every requirement; a fault for each that does not come out as it says. */
export function checkExamples({ taxa, places, packs }: Law, examples: readonly Example[]): Fault[] {
  const from = descent(taxa)
  const byId = new Map<string, Tried>()
  for (const pack of packs) {
    for (const one of pack.requirements) byId.set(one.id, { pack, requirement: ready(one, from), from })
  }
  return examples.flatMap((example) => {
    const tried = byId.get(example.requirement)
    const sentence = tried === undefined ? null : faultOf(example, asAsked(tried, example, packs), places)
    return sentence === null ? [] : [{ file: example.file, line: example.line, sentence }]
  })
}

/** What stands beside the law is asked together with the law of the destination, whose union tells what enters. */
function asAsked(tried: Tried, { given }: Example, packs: readonly Pack[]): Tried {
  if (tried.pack.layer === 'law') return tried
  return { ...tried, pack: { ...tried.pack, union: (packFor(packs, given.destination ?? -1) ?? tried.pack).union } }
}

function faultOf(example: Example, { pack, requirement, from }: Tried, { codes, partOf }: Places): string | null {
  const { given, expect, goods } = example
  const destination = given.destination ?? -1
  const name = `${example.requirement}, "${goods}"`
  if (pack.layer === 'law' && !pack.destinations.includes(destination)) {
    return `${name}: ${codes[destination] ?? 'the destination'} is no destination of requirements/${pack.place}/. Correct "to".`
  }
  const reExported = isReExported(given.origin ?? -1, given.dispatch ?? -1, partOf)
  const value = evaluate(requirement, situation({ ...given, reExported }), { pack, from })
  const found: Expectation = value === no ? 'does-not-apply' : value === unknown ? 'possible' : 'applies'
  if (found === expect) return null
  const missing = value === unknown ? ` Not told: ${factsOf(missingFacts()).join(', ')}.` : ''
  return `${name}: expected ${expect}, comes out as ${found}.${missing} Correct the requirement or the example.`
}
