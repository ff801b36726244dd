import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { isPropagative } from '../../src/core/parcel/articles.ts'
import { noDefaults } from '../../src/core/read/read.ts'
import { screener } from '../../src/core/screen.ts'
import { loadKnowledge } from '../../src/knowledge/load.ts'

/**
 * Screens labelled descriptions and tells, for each stratum, what share was flagged (any proposal but no objection), with
 * Wilson's 95 % interval. Files are TSV with a header: a column `title` or `goods_description`, and one of `stratum`,
 * `weak_label` or none; `commodity_code` is taken as the HS code where it is there. `SHOW=lookalike` prints the rows of a stratum.
 */
const given = process.argv.slice(2)
const destination = given.find((one) => /^[A-Z]{2}$/.test(one)) ?? 'FR'
const files = given.filter((one) => !/^[A-Z]{2}$/.test(one))
const missing = files.filter((file) => !existsSync(file))

if (files.length === 0 || missing.length > 0) {
  for (const file of missing) process.stderr.write(`${file}: there is no such file.\n`)
  process.stderr.write('npm run accuracy -- [FR] FILE...   files of labelled descriptions (TSV with a header)\n')
  process.exit(2)
}

const knowledge = loadKnowledge(path.resolve(import.meta.dirname, '../../dist/knowledge'))
const { decide, answer } = screener(knowledge, {
  on: '2026-11-24',
  engine: 'accuracy',
  defaults: { ...noDefaults, destination, dispatch: 'CN' },
})

interface Stratum {
  rows: number
  flagged: number
  propagative: number
  byProposal: Record<string, number>
  vague: number
}

for (const file of files) {
  const [header = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n')
  const names = header.split('\t')
  const column = (...wanted: readonly string[]): number => names.findIndex((name) => wanted.includes(name))
  const [text, stratum, label, hs] = [
    column('title', 'goods_description'),
    column('stratum', 'weak_label'),
    column('expect_plant_health_flag'),
    column('commodity_code'),
  ]
  const strata = new Map<string, Stratum>()
  for (const line of lines) {
    const cells = line.split('\t')
    const raw = {
      lines: [{ description: { raw: cells[text] ?? '' }, hs: { raw: hs < 0 ? null : (cells[hs] ?? null) } }],
    }
    const decision = decide({ line: 1, value: raw })
    const own = answer(decision)
    const name = `${stratum < 0 ? 'all rows' : cells[stratum]}${label < 0 ? '' : ` (${cells[label]})`}`
    const row = strata.get(name) ?? { rows: 0, flagged: 0, propagative: 0, byProposal: {}, vague: 0 }
    strata.set(name, row)
    row.rows += 1
    if (own.proposal !== 'no-objection') row.flagged += 1
    if (isPropagative(own.items[0]?.article ?? 'unclear')) row.propagative += 1
    if ((own.items[0]?.clarity ?? 0) < knowledge.policy.vague) row.vague += 1
    row.byProposal[own.proposal] = (row.byProposal[own.proposal] ?? 0) + 1
    if (process.env['SHOW'] !== undefined && name.includes(process.env['SHOW'])) {
      process.stdout.write(
        `${own.proposal}\t${own.items[0]?.article}\t${own.items[0]?.probability}\t${own.items[0]?.clarity}\t${cells[text]}\t${hs < 0 ? '' : cells[hs]}\n`,
      )
    }
  }
  process.stdout.write(`\n${path.basename(file)}, to ${destination}\n`)
  for (const [name, row] of [...strata].sort()) {
    const proposals = Object.entries(row.byProposal)
      .map(([proposal, number]) => `${proposal} ${number}`)
      .join(', ')
    process.stdout.write(
      `${name.padEnd(58)} ${String(row.rows).padStart(6)} rows  flagged ${interval(row.flagged, row.rows)}  propagative ${row.propagative}  vague ${row.vague}  ${proposals}\n`,
    )
  }
}

/** A share with Wilson's 95 % interval. */
function interval(hits: number, rows: number): string {
  const z = 1.959964
  const share = hits / rows
  const middle = (share + (z * z) / (2 * rows)) / (1 + (z * z) / rows)
  const half = (z / (1 + (z * z) / rows)) * Math.sqrt((share * (1 - share)) / rows + (z * z) / (4 * rows * rows))
  const percent = (value: number): string => `${(100 * value).toFixed(1)}`
  return `${percent(share)} % [${percent(Math.max(0, middle - half))}, ${percent(Math.min(1, middle + half))}]`
}
