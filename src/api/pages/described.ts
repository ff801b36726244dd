/** The parts of an OpenAPI 3.1 description that its page shows. */
export interface Described {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> }
}

export interface Operation {
  readonly tags?: readonly string[]
  readonly summary?: string
  readonly description?: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }
  readonly responses?: Readonly<Record<string, { readonly description?: string }>>
}

export interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly schema?: Schema
  readonly description?: string
}

export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly example?: unknown
  readonly default?: unknown
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly minimum?: number
}

/** Deepest level to which an example is made. */
const deepest = 6

/** A value that a schema describes: the example that it gives, else one made of what it needs. */
export function exampleOf(schema: Schema | undefined, described: Described, depth = 0): unknown {
  if (schema === undefined || depth > deepest) return null
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? ''
    return exampleOf(described.components?.schemas?.[name], described, depth)
  }
  if (schema.example !== undefined) return schema.example
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  if (schema.default !== undefined) return schema.default
  const [choice] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []
  if (choice !== undefined) return exampleOf(choice, described, depth + 1)
  return madeOf(schema, described, depth)
}

function madeOf(schema: Schema, described: Described, depth: number): unknown {
  const { type, properties = {}, required = [], items, minimum } = schema
  const kind = typeof type === 'string' ? type : (type?.[0] ?? 'object')
  if (kind === 'array') return [exampleOf(items, described, depth + 1)]
  if (kind === 'object') {
    const wanted = Object.entries(properties).filter(
      ([name, one]) => required.includes(name) || one.example !== undefined,
    )
    return Object.fromEntries(wanted.map(([name, one]) => [name, exampleOf(one, described, depth + 1)]))
  }
  if (kind === 'integer' || kind === 'number') return minimum ?? 1
  return kind === 'boolean' ? true : 'text'
}
