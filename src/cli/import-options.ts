/** The options of `knowledge import`, as `readArguments` takes them. */
export const importOptions = {
  knowledge: { type: 'string' },
  name: { type: 'string' },
  format: { type: 'string' },
  list: { type: 'boolean' },
  remove: { type: 'string' },
  compile: { type: 'boolean' },
} as const
