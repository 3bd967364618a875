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
    // Two cores. No test leaves a global changed, so files share their worker and what it has loaded.
    maxWorkers: 2,
    isolate: false,
    testTimeout: 60_000,
  },
})
