import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))

export default defineConfig({
  root,
  resolve: { alias: { '@': root } },
  test: {
    include: ['lib/**/*.test.ts', 'scripts/**/*.test.ts', 'components/**/*.test.{ts,tsx}'],
    environment: 'node',
    setupFiles: ['scripts/fixed-seed.ts'],
    // Two cores. No test may touch a global, so files share their worker and start faster.
    maxWorkers: 2,
    testTimeout: 60_000,
  },
})
