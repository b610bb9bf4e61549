/**
 * One engine per worker and no isolation between files: booting the embedded database costs two seconds, a fresh
 * schema in it three milliseconds. Tests therefore share a process and keep their own state.
 *
 * Two workers: with three on two cores, tests of limits in time met their limits now and then, for little gain.
 */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{src,tools,sdk,web/src,examples,bench}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['tools/test-run/temporary-folder.ts', 'src/testing/postgres-of-the-run.ts'],
    pool: 'threads',
    isolate: false,
    // As the program itself is run: Node strips the types, and nothing is transformed.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    fileParallelism: true,
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
