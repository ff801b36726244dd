import type { Article } from '../parcel/articles.ts'

/** What an HS heading says about an item. */
export interface Heading {
  /** The likeliest first; `none` for other goods. */
  readonly articles: readonly Article[]
  /** 1 to 3. */
  readonly strength: number
  readonly sense: 'regulated' | 'ordinary' | 'either'
  readonly title: string
}

/** Headings by code (2 to 10 digits). */
export type Headings = Readonly<Record<string, Heading>>

/** The longest code in `headings` that `hs` begins with, or null. */
export function findHeading(headings: Headings, hs: string): { code: string; heading: Heading } | null {
  for (let length = Math.min(hs.length, 10); length >= 2; length -= 1) {
    const code = hs.slice(0, length)
    const heading = Object.hasOwn(headings, code) ? headings[code] : undefined
    if (heading !== undefined) return { code, heading }
  }
  return null
}
