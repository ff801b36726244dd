import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keyMark, serviceKey, sessionSecret } from './key.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'greenlane-key-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the key of the service', () => {
  it('is made at the first start, for its owner alone, and is the same ever after', () => {
    const data = path.join(folder, 'new', 'data')
    const made = serviceKey(null, data)
    expect(made).toHaveLength(32)
    expect(statSync(path.join(data, 'key')).mode & 0o777).toBe(0o600)
    expect(readdirSync(data)).toEqual(['key'])
    expect(serviceKey(null, data)).toEqual(made)
  })

  it('is the one that is given, and no file is made then', () => {
    const given = new Uint8Array(32).fill(7)
    expect(serviceKey(given, folder)).toBe(given)
    expect(readdirSync(folder)).toEqual([])
  })

  it('is one key for processes that start at once', async () => {
    const program = `import { serviceKey } from ${JSON.stringify(path.join(import.meta.dirname, 'key.ts'))}
      process.stdout.write(Buffer.from(serviceKey(null, ${JSON.stringify(folder)})).toString('hex'))`
    const keys = await Promise.all(Array.from({ length: 4 }, () => outputOf(program)))
    expect(new Set(keys).size).toBe(1)
    expect(keys[0]).toBe(Buffer.from(readFileSync(path.join(folder, 'key'), 'utf8'), 'base64').toString('hex'))
  })

  it.runIf(process.platform !== 'win32')('is refused when others may read it', () => {
    serviceKey(null, folder)
    chmodSync(path.join(folder, 'key'), 0o644)
    expect(() => serviceKey(null, folder)).toThrow(/can be read by others than its owner.*chmod 600/)
  })

  it('is refused when the file is broken, and the file stays as it was', () => {
    writeFileSync(path.join(folder, 'key'), 'half a ke', { mode: 0o600 })
    expect(() => serviceKey(null, folder)).toThrow(/does not hold 32 bytes in base64/)
    expect(readFileSync(path.join(folder, 'key'), 'utf8')).toBe('half a ke')
  })

  it('says what to do when the data folder is a file', () => {
    writeFileSync(path.join(folder, 'data'), '')
    expect(() => serviceKey(null, path.join(folder, 'data'))).toThrow(/Let (DATA_DIR be a folder|the user)/)
  })
})

describe('what is derived from a key', () => {
  const key = new Uint8Array(32).fill(1)
  const other = new Uint8Array(32).fill(2)

  it('signs sessions where no secret is given, the same for the same key', () => {
    expect(sessionSecret(null, key)).toBe(sessionSecret(null, new Uint8Array(key)))
    expect(sessionSecret(null, key)).not.toBe(sessionSecret(null, other))
    expect(Buffer.from(sessionSecret(null, key), 'base64')).toHaveLength(32)
    expect(sessionSecret(null, key)).not.toBe(Buffer.from(key).toString('base64'))
    expect(sessionSecret('given', key)).toBe('given')
  })

  it('marks a key without telling it', () => {
    expect(keyMark(key)).toBe(keyMark(new Uint8Array(key)))
    expect(keyMark(key)).not.toBe(keyMark(other))
    expect(keyMark(key)).toMatch(/^[\w-]{22}$/)
  })
})

function outputOf(program: string): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let text = ''
    child.stdout.on('data', (part) => {
      text += part
    })
    child.on('error', fail)
    child.on('close', () => done(text))
  })
}
