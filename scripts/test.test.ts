import { expect, it } from 'vitest'
import { closingLine } from './test.ts'

const report = { numPassedTests: 12, numFailedTests: 0, numPendingTests: 0, testResults: [] }

it('counts what passed and what failed', () => {
  expect(closingLine({ ...report, numFailedTests: 3 })).toBe('12 passed, 3 failed')
})

it('names skipped tests only when there are some', () => {
  expect(closingLine({ ...report, numPendingTests: 2 })).toBe('12 passed, 0 failed, 2 skipped')
})

it('counts a file that could not be run as a failed test', () => {
  const testResults = [{ status: 'failed', assertionResults: [] }]
  expect(closingLine({ ...report, testResults })).toBe('12 passed, 1 failed')
})
