import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { answers, greenlane, newFolder, record, start } from './greenlane.ts'

const folder = newFolder()
afterAll(folder.end)

const launcher = path.resolve(import.meta.dirname, '../../bin/greenlane.js')
const long = folder.file('long.ndjson', `${record('50 pcs monstera seeds')}\n`.repeat(200_000))

describe('Ctrl-C', () => {
  it('in the middle leaves whole lines and ends with 130', async () => {
    const out = path.join(folder.path, 'stopped.ndjson')
    const child = start(['screen', long, '--out', out])
    const ended = new Promise<number | null>((done) => child.on('close', (status) => done(status)))
    const stderr: Buffer[] = []
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    while (!existsSync(out) || statSync(out).size === 0) await sleep(10)
    child.kill('SIGINT')
    expect(await ended).toBe(130)
    expect(String(Buffer.concat(stderr))).toBe('')
    const text = readFileSync(out, 'utf8')
    const found = answers(text)
    expect(text.endsWith('\n')).toBe(true)
    expect(found.length).toBeGreaterThan(0)
    expect(found.length).toBeLessThan(200_000)
    expect(found.map(({ parcel }) => parcel.line)).toEqual(found.map((_, at) => at + 1))
  })

  it('ends a screening that waits for standard input', async () => {
    const child = start(['screen', '-', '--output', 'table'])
    const ended = new Promise<number | null>((done) => child.on('close', (status) => done(status)))
    let text = ''
    child.stdout.on('data', (chunk) => {
      text += chunk
    })
    // More than a pipe holds: once it is written, the screening has begun to read.
    await new Promise((done) => child.stdin.write(`${record('seeds')}\n`.repeat(3000), done))
    child.kill('SIGINT')
    expect(await ended).toBe(130)
    expect(text).toContain('0 parcels')
  })
})

it.each(['ndjson', 'csv'])('a reader that has seen enough ends it quietly: %s', async (form) => {
  const child = start(['screen', long, '--output', form])
  const ended = new Promise<number | null>((done) => child.on('close', (status) => done(status)))
  const stderr: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  child.stdout.once('data', () => child.stdout.destroy())
  expect(await ended).toBe(0)
  expect(String(Buffer.concat(stderr))).toBe('')
})

it('a packed standard input that breaks off does not keep it waiting', async () => {
  const child = start(['screen', '-'])
  const ended = new Promise<number | null>((done) => child.on('close', (status) => done(status)))
  child.stdout.resume()
  const packed = gzipSync(record('seeds'))
  packed.writeUInt8(packed.readUInt8(packed.length - 6) ^ 0xff, packed.length - 6)
  child.stdin.write(packed)
  child.stdin.end()
  expect(await ended).toBe(1)
})

describe.runIf(existsSync('/dev/full'))('a full disk', () => {
  const one = folder.file('one.ndjson', record('seeds'))

  it.each(['ndjson', 'csv', 'html', 'table'])('is told in a sentence: %s', async (form) => {
    const ended = await greenlane(['screen', one, '--output', form, '--out', '/dev/full'])
    expect(ended.status).toBe(2)
    expect(ended.stderr).toMatch(/^\/dev\/full: the disk is full\. .*\n$/)
  })

  it.each([
    ['screen', one],
    ['screen', one, '--output', 'table'],
    ['screen', long],
    ['explain', 'tulip bulbs'],
  ])('behind standard output is told in a sentence: %s %s', (...args) => {
    const quoted = [process.execPath, launcher, ...args].map((word) => `'${word}'`).join(' ')
    const { status, stderr } = spawnSync('sh', ['-c', `${quoted} > /dev/full`], { encoding: 'utf8' })
    expect(stderr).toBe('Standard output could not be written: the disk is full.\n')
    expect(status).toBe(2)
  })
})

it.runIf(process.platform === 'linux')('a file that may not grow ends with a whole answer', () => {
  const out = path.join(folder.path, 'limited.ndjson')
  const command = `ulimit -f 4000; trap '' XFSZ; exec '${process.execPath}' '${launcher}' screen '${long}' --out '${out}'`
  const { status, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' })
  expect(status).toBe(2)
  expect(stderr).toBe(`${out}: it may not grow further. What was written before is whole.\n`)
  const text = readFileSync(out, 'utf8')
  expect(text.endsWith('\n')).toBe(true)
  expect(answers(text).length).toBeGreaterThan(100)
})

describe('a place that cannot be written is told before any work, and nothing is touched', () => {
  it.each([
    ['a folder that is not there', () => path.join(folder.path, 'missing', 'out.html'), 'there is no folder'],
    ['a folder', () => folder.path, 'it is a folder'],
    ['a file that is read', () => folder.file('own.ndjson', record('seeds')), 'this file is to be screened'],
  ])('%s', async (_, place, sentence) => {
    const out = place()
    const input = out.endsWith('own.ndjson') ? out : long
    const ended = await greenlane(['screen', input, '--out', out])
    expect(ended.status).toBe(2)
    expect(ended.stderr).toContain(`--out ${out}: ${sentence}`)
    expect(existsSync(path.join(folder.path, 'missing'))).toBe(false)
  })

  it('wrong use leaves a file of answers as it was', async () => {
    const out = path.join(folder.path, 'answers.ndjson')
    writeFileSync(out, 'before')
    const table = folder.file('table.csv', 'a,b\n1,2\n')
    expect((await greenlane(['screen', table, '--out', out])).status).toBe(2)
    expect(readFileSync(out, 'utf8')).toBe('before')
  })
})
