import { describe, expect, test } from 'vitest'
import { faultOfPassword } from './password.ts'
import { hashPassword, verifyPassword } from './password-hash.ts'

describe('a new password', () => {
  test.each([
    ['seven quiet herons in fog', null],
    ['µ≈ø𝒜 unicode counts by letters', null],
    ['elevenlette', 'too-short'],
    ['x'.repeat(129), 'too-long'],
    ['aaaaaaaaaaaaaaaa', 'easily-guessed'],
    ['123456789012', 'easily-guessed'],
    ['qwertyuiop123', 'easily-guessed'],
    ['Greenlane2026', 'easily-guessed'],
    ['Password1234!', 'easily-guessed'],
    ['ana.beispiel12', 'easily-guessed'],
  ])('%s: %s', (password, fault) => {
    expect(faultOfPassword(password, 'ana.beispiel@office.example')).toBe(fault)
  })

  test('is hashed with a salt of its own, slowly, and known again however it was typed', async () => {
    const [one, other] = await Promise.all([hashPassword('sévèn herons'), hashPassword('sévèn herons')])
    expect(one).not.toBe(other)
    expect(one).toMatch(/^scrypt\$32768\$8\$3\$/)
    expect(await verifyPassword({ hash: one, password: 'se\u0301ve\u0300n herons' })).toBe(true)
    expect(await verifyPassword({ hash: one, password: 'seven herons' })).toBe(false)
    expect(await verifyPassword({ hash: 'nonsense', password: 'seven herons' })).toBe(false)
  })
})
