import type { ActPolicy, AskRound, StagePolicy } from '../core/act/case/act-policy.ts'
import { type PartyRole, partyRoles } from '../core/act/case/party-roles.ts'
import { type Proposal, proposals } from '../core/decide/policy.ts'
import type { Stage } from '../core/parcel/parcel.ts'
import { type ActContext, asCertificates, asPositive, noCertificates } from './certificate-policy.ts'
import { type Fault, type Spot, tell } from './fault.ts'
import { filesLike, type SourceFile } from './sources.ts'
import { asList, asMap, asOneOf, asWords, checkKeys, type MapNode, type Node, readYaml, under } from './yaml.ts'

const stages: readonly Stage[] = ['pre-departure', 'departed', 'arrived', 'unknown']
/** Kinds of reasons that speak of how an item was declared. */
const declarationReasons = ['vague', 'unclear', 'form-unclear', 'hs-and-words', 'category-and-words'] as const

/** Reads `policy/act.yaml`: asking, deadlines, what follows when nobody answers, and numbers of certificates. */
export function readActPolicy(files: readonly SourceFile[], context: ActContext): ActPolicy {
  const { faults, policy } = context
  const [file] = filesLike(files, /^policy\/act\.yaml$/)
  if (file === undefined)
    tell(
      faults,
      { file: 'knowledge/policy/act.yaml', line: 1 },
      'The file is missing. Write who is asked, and until when.',
    )
  const root = file === undefined ? null : readYaml(file, faults)
  const map = root === null ? null : asMap(root, 'the file', faults)
  if (map === null) return { order: policy.order, stages: noStages(), returned: [], certificates: noCertificates }
  checkKeys(map, ['stages', 'returned', 'certificates'], [], faults)
  return {
    order: policy.order,
    stages: under(map, 'stages', (node, what) => asStages(node, what, context), faults) ?? noStages(),
    returned: under(map, 'returned', (node, what) => asWords(node, what, declarationReasons, faults), faults) ?? [],
    certificates:
      under(map, 'certificates', (node, what) => asCertificates(node, what, context), faults) ?? noCertificates,
  }
}

/** Stands in after a fault; what has faults is not compiled. */
function noStages(): Record<Stage, StagePolicy> {
  const unanswered = Object.fromEntries(proposals.map((one) => [one, one])) as Record<Proposal, Proposal>
  return Object.fromEntries(stages.map((one) => [one, { rounds: [], unanswered }])) as unknown as Record<
    Stage,
    StagePolicy
  >
}

function asStages(node: Node, what: string, context: ActContext): Record<Stage, StagePolicy> {
  const { faults } = context
  const map = asMap(node, what, faults)
  const read = noStages()
  if (map === null) return read
  checkKeys(map, stages, [], faults)
  for (const stage of stages) {
    const block = under(map, stage, asMap, faults)
    if (block === null) continue
    checkKeys(block, ['rounds', 'unanswered'], [], faults)
    const rounds = under(block, 'rounds', (one, key) => asRounds(one, key, faults), faults) ?? []
    checkReach(block, rounds, stage, context)
    read[stage] = { rounds, unanswered: asUnanswered(block, stage, context) ?? read[stage].unanswered }
  }
  return read
}

function asRounds(node: Node, what: string, faults: Fault[]): AskRound[] {
  return asList(node, what, faults).flatMap((item) => {
    const round = asMap(item, 'a round', faults)
    if (round === null) return []
    checkKeys(round, ['whom', 'hours', 'remind'], [], faults)
    const whom = under(round, 'whom', (one, key) => asWords<PartyRole>(one, key, partyRoles, faults), faults) ?? []
    const hours = under(round, 'hours', asPositive, faults) ?? 0
    const remind = under(round, 'remind', asList, faults) ?? []
    const after = remind.flatMap((one) => asPositive(one, 'remind', faults) ?? [])
    if (after.some((one, at) => one >= (after[at + 1] ?? hours)))
      tell(faults, round, `"remind" names hours before the deadline (${hours}), the earliest first.`)
    return [{ whom, hours, remind: after }]
  })
}

/** Whatever is asked, somebody who can answer is reached in some round; and a declaration goes back to its declarant. */
function checkReach(block: Spot, rounds: readonly AskRound[], stage: Stage, { policy, faults }: ActContext): void {
  const reached = new Set<string>(rounds.flatMap(({ whom }) => whom))
  if (!reached.has('declarant'))
    tell(
      faults,
      block,
      `Nobody reaches the declarant at the stage ${stage}. Add "declarant" to a round: vague declarations go back.`,
    )
  for (const [fact, whom] of Object.entries(policy.askWhom))
    if (!whom.some((one) => reached.has(one)))
      tell(
        faults,
        block,
        `Nobody who can tell "${fact}" (${whom.join(', ')}) is reached at the stage ${stage}. Add one of them to a round.`,
      )
}

/** What follows when nobody answers is never milder than what stood; a stop before dispatch is none once it is on its way. */
function asUnanswered(block: MapNode, stage: Stage, { policy, faults }: ActContext): Record<Proposal, Proposal> | null {
  const map = under(block, 'unanswered', asMap, faults)
  if (map === null) return null
  checkKeys(map, proposals, [], faults)
  const left = stage === 'departed' || stage === 'arrived'
  const read = noStages()[stage].unanswered as Record<Proposal, Proposal>
  for (const stood of proposals) {
    const node = map.entries.get(stood)
    const follows = node === undefined ? null : asOneOf(node, `unanswered: ${stood}`, proposals, faults)
    if (node === undefined || follows === null) continue
    read[stood] = follows
    if (left && follows === 'stop-before-dispatch')
      tell(
        faults,
        node,
        `A parcel at the stage ${stage} is not stopped before dispatch any more. Write inspect or refuse.`,
      )
    const least: Proposal = left && stood === 'stop-before-dispatch' ? 'inspect' : stood
    if (policy.order.indexOf(follows) < policy.order.indexOf(least))
      tell(
        faults,
        node,
        `"${follows}" is milder than "${least}". When nobody answers, what follows is never milder than what stood.`,
      )
  }
  return read
}
