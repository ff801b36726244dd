/** What is wrong at a link of a chain. */
export type LinkFault =
  /** The hash is not that of the event and of the hash before it: one of them was changed, or the order was. */
  | 'hash'
  /** Events are missing before this one. */
  | 'gap'
  /** A message or answer is not the one that the event was written for. */
  | 'message-content'
  | 'answer'
  /** Another column of a message or decision does not say what its event says. */
  | 'message-column'
  | 'decision-column'
  | 'message-missing'
  | 'decision-missing'
  /** A message or decision that no event speaks of. */
  | 'row-without-event'
  /** What stands there cannot be read as an event. */
  | 'unreadable'
  /** The chain ends before the end that was kept, or the kept end is another. */
  | 'end-cut-off'
  | 'end-changed'
  /** The hash at this place is not the one that was kept elsewhere: the chain was written anew. */
  | 'rewritten'

/** What is wrong, with what stands there and what should in a few words. */
export interface Fault {
  readonly fault: LinkFault
  /** Empty where the fault tells all. */
  readonly detail: string
}

/** The first link of a chain that does not hold. */
export interface BrokenLink extends Fault {
  readonly seq: number
  /** Kind and parcel of the event, as far as there is one. */
  readonly kind: string | null
  readonly parcel: number | null
}

/** The end of a chain, as it can be kept elsewhere. */
export interface ChainEnd {
  readonly seq: number
  /** In hexadecimal. */
  readonly hash: string
}
