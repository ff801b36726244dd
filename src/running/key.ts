import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import path from 'node:path'

/** The key cannot be used; the message says which file and what to do. */
export class KeyError extends Error {
  override readonly name = 'KeyError'
}

/**
 * The service's key: the one that is given, else the one in the file `key` of the data folder, which is made at the first start
 * and readable by its owner alone. Two processes that start at once get the same one. Throws KeyError where the file cannot be used.
 */
export function serviceKey(given: Uint8Array | null, dataFolder: string): Uint8Array {
  if (given !== null) return given
  const file = path.join(dataFolder, 'key')
  return readKey(file) ?? makeKey(file)
}

/** The secret that signs sessions: the one that is given, else one drawn from the service's key (HKDF with SHA-256, RFC 5869). */
export function sessionSecret(given: string | null, key: Uint8Array): string {
  return given ?? Buffer.from(hkdfSync('sha256', key, 'greenlane', 'sessions', 32)).toString('base64')
}

/** A mark that tells one key from another and nothing of the key: a store keeps it, and refuses a key that made another. */
export function keyMark(key: Uint8Array): string {
  return createHmac('sha256', key).update('greenlane key mark').digest('base64url').slice(0, 22)
}

function readKey(file: string): Uint8Array | null {
  const text = textOf(file)
  if (text === null) return null
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    throw new KeyError(`${file} can be read by others than its owner. Set it right with \`chmod 600 ${file}\`.`)
  }
  if (!/^[A-Za-z0-9+/]{43}=?$/.test(text)) {
    throw new KeyError(
      `${file} does not hold 32 bytes in base64. Bring back the one that was there: without it personal data cannot be read.`,
    )
  }
  return new Uint8Array(Buffer.from(text, 'base64'))
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return null
    throw new KeyError(`${file} cannot be read (${code ?? message}). Let the user that runs Greenlane read it.`, {
      cause: error,
    })
  }
}

/** The file is written whole beside its place and linked to it, which fails where another process was first: then its key counts. */
function makeKey(file: string): Uint8Array {
  const beside = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
    writeWhole(beside, `${randomBytes(32).toString('base64')}\n`)
    linkUnlessThere(beside, file)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new KeyError(
      `${file} cannot be made (${code ?? message}). Let DATA_DIR be a folder that Greenlane may write.`,
      { cause: error },
    )
  } finally {
    rmSync(beside, { force: true })
  }
  return readKey(file) as Uint8Array
}

function writeWhole(file: string, text: string): void {
  const open = openSync(file, 'wx', 0o600)
  try {
    writeSync(open, text)
    fsyncSync(open)
  } finally {
    closeSync(open)
  }
}

function linkUnlessThere(beside: string, file: string): void {
  try {
    linkSync(beside, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
