import { fileURLToPath } from 'node:url'
import { UsageError } from '../intake/table.ts'
import { readArguments, usage } from './arguments.ts'
import { screenGiven, screenOptions } from './screen.ts'

/** The consignments that ship with Greenlane: invented, in many languages. */
export const sampleFile = fileURLToPath(new URL('../../../knowledge/samples/consignments.ndjson', import.meta.url))

export const demoHelp = `greenlane demo [--to PLACE] [--on DAY] [--output table] [--out FILE]

Screens the consignments that ship with Greenlane and shows the result: as a table when --output is not given. All options of
\`greenlane screen\` hold.
`

/** Screens the sample consignments and shows the result as a table. */
export async function demo(args: readonly string[]): Promise<number> {
  return usage(demoHelp, async () => {
    const given = readArguments(args, { ...screenOptions, output: { type: 'string', default: 'table' } })
    if (given.flag('help')) {
      process.stdout.write(demoHelp)
      return 0
    }
    if (given.words.length > 0) throw new UsageError('The demo has its own samples: `greenlane screen` takes files.')
    return screenGiven([sampleFile], given)
  })
}
