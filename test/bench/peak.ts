import path from 'node:path'
import { pathToFileURL } from 'node:url'

// Runs a command of Greenlane in this process and tells the peak of memory that the operating system counted.
const main = path.resolve(import.meta.dirname, '../../dist/src/cli/main.js')
const { main: run }: { main: (args: readonly string[]) => Promise<number> } = await import(pathToFileURL(main).href)
const code = await run(process.argv.slice(2))
process.stderr.write(`PEAK ${process.resourceUsage().maxRSS} ${code}\n`)
