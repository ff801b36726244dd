import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'

/** The version that the package's own package.json tells. */
export function version(): string {
  const file = findPackageJSON(import.meta.url) as string
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string }
  return version
}

/** Greenlane's version with what its answers depend on in the engine below it. */
export function versionLine(): string {
  return `greenlane ${version()} (Unicode ${process.versions.unicode}, Node ${process.versions.node})`
}
