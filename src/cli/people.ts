import { UsageError } from '../intake/table.ts'
import { readConfig } from '../running/config.ts'
import { invitationFor, listLinks, makeFirstLink, makeLink } from '../sign-in/links.ts'
import { listMembers, MemberFault, removeMember } from '../sign-in/members.ts'
import { rolesOfPeople } from '../sign-in/roles.ts'
import type { Store } from '../store/open-store.ts'
import { type Arguments, oneOf, readArguments, usage } from './arguments.ts'
import { harmless } from './harmless.ts'
import { plainTable } from './plain-table.ts'
import { openStoreThere, storeHelp, storeOptions } from './store-place.ts'
import { tenantHelp, tenantOf, tenantOptions } from './tenant.ts'

export const peopleHelp = `greenlane people list                     who may sign in, as what, and which invitations still open
greenlane people invite EMAIL --role ROLE makes a link by which this person comes in, once, within three days
greenlane people remove PERSON            takes a person out with all they sign in with; PERSON is an id of the list
greenlane people link                     makes a new link for an administrator, when nobody can sign in as one any more

  --role ROLE          ${rolesOfPeople.join(', ')}
  --place PLACE        limits what the person sees: a country or a border post; several times
${tenantHelp}
${storeHelp}

Links lead to PUBLIC_URL. They are shown once: only their digest is stored.
Exit code: 0, 1 when there is no such person or it is the last administrator, 2 for wrong use.
`

const options = {
  ...storeOptions,
  ...tenantOptions,
  role: { type: 'string' },
  place: { type: 'string', multiple: true },
  help: { type: 'boolean', short: 'h' },
} as const

/** Looks after the people of a tenant, on the store itself. */
export async function people(args: readonly string[]): Promise<number> {
  return usage(peopleHelp, async () => {
    const given = readArguments(args, options)
    if (given.flag('help')) return print(peopleHelp)
    const [what, who, ...more] = given.words
    if (what === undefined || !['list', 'invite', 'remove', 'link'].includes(what) || more.length > 0)
      throw new UsageError('Say what to do: list, invite EMAIL, remove PERSON or link.')
    const wish = what === 'invite' ? invitation(who, given) : null
    if (what === 'remove' && who === undefined) throw new UsageError('Name the person by the id that the list tells.')
    const store = await openStoreThere(given)
    try {
      const tenant = await tenantOf(store, given)
      if (wish !== null) return await invite(store, { ...wish, tenant })
      if (what === 'remove') return await remove(store, { tenant, person: who as string })
      return what === 'list' ? await list(store, tenant) : await link(store, tenant)
    } finally {
      await store.close()
    }
  })
}

function invitation(email: string | undefined, given: Arguments) {
  if (email === undefined || !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
    throw new UsageError('Give the e-mail address of the person: `greenlane people invite ana@office.example`.')
  const role = oneOf(given, 'role', rolesOfPeople)
  if (role === null) throw new UsageError(`Say with --role what the person is: ${rolesOfPeople.join(', ')}.`)
  const places = given.list('place')
  return { email, role, places: places.length === 0 ? null : places }
}

async function list({ db }: Store, tenant: string): Promise<number> {
  const members = await listMembers(db, tenant)
  const links = await listLinks(db, tenant, new Date())
  const rows = [
    ...members.map((one) => [one.person, one.name, one.email, one.role, placesLine(one.places), 'member']),
    ...links.map((one) => [
      one.id,
      '',
      one.email ?? '',
      one.role,
      placesLine(one.places),
      `invited until ${one.expiresAt}`,
    ]),
  ]
  if (rows.length === 0)
    return print('Nobody may sign in yet: `greenlane people link` makes a link for an administrator.\n')
  const head = ['id', 'name', 'address', 'role', 'places', '']
  return print(
    `${plainTable(
      head,
      rows.map((row) => row.map(harmless)),
    )}\n`,
  )
}

async function invite({ db }: Store, wish: ReturnType<typeof invitation> & { tenant: string }): Promise<number> {
  const { token } = await makeLink(db, { ...wish, by: 'system', lasts: invitationFor }, new Date())
  return print(`${welcomeLine(token)}\n`)
}

async function link({ db }: Store, tenant: string): Promise<number> {
  const token = await makeFirstLink(db, { tenant, lockedOut: true }, new Date())
  return print(`${welcomeLine(token as string)}\n`)
}

async function remove({ db }: Store, name: { readonly tenant: string; readonly person: string }): Promise<number> {
  try {
    if (await removeMember(db, name)) return print('Removed.\n')
    process.stderr.write(`There is no person ${harmless(name.person)}.\n`)
  } catch (error) {
    if (!(error instanceof MemberFault)) throw error
    process.stderr.write(`${error.message}\n`)
  }
  return 1
}

function welcomeLine(token: string): string {
  const reading = readConfig(process.env)
  const url = reading.kind === 'ready' ? (reading.config.publicUrl ?? `http://localhost:${reading.config.port}`) : null
  return `${url ?? 'http://localhost:8080'}/welcome?token=${token}`
}

function placesLine(places: readonly string[] | null): string {
  return places === null ? 'all' : places.join(', ')
}

function print(text: string): number {
  process.stdout.write(text)
  return 0
}
