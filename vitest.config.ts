import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    include: ['lib/**/*.test.ts', 'scripts/**/*.test.ts', 'components/**/*.test.{ts,tsx}'],
    environment: 'node',
    setupFiles: ['scripts/fixed-seed.ts'],
    // Two cores. No test may touch a global, so files share their worker and start faster.
    maxWorkers: 2,
    testTimeout: 20_000,
  },
})
