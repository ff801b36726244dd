import { versionLine } from './version.ts'

/** What a command does with its arguments; the number is the exit code of the process. */
export type Command = (args: readonly string[]) => Promise<number>

/** One row of the table of commands: its line in the help, and the import that brings it when it is asked for. */
interface Entry {
  readonly says: string
  readonly load: () => Promise<Command>
}

/** Every command in the order of the help. Each is imported when called, so that none loads what another needs. */
const commands: ReadonlyMap<string, Entry> = new Map<string, Entry>([
  [
    'screen',
    {
      says: 'screen files of parcels: an answer for each record',
      load: async () => (await import('./screen.ts')).screen,
    },
  ],
  ['explain', { says: "one item's whole story", load: async () => (await import('./explain.ts')).explain }],
  [
    'requirements',
    { says: 'what the law of a destination asks', load: async () => (await import('./requirements.ts')).requirements },
  ],
  [
    'check',
    {
      says: 'what a seller does before goods are sold to a place',
      load: async () => (await import('./check.ts')).check,
    },
  ],
  [
    'names',
    {
      says: 'what names mean, scientific and common: one a line',
      load: async () => (await import('./names.ts')).names,
    },
  ],
  [
    'knowledge',
    {
      says: 'check what experts wrote, tell its edition, import names',
      load: async () => (await import('./knowledge.ts')).knowledge,
    },
  ],
  [
    'serve',
    {
      says: 'run the service: parcels in, answers out',
      load: async () => (await import('./serve.ts')).serve,
    },
  ],
  [
    'config',
    {
      says: 'the variables that the service reads, and what is wrong with them',
      load: async () => (await import('./config.ts')).config,
    },
  ],
  [
    'audit',
    {
      says: 'prove that nothing of what happened was changed since, or name the first broken link',
      load: async () => (await import('./audit.ts')).audit,
    },
  ],
  [
    'backup',
    {
      says: 'write everything that the store holds into a file, also while the service runs',
      load: async () => (await import('./backup.ts')).backup,
    },
  ],
  [
    'restore',
    {
      says: 'put a backup in the place of a store, and verify it',
      load: async () => (await import('./restore.ts')).restore,
    },
  ],
  [
    'people',
    {
      says: 'who may sign in: list, invite, remove, and a way in when locked out',
      load: async () => (await import('./people.ts')).people,
    },
  ],
  [
    'keys',
    {
      says: 'API keys of partners: make, list, rotate, revoke',
      load: async () => (await import('./keys.ts')).keys,
    },
  ],
  [
    'replay',
    {
      says: 'decide again from what is stored and compare every byte',
      load: async () => (await import('./replay.ts')).replay,
    },
  ],
  ['demo', { says: 'screen the samples that ship with Greenlane', load: async () => (await import('./demo.ts')).demo }],
  ['version', { says: 'the version of Greenlane and of its engine', load: async () => printVersion }],
  ['help', { says: 'this text', load: async () => printHelp }],
])

const otherNames: ReadonlyMap<string, string> = new Map([
  ['--version', 'version'],
  ['-v', 'version'],
  ['--help', 'help'],
  ['-h', 'help'],
])

/** Runs the command that the arguments name and returns the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const [asked = 'help', ...args] = argv
  const entry = commands.get(otherNames.get(asked) ?? asked)
  if (entry === undefined) {
    process.stderr.write(`There is no command "${asked}".\n\n${helpText()}`)
    return 2
  }
  const command = await entry.load()
  return command(args)
}

async function printVersion(): Promise<number> {
  process.stdout.write(`${versionLine()}\n`)
  return 0
}

async function printHelp(): Promise<number> {
  process.stdout.write(helpText())
  return 0
}

function helpText(): string {
  const width = Math.max(...[...commands.keys()].map((name) => name.length))
  const lines = [...commands].map(([name, { says }]) => `  greenlane ${name.padEnd(width)}  ${says}`)
  return `Greenlane screens parcels for plant-health risk.\n\n${lines.join('\n')}\n\nEach command tells its options with --help.\n`
}
