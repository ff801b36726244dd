import type { CaseEvent, EventBody, EventKind } from './event.ts'
import type { QuestionKey } from './event-asking.ts'
import type { Instant } from './instant.ts'

/** One line of a case's history: the sentence `event.<key>` with its slots, when, and by whom. */
export interface HistoryLine {
  readonly seq: number
  readonly at: Instant
  readonly actor: string
  readonly key: string
  readonly slots: Readonly<Record<string, string>>
}

type Slots = Readonly<Record<string, string>>

/** The line that tells of an event. A slot that begins with `@` is a key of words. */
export function historyLine({ seq, at, actor, body }: CaseEvent): HistoryLine {
  const slots = slotsOf[body.kind] as ((body: EventBody) => Slots) | undefined
  const key = `event.${keyOf(body)}`
  return { seq, at, actor, key, slots: slots === undefined ? {} : slots(body) }
}

/** Events that read differently by what they tell. */
function keyOf(body: EventBody): string {
  switch (body.kind) {
    case 'received':
      return body.amends === null ? 'received' : 'amended'
    case 'certificate-step':
      return `certificate-step.${body.holds === null ? 'open' : body.holds ? 'holds' : 'fails'}`
    case 'inspected':
      return body.found ? 'inspected.found' : 'inspected.nothing'
    case 'laboratory-result':
      return body.found ? 'laboratory-result.found' : 'laboratory-result.nothing'
    case 'receipt-claimed':
      return body.honoured ? 'receipt-claimed.honoured' : 'receipt-claimed.refused'
    case 'assigned':
      return body.to === null ? 'assigned.none' : 'assigned'
    case 'partner-code-read':
      return body.reading.state === null ? 'partner-code-read.unknown' : 'partner-code-read'
    default:
      return body.kind
  }
}

const slotsOf: { readonly [K in EventKind]?: (body: Extract<EventBody, { kind: K }>) => Slots } = {
  received: ({ partner }) => ({ partner }),
  proposed: ({ proposal, cause, knowledge, day }) => ({
    proposal: `@proposal.${proposal}`,
    cause: `@cause.${cause}`,
    knowledge,
    day,
  }),
  asked: ({ questions, deadline, round }) => ({
    questions: listed(questions),
    whom: whomOf(questions),
    deadline,
    round: `${round}`,
  }),
  'returned-to-declarant': ({ questions, partner, deadline }) => ({ questions: listed(questions), partner, deadline }),
  reminded: ({ questions, number }) => ({ questions: listed(questions), number: `${number}` }),
  answered: ({ item, fact, as, value }) => ({ item: `${item}`, fact, as: `@party.${as}`, value }),
  'question-ended': ({ questions, follows }) => ({ questions: listed(questions), follows: `@proposal.${follows}` }),
  'certificate-step': ({ certificate, step }) => ({
    paper: `@paper.${certificate.paper}`,
    number: certificate.number ?? '@no-number',
    step: `@certificate-step.${step}`,
  }),
  decided: ({ act, reasons, requirement }) => ({ act: `@act.${act}`, reasons, requirement: requirement ?? '' }),
  'decision-undone': ({ reasons }) => ({ reasons }),
  'carried-out': ({ how }) => ({ how }),
  inspected: ({ taxon, pest, minutes }) => ({ taxon: taxon ?? '', pest: pest ?? '', minutes: `${minutes}` }),
  'laboratory-result': ({ laboratory, taxon, pest }) => ({ laboratory, taxon: taxon ?? '', pest: pest ?? '' }),
  'partner-code-read': ({ partner, reading }) => ({
    partner,
    raw: reading.raw,
    state: reading.state === null ? '' : `@partner-state.${reading.state}`,
  }),
  'personal-data-viewed': ({ purpose }) => ({ purpose }),
  'personal-data-deleted': ({ why }) => ({ why: `@deleted-because.${why}` }),
  'receipt-claimed': ({ receipt, differs }) => ({ receipt, differs: differs.join(', ') }),
  'opened-without-data': ({ because }) => ({ because: `@opened-because.${because}` }),
  selected: ({ by, probability }) => ({ by: `@selected-by.${by}`, probability: `${probability}` }),
  located: ({ place, shelf }) => ({ place: shelf === null ? place : `${place}, ${shelf}` }),
  assigned: ({ to }) => ({ to: to ?? '' }),
  notified: ({ to, about, language }) => ({ to: `@party.${to}`, about: `@notice.${about}`, language }),
  note: ({ text }) => ({ text }),
}

function listed(questions: readonly QuestionKey[]): string {
  return questions.map(({ item, fact }) => `${fact} (${item})`).join(', ')
}

function whomOf(questions: readonly { readonly whom: readonly string[] }[]): string {
  return [...new Set(questions.flatMap(({ whom }) => whom))].join(', ')
}
