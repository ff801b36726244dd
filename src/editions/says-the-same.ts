/** What of an answer a person or partner acts on. */
interface Told {
  readonly proposal: unknown
  readonly reasons: unknown
  readonly questions: unknown
}

/** Whether two answers, as JSON, propose the same for the same reasons and ask the same. Who made them is not compared. */
export function saysTheSame(one: string, other: string): boolean {
  return told(one) === told(other)
}

function told(answer: string): string {
  const { proposal, reasons, questions } = JSON.parse(answer) as Told
  return JSON.stringify([proposal, reasons, questions])
}
