import { readFileSync } from 'node:fs'

/** The version that the package's own package.json tells. */
export function version(): string {
  const file = new URL('../../../package.json', import.meta.url)
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string }
  return version
}

/** Greenlane's version with what its answers depend on in the engine below it. */
export function versionLine(): string {
  return `greenlane ${version()} (Unicode ${process.versions.unicode}, Node ${process.versions.node})`
}
