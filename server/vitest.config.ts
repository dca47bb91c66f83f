import { defineConfig } from 'vitest/config';

/** One runner for every test of the repository; tests of the browser declare their own environment. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['{pipelines,server,client,evals,corpora}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/*.e2e.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
