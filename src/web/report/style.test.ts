import { describe, expect, it } from 'vitest'
import { style } from './style.ts'

/** The colours of one scheme by name. */
function scheme(block: string): Record<string, string> {
  return Object.fromEntries(
    [...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6})/g)].map(([, name, colour]) => [name, colour]),
  )
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const [light = '', dark = ''] = [...style.matchAll(/:root \{[^}]*\}/g)].map(([block]) => block)
const proposals = ['refuse', 'stop-before-dispatch', 'inspect', 'hold-documents', 'ask', 'no-objection']

describe.each([
  ['light', scheme(light)],
  ['dark', scheme(dark)],
])('the %s scheme', (_, colours) => {
  const of = (name: string): string => colours[name] ?? ''

  it('has text that can be read (WCAG AA, 4.5 to 1)', () => {
    for (const ground of ['page', 'card']) {
      for (const ink of ['ink', 'soft', 'link']) expect(contrast(of(ink), of(ground))).toBeGreaterThanOrEqual(4.5)
    }
    expect(contrast(of('ink'), of('mark'))).toBeGreaterThanOrEqual(4.5)
    for (const proposal of proposals) expect(contrast(of('on'), of(proposal))).toBeGreaterThanOrEqual(4.5)
    expect(contrast(of('stop-before-dispatch'), of('card'))).toBeGreaterThanOrEqual(4.5)
  })

  it('has bars that stand out (3 to 1)', () => {
    for (const proposal of proposals) expect(contrast(of(proposal), of('card'))).toBeGreaterThanOrEqual(3)
  })
})
