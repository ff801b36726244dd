import { UsageError } from '../intake/table.ts'
import { BackupFault } from '../running/backup-fault.ts'
import { readArguments, usage } from './arguments.ts'
import { storeHelp, storeOptions, storePlace } from './store-place.ts'

export const backupHelp = `greenlane backup FILE

Writes everything that the store holds at this moment into a new file, also while the service runs: tenants, parcels, messages,
decisions, the chain of events, people's data as they are sealed, keys of partners as digests. It is a SQLite store of Greenlane,
whichever store it comes from: SQLite is copied by VACUUM INTO, PostgreSQL read in one snapshot. Sessions are left out.

The key that people's data are sealed with is not in it (GREENLANE_KEY, or the file key in DATA_DIR): keep it elsewhere. A backup
holds people's data until it is deleted, so delete backups that are older than RETENTION_DAYS.

${storeHelp}

Exit code: 0, 1 when the backup could not be made, or 2 for wrong use.
`

/** Writes a backup of the store. */
export async function backup(args: readonly string[]): Promise<number> {
  return usage(backupHelp, async () => {
    const given = readArguments(args, { ...storeOptions, help: { type: 'boolean', short: 'h' } })
    if (given.flag('help')) {
      process.stdout.write(backupHelp)
      return 0
    }
    const [file, ...more] = given.words
    if (file === undefined || more.length > 0) throw new UsageError('Name one file that the backup is written to.')
    const { backUp } = await import('../running/backup.ts')
    return told(async () => {
      const { store, bytes, events, tenants } = await backUp(storePlace(given), file)
      const from = store === 'sqlite' ? 'SQLite' : 'PostgreSQL'
      return `${file}: ${events} events of ${tenants} ${tenants === 1 ? 'tenant' : 'tenants'} from ${from}, ${bytes} bytes. The key is not in it.`
    })
  })
}

/** Runs what makes or restores a backup and tells what came of it, in a sentence either way. */
export async function told(work: () => Promise<string>): Promise<number> {
  try {
    process.stdout.write(`${await work()}\n`)
    return 0
  } catch (error) {
    if (!(error instanceof BackupFault)) throw error
    process.stderr.write(`${error.message}\n`)
    return 1
  }
}
