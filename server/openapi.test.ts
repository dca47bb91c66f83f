import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import request from 'supertest';
import type { TestServer } from './testing/test-product.ts';
import { startTestServer } from './testing/test-product.ts';

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
  readonly handle?: { readonly stack?: readonly Layer[] };
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<
    Record<
      string,
      Readonly<Record<string, { operationId: string; parameters: { name: string; in: string }[]; responses: object }>>
    >
  >;
}

let server: TestServer;
let document: Document;
beforeAll(async () => {
  server = await startTestServer();
  document = (await request(server.http).get('/api/openapi.json').expect(200)).body as Document;
});
afterAll(() => server.close());

/** Every route that the application really has, found by walking it. */
function mounted(layers: readonly Layer[]): string[] {
  return layers.flatMap(({ route, handle }) => {
    if (route) return Object.keys(route.methods).map((method) => `${method} ${route.path.replace(/:(\w+)/g, '{$1}')}`);
    return mounted(handle?.stack ?? []);
  });
}

describe('the OpenAPI document', () => {
  it('names every route of the application, and no other', () => {
    const app = server.app as unknown as { router: { stack: Layer[] } };
    const routes = mounted(app.router.stack).filter((each) => each !== 'get /api/openapi.json');
    const named = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(named.length).toBeGreaterThan(20);
    expect(named.sort()).toEqual(routes.sort());
  });

  it('has the routes that were promised', () => {
    for (const path of [
      'notes',
      'notes/{note}',
      'timeline',
      'medications',
      'problems',
      'allergies',
      'results',
      'questions',
    ]) {
      expect(document.paths).toHaveProperty([`/api/v1/patients/{patient}/${path}`]);
    }
    expect(document.paths).toHaveProperty(['/api/v1/search']);
    expect(document.paths).toHaveProperty(['/healthz']);
  });

  it('describes each parameter of a path, and gives each operation a name of its own', () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.values(methods).map((operation) => ({ path, operation })),
    );
    for (const { path, operation } of operations) {
      const described = operation.parameters.filter((each) => each.in === 'path').map((each) => each.name);
      expect(described).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
      expect(operation.responses).toHaveProperty('default');
    }
    const names = operations.map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
  });

  it('is OpenAPI 3.1 without a reference that leads nowhere', () => {
    expect(document.openapi).toBe('3.1.0');
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(references)).toEqual(new Set(['#/components/schemas/OperationOutcome']));
  });
});
