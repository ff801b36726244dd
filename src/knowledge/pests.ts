import type { Taxa } from '../core/parcel/taxa.ts'
import type { Pack } from '../core/require/pack.ts'
import type { Pest } from '../core/require/pests.ts'
import { cell, listCell, type Row, readTable } from './csv.ts'
import { type Fault, suggestion, tell } from './fault.ts'
import { findCode } from './places.ts'
import type { Atlas } from './sets.ts'
import { filesLike, type SourceFile } from './sources.ts'
import { findTaxon } from './taxa.ts'

/** What tables of pests are looked up in. */
export interface PestContext {
  readonly taxa: Taxa
  readonly atlas: Atlas
  readonly packs: readonly Pack[]
  readonly faults: Fault[]
}

/** Pests that law lists, and packs whose requirements name the pests they are there for. */
export interface PestsRead {
  readonly pests: readonly Pest[]
  readonly packs: readonly Pack[]
}

const columns = {
  required: ['name', 'eppo', 'group', 'listed', 'requirements', 'hosts', 'origins'],
  optional: ['exceptions', 'note'],
}

/**
 * Reads `pests/<place>.csv`: the regulated pests of a place. A row may name requirements that are there for the pest, which
 * then name it too; a pest that a requirement names must stand in some table.
 */
export function readPests(files: readonly SourceFile[], context: PestContext): PestsRead {
  const ids = new Set(context.packs.flatMap(({ requirements }) => requirements.map(({ id }) => id)))
  const named = new Map<string, string[]>()
  const seen = new Set<string>()
  const pests = filesLike(files, /^pests\/[^/]+\.csv$/).flatMap((file) => {
    const place = file.path.replace(/^pests\/|\.csv$/g, '')
    return readTable(file, columns, context.faults).map((row) => {
      const pest = readPest(row, place, context)
      if (seen.has(`${place} ${pest.name}`))
        tell(context.faults, row, `"${pest.name}" has a row already. Keep one, and join what they say.`)
      seen.add(`${place} ${pest.name}`)
      for (const id of listCell(row, 'requirements')) {
        if (ids.has(id)) named.set(id, [...(named.get(id) ?? []), pest.name])
        else
          tell(context.faults, row, `Unknown requirement "${id}".${suggestion(id, ids)} Write an id of requirements/.`)
      }
      return pest
    })
  })
  return { pests, packs: context.packs.map((pack) => withPests(pack, pests, named, context.faults)) }
}

function readPest(row: Row, place: string, { taxa, atlas, faults }: PestContext): Pest {
  const name = cell(row, 'name')
  if (name === '') tell(faults, row, 'The name is missing. Write the scientific name as the list prints it.')
  if (cell(row, 'listed') === '') tell(faults, row, `Where "${name}" is listed is missing. Write the annex and point.`)
  const eppo = cell(row, 'eppo')
  if (eppo !== '' && !/^[A-Z0-9]{5,6}$/.test(eppo))
    tell(
      faults,
      row,
      `"${eppo}" is no EPPO code of a pest: five or six capitals and digits. Leave it empty where none is printed.`,
    )
  return {
    name,
    eppo: eppo === '' ? null : eppo,
    group: cell(row, 'group'),
    place,
    point: cell(row, 'listed'),
    hosts: listCell(row, 'hosts').flatMap((host) => findTaxon(taxa, host, row, faults) ?? []),
    origins: listCell(row, 'origins').flatMap((code) => findCode(atlas.places, code, row, faults) ?? []),
  }
}

function withPests(
  pack: Pack,
  pests: readonly Pest[],
  named: ReadonlyMap<string, readonly string[]>,
  faults: Fault[],
): Pack {
  const known = new Set(pests.map(({ name }) => name))
  const requirements = pack.requirements.map((requirement) => {
    for (const name of requirement.pests)
      if (!known.has(name))
        tell(
          faults,
          { file: `requirements/${pack.place}/`, line: 1 },
          `${requirement.id} names the pest "${name}", which no table of pests/ has.${suggestion(name, known)} Add a row there.`,
        )
    const more = named.get(requirement.id) ?? []
    return more.length === 0 ? requirement : { ...requirement, pests: [...new Set([...requirement.pests, ...more])] }
  })
  return { ...pack, requirements }
}
