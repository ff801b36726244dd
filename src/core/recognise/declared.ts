import type { ItemLine } from '../parcel/parcel.ts'
import type { Letters } from './finding.ts'

/** Letters as they were declared, whatever was mended. */
export function declared({ description, legible }: ItemLine, from: number, to: number): Letters {
  if (legible === null) return { text: description.slice(from, to), from, to }
  const [first, end] = [legible.from[from] as number, legible.from[to] as number]
  return { text: description.slice(first, end), from: first, to: end }
}
