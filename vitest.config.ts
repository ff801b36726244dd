import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // A test may compile the whole knowledge, which takes seconds.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'scripts/**/*.test.ts'],
    globalSetup: ['test/store/postgres.setup.ts'],
  },
})
