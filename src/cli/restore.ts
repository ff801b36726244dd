import { tmpdir } from 'node:os'
import path from 'node:path'
import { UsageError } from '../intake/table.ts'
import { type Arguments, readArguments, usage } from './arguments.ts'
import { told } from './backup.ts'
import { storeHelp, storeOptions, storePlace } from './store-place.ts'

export const restoreHelp = `greenlane restore FILE [--force]
greenlane restore FILE --check

Puts a backup in the place of a store, SQLite or PostgreSQL, whichever it came from. The chain of events of every tenant is verified
before anything is touched and again afterwards; an older backup is brought up to date. Stop the service first: a store that is in
use is left alone. People sign in again afterwards.

  --force              replaces a store that holds events. A SQLite store is kept beside, under a name that tells when; what
                       PostgreSQL holds is deleted
  --check              verifies the backup and restores nothing
${storeHelp}

Exit code: 0, 1 when nothing was restored or the backup does not hold, or 2 for wrong use.
`

const options = {
  ...storeOptions,
  force: { type: 'boolean' },
  check: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** Restores or checks a backup. */
export async function restore(args: readonly string[]): Promise<number> {
  return usage(restoreHelp, async () => {
    const given = readArguments(args, options)
    if (given.flag('help')) {
      process.stdout.write(restoreHelp)
      return 0
    }
    const [file, ...more] = given.words
    if (file === undefined || more.length > 0) throw new UsageError('Name one backup.')
    return told(() => (given.flag('check') ? checked(file) : restored(file, given)))
  })
}

async function checked(file: string): Promise<string> {
  const { checkBackup } = await import('../running/restore.ts')
  return `${file} holds: ${countOf(await checkBackup(file, tmpdir()))}.`
}

async function restored(file: string, given: Arguments): Promise<string> {
  const place = storePlace(given)
  const folder = place.kind === 'sqlite' ? path.dirname(place.file) : tmpdir()
  const { restore: restoreFile } = await import('../running/restore.ts')
  const there = await restoreFile({ file, place, folder, replace: given.flag('force') })
  const aside = there.aside === null ? '' : ` What was there before is in ${there.aside}.`
  return `Restored and verified: ${countOf(there)}.${aside}`
}

function countOf({ events, tenants }: { readonly events: number; readonly tenants: number }): string {
  return `${events} events of ${tenants} ${tenants === 1 ? 'tenant' : 'tenants'}, every chain unbroken`
}
