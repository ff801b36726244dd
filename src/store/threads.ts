/** Doors of the store's threads, compiled or as sources where tests run them as they are. */
const ending = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
export const sqliteDoor = new URL(`./sqlite/thread${ending}`, import.meta.url)
export const postgresDoor = new URL(`./postgres/thread${ending}`, import.meta.url)
