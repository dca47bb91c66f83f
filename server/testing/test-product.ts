import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { Express } from 'express';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layersRelease } from '#pipelines/ingest-note.ts';
import { loadPgxRules } from '#pipelines/engines/pgx-rules/index.ts';
import { openVectorIndex } from '#pipelines/engines/hnswlib/index.ts';
import { buildApp } from '../app.ts';
import type { AppOptions } from '../app.ts';
import { composeProduct } from '../compose.ts';
import type { Engines } from '../engines.ts';
import { CohortIndex } from '../flows/cohort-index.ts';
import { systemClock } from '../flows/clock.ts';
import { listen } from '../listen.ts';
import type { Log } from '../middleware/access-log.ts';
import type { Product } from '../product.ts';
import { serveSockets } from '../realtime/sockets.ts';
import { openSqliteStores } from '../stores/sqlite/index.ts';
import { fakeEmbedder, fakeRanker, fakeTagger } from './fake-engines.ts';
import { fakeTerminology } from './fake-terminology.ts';

export interface TestServer {
  readonly product: Product;
  readonly app: Express;
  readonly http: Server;
  readonly address: string;
  readonly logged: string[];
  close(): Promise<void>;
}

/** The whole server on a free port: real stores and flows, a tagger and an embedder that need no model. */
export async function startTestServer(
  options: Partial<AppOptions> & { readonly dataDir?: string } = {},
): Promise<TestServer> {
  const folder = options.dataDir ?? mkdtempSync(join(tmpdir(), 'anamnesis-test-'));
  const logged: string[] = [];
  const write = (fields: object, message: string) => void logged.push(JSON.stringify({ ...fields, message }));
  const log: Log = { info: write, warn: write, error: write };
  const stores = openSqliteStores(folder);
  const engines: Engines = {
    tagger: fakeTagger,
    embedder: fakeEmbedder,
    ranker: fakeRanker,
    terminology: fakeTerminology,
    pgx: loadPgxRules(),
    languageModel: null,
    hideNames: () => undefined,
    close: async () => undefined,
  };
  const config = { actor: 'dr test', maxNoteBytes: 2_000_000, workers: 2 };
  const index = new CohortIndex(
    () =>
      openVectorIndex({
        path: join(folder, 'cohort.hnsw'),
        dimension: fakeEmbedder.dimension,
        key: 'test',
        pages: (after, limit) => stores.annotations.allVectors(layersRelease(engines), after, limit),
      }),
    log,
  );
  const product = composeProduct({ config, stores, engines, index, clock: systemClock, log });
  const access = { log, allowedHosts: [], accessToken: null, ...options };
  const app = buildApp(product, {
    clientFolder: join(folder, 'client'),
    requestsPerMinute: 100_000,
    checkReplies: true,
    ...access,
  });
  const http = createServer(app);
  const sockets = serveSockets(http, product, access);
  const port = await listen(http, 0, '127.0.0.1');
  const close = async (): Promise<void> => {
    http.closeAllConnections();
    await sockets.close();
    await product.reading.close();
    await product.warmth.close();
    await index.close();
    await stores.close();
    if (options.dataDir === undefined) rmSync(folder, { recursive: true, force: true });
  };
  return { product, app, http, address: `http://127.0.0.1:${port}`, logged, close };
}
