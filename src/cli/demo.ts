import { fileURLToPath } from 'node:url'
import { readArguments } from './arguments.ts'
import { screenGiven } from './screen.ts'

/** The consignments that ship with Greenlane: invented, in many languages. */
export const sampleFile = fileURLToPath(new URL('../../../knowledge/samples/consignments.ndjson', import.meta.url))

/** Screens the sample consignments and shows the result as a table. */
export async function demo(args: readonly string[]): Promise<number> {
  const form = args.some((one) => one.startsWith('--output')) ? [] : ['--output', 'table']
  const given = readArguments([...form, ...args], {
    output: { type: 'string' },
    out: { type: 'string' },
    on: { type: 'string' },
    to: { type: 'string' },
  })
  return screenGiven([sampleFile], given)
}
