import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routesOf } from './app.ts';
import { PROJECT_ROOT } from './config.ts';
import { errorsTable, routesTable, settingsTable } from './docs.ts';
import { healthRoute } from './routes/system.ts';
import { sourceFiles } from './testing/imports.ts';
import type { TestServer } from './testing/test-product.ts';
import { startTestServer } from './testing/test-product.ts';

const readme = readFileSync(join(PROJECT_ROOT, 'server/README.md'), 'utf8');
/** The table between two marks, with columns as narrow as they are written. */
const tableOf = (name: string) =>
  readme
    .split(`<!-- ${name} -->`)[1]!
    .split(`<!-- /${name} -->`)[0]!
    .replace(/ {2,}\|/g, ' |')
    .replace(/-{3,}/g, '---')
    .trim();

describe('the documentation', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.close());

  it('lists every setting as the server reads it', () => {
    expect(tableOf('settings')).toBe(settingsTable());
  });

  it('lists every route that is mounted', () => {
    const routes = [...routesOf(server.product), healthRoute(server.product)];
    expect(tableOf('routes')).toBe(routesTable(routes.map(({ operation }) => operation)));
  });

  it('lists every error as the catalogue words it', () => {
    expect(tableOf('errors')).toBe(errorsTable());
  });

  it('explains every error code that the sources use', () => {
    const table = errorsTable();
    const used = sourceFiles().flatMap(({ text }) =>
      [...text.matchAll(/new ClinicalError\(\s*'([A-Z_]+)'/g)].map((match) => match[1]!),
    );
    expect(used.length).toBeGreaterThan(30);
    for (const code of used) expect(table).toContain(`| \`${code}\` |`);
  });
});
