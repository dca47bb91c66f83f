import { defineConfig } from 'vitest/config';

/** The browser test: one file, one worker, the real server and the real Chromium. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: ['client/e2e/**/*.e2e.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    fileParallelism: false,
    maxWorkers: 1,
  },
});
