import type { SharedKnowledge } from '../knowledge/load.ts'
import type { Store } from '../store/open-store.ts'
import { type EditionKey, joinPieces, type KeptPart, type PartName } from './edition-parts.ts'
import { findEdition } from './keep-edition.ts'

/** An edition that is not kept, or not whole. */
export class EditionFault extends Error {
  override readonly name = 'EditionFault'
}

/** Loads a kept edition so that threads can attach to it. Throws EditionFault where it is not kept or its pieces were changed. */
export async function loadEdition({ db }: Pick<Store, 'db'>, key: EditionKey): Promise<SharedKnowledge> {
  const parts = await findEdition({ db }, key)
  if (parts === null)
    throw new EditionFault(`The edition ${key.edition}, compiled by ${key.engine}, is not kept in this store.`)
  const load = async (name: PartName): Promise<SharedArrayBuffer> => {
    const part = parts.find((one) => one.name === name)
    if (part === undefined) throw new EditionFault(`The edition ${key.edition} was kept without ${name}.`)
    try {
      return await joinPieces(part, readPieces({ db }, key, part))
    } catch (error) {
      throw new EditionFault(`The edition ${key.edition} cannot be loaded. ${messageOf(error)}`, { cause: error })
    }
  }
  const [lexicon, rest] = await Promise.all([load('lexicon.bin'), load('knowledge.json')])
  return { lexicon, rest: Buffer.from(rest).toString('utf8') }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

async function* readPieces(
  { db }: Pick<Store, 'db'>,
  { edition, engine }: EditionKey,
  { name }: KeptPart,
): AsyncGenerator<Uint8Array> {
  for (let piece = 0; ; piece += 1) {
    const row = await db
      .selectFrom('edition_pieces')
      .select('content')
      .where('edition', '=', edition)
      .where('engine', '=', engine)
      .where('part', '=', name)
      .where('piece', '=', piece)
      .executeTakeFirst()
    if (row === undefined) return
    yield row.content
  }
}
