/** How an answer shows that partners told different things of one parcel. */
const differing = '"kind":"sources-'

interface Told {
  readonly reasons: readonly { readonly sentence: string }[]
  readonly items: readonly { readonly taxa: readonly object[] }[]
}

/**
 * An answer as a partner is told it: where partners told different things of the parcel, without the words of the others. What was
 * written is left out of sentences, but for codes, and of evidence; what follows from it stays. Officers read who said what in the case.
 */
export function partnerAnswer(answer: string): string {
  if (!answer.includes(differing)) return answer
  const told = JSON.parse(answer) as Told
  return JSON.stringify({
    ...told,
    reasons: told.reasons.map((reason) => ({
      ...reason,
      sentence: reason.sentence.replaceAll(/«(?![A-Z0-9-]{1,10}»)[^»]*»/g, '«…»'),
      evidence: [],
    })),
    items: told.items.map((item) => ({
      ...item,
      taxa: item.taxa.map((taxon) => ({ ...taxon, written: '…' })),
      packaging: null,
      contamination: null,
    })),
  })
}
