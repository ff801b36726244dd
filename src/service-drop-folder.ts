import { startDropping } from './delivery/dropping.ts'
import { receiveFile } from './delivery/receive-file.ts'
import type { Reception } from './intake/reception.ts'
import type { Part } from './running/drain.ts'
import type { Metrics } from './running/metrics.ts'
import { noteTally } from './running/note-tally.ts'
import { firstTenant, type ServiceStart } from './service.ts'
import type { Store } from './store/open-store.ts'

export interface DropFolderStart extends Pick<ServiceStart, 'config' | 'log' | 'now'> {
  readonly store: Store
  readonly reception: Reception
  readonly words: () => Readonly<Record<string, string>>
  readonly metrics: Metrics
}

/** Looks after the drop folder where the configuration names one. */
export function dropFolderPart(start: DropFolderStart): readonly Part[] {
  const { config, log, now, store, reception, words, metrics } = start
  const { dropFolderIn, dropFolderOut } = config
  if (dropFolderIn === null || dropFolderOut === null) return []
  const parts = { reception, words, tally: (tally: Parameters<typeof noteTally>[1]) => noteTally(metrics, tally) }
  const dropping = startDropping({
    in: dropFolderIn,
    out: dropFolderOut,
    tenant: firstTenant,
    db: store.db,
    now,
    receive: (file, sending) => receiveFile(file, sending, parts),
    failed: (error) =>
      log.warn('A file of the drop folder could not be taken in; it stays and is tried again', {}, error),
  })
  return [{ name: 'drop folder', close: dropping.close }]
}
