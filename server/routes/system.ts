import { ClinicalError } from '#pipelines/errors.ts';
import { healthResponse, searchQuery, searchResponse, statusResponse } from '#server/contract/index.ts';
import { MAX_QUESTION_LENGTH } from '../flows/question-desk.ts';
import type { Product } from '../product.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

/** Health, status and the search over all patients. */
export function systemRoutes(product: Product): Route[] {
  return [status(product), search(product)];
}

/** Open to monitors: says nothing of the data, and needs no token. */
export function healthRoute({ version }: Pick<Product, 'version'>): Route {
  return route(
    {
      id: 'getHealth',
      method: 'get',
      path: '/healthz',
      tag: 'System',
      summary: 'Says that the server answers',
      response: healthResponse,
    },
    async () => ({ status: 'ok', version }) as const,
  );
}

function status(product: Product): Route {
  return route(
    {
      id: 'getStatus',
      method: 'get',
      path: '/api/v1/status',
      tag: 'System',
      summary: 'Releases in use, notes read and waiting, connections made to the outside',
      response: statusResponse,
    },
    async () => {
      const { queued, read, failed, reading, wordsPerSecond } = product.reading.progress();
      return {
        version: product.version,
        releases: product.releases,
        notes: { queued, read, failed },
        reading: reading && { ...reading, wordsPerSecond, remaining: queued },
        outboundConnections: product.outboundConnections(),
        languageModel: product.languageModel,
        actor: product.actor,
      };
    },
  );
}

function search({ searchCohort }: Product): Route {
  return route(
    {
      id: 'searchCohort',
      method: 'get',
      path: '/api/v1/search',
      tag: 'Cohort',
      summary: 'Finds the patients who have what is asked for, with the words that say so',
      query: searchQuery,
      response: searchResponse,
    },
    async ({ query }) => {
      const started = performance.now();
      const words = query.q.trim();
      if (words === '') throw new ClinicalError('QUESTION_EMPTY');
      if (words.length > MAX_QUESTION_LENGTH) {
        throw new ClinicalError('QUESTION_TOO_LONG', { length: words.length, limit: MAX_QUESTION_LENGTH });
      }
      const found = await searchCohort(words, query.limit ?? 20);
      return { ...found, milliseconds: Math.round((performance.now() - started) * 10) / 10 };
    },
  );
}
