/** Kinds of events by which persons decide on a parcel, take a decision back, or tell that it was carried out. */
export const personsDecisions = ['decided', 'decision-undone', 'carried-out'] as const

/** Whether an event of this kind is a decision of a person. */
export function isPersonsDecision(kind: string): boolean {
  return (personsDecisions as readonly string[]).includes(kind)
}
