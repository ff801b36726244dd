import { type Block, countLines } from './blocks.ts'
import { csvEnd, lineEnd } from './csv-record.ts'
import type { BlockFormat } from './records.ts'
import { headerCells, type TableOptions, tableShape } from './table.ts'

/** A table whose first block holds the header. */
export interface TableStart {
  readonly format: 'csv' | 'tsv'
  /** Takes the header off the first block; null for a block of empty lines. Throws UsageError for columns that are not understood. */
  readonly open: (block: Block) => { readonly how: BlockFormat; readonly rest: Block } | null
}

/** How a table begins, with the columns as its header names them unless they are told. */
export function tableStart(
  format: 'csv' | 'tsv',
  options: TableOptions = { columns: [], weightUnit: null, weightBasis: 'line' },
): TableStart {
  return { format, open: (block) => headed(block, format, options) }
}

/** Takes the header off the first block of a table; null for a block of empty lines. */
export function headed(
  block: Block,
  format: 'csv' | 'tsv',
  options: TableOptions,
): { how: BlockFormat; rest: Block } | null {
  const { bytes, firstLine } = block
  const start = bytes.findIndex((byte) => byte !== 10 && byte !== 13)
  if (start < 0) return null
  const end = format === 'csv' ? csvEnd(bytes, start, true) : lineEnd(bytes, start, true)
  const header = headerCells(bytes.subarray(start, end), format)
  return {
    how: { format, shape: tableShape(header, options), width: header.length },
    rest: { ...block, bytes: bytes.subarray(end), firstLine: firstLine + countLines(bytes.subarray(0, end)) },
  }
}
