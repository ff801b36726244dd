import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readReceiptId, receiptBytes, receiptId } from './receipt-id.ts'

const bytes = fc.uint8Array({ minLength: receiptBytes, maxLength: receiptBytes })
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

describe("a receipt's id", () => {
  it('fits in a field of a CN 23 and holds nothing but letters, digits and hyphens', () => {
    fc.assert(
      fc.property(bytes, (drawn) => {
        const id = receiptId(drawn)
        expect(id.length).toBeLessThanOrEqual(20)
        expect(id).toMatch(/^GL-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-Z]$/)
      }),
    )
  })

  it.each([
    [[3, 3, 3, 3, 3, 3, 3, 3], 'GL-1G60-R31G-60R3-M'],
    [[1, 2, 3, 4, 5, 6, 7, 8], 'GL-0G40-R42G-C1R8-B'],
    [[0, 0, 0, 0, 0, 0, 0, 0], 'GL-0000-0000-0000-0'],
  ])('of %j is %s, as big numbers give it', (drawn, id) => {
    expect(receiptId(new Uint8Array(drawn))).toBe(id)
  })

  it('is read however it was copied: in small letters, without hyphens, with O for 0 and I or l for 1', () => {
    fc.assert(
      fc.property(bytes, (drawn) => {
        const id = receiptId(drawn)
        expect(readReceiptId(id)).toBe(id)
        const copied = id.slice(3).toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')
        expect(readReceiptId(`gl${copied}`)).toBe(id)
      }),
    )
  })

  it('is refused with one letter wrong, or two neighbours exchanged', () => {
    const at = fc.nat({ max: 11 })
    fc.assert(
      fc.property(bytes, at, fc.nat({ max: 31 }), (drawn, position, other) => {
        const plain = receiptId(drawn).replaceAll('-', '').slice(2)
        const wrong = plain.slice(0, position) + letters[other] + plain.slice(position + 1)
        if (wrong !== plain) expect(readReceiptId(wrong)).toBeNull()
        const [one, next] = [plain[position] as string, plain[position + 1] as string]
        if (position === 11 || one === next) return
        expect(readReceiptId(plain.slice(0, position) + next + one + plain.slice(position + 2))).toBeNull()
      }),
    )
  })

  it('keeps what was drawn: different bytes give different ids, but for the few that are moved on', () => {
    const seen = new Set(
      Array.from({ length: 4096 }, (_, at) => receiptId(new Uint8Array([0, 0, 0, 0, 0, 9, at >> 8, at & 255]))),
    )
    expect(seen.size).toBeGreaterThan(3600)
  })

  it.each(['', 'GL', 'GL-0000-0000-0000', 'GL-0000-0000-0000-00', 'GL-UUUU-0000-0000-0'])('is none in «%s»', (text) => {
    expect(readReceiptId(text)).toBeNull()
  })
})
