/** What a caller may be. Each sees and does what the table of permissions says, and nothing follows from another. */
export const roles = ['partner', 'viewer', 'officer', 'supervisor', 'expert', 'administrator'] as const

export type Role = (typeof roles)[number]

/** Roles of people who sign in; a partner is a machine and comes with a key. */
export const rolesOfPeople = roles.filter((role) => role !== 'partner')

/** What an API key was made for. */
export const scopes = [
  'parcels:write',
  'parcels:read',
  'decisions:read',
  'checks:write',
  'cases:read',
  'cases:write',
  'webhooks:manage',
  'knowledge:manage',
  'audit:read',
  'members:manage',
  'keys:manage',
] as const

export type Scope = (typeof scopes)[number]

export function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text)
}

export function isScope(text: string): text is Scope {
  return (scopes as readonly string[]).includes(text)
}
