import type { PatientId } from '#pipelines/domain/ids.ts';
import { asId } from '#pipelines/domain/ids.ts';
import { writeBrief } from '#pipelines/write-brief.ts';
import { briefQuery, briefResponse } from '#server/contract/index.ts';
import type { Product } from '../product.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

/** The chart on one page, every line cited; with `since`, what notes after that day brought comes first. */
export function briefRoutes({ charts, therapy, terminology }: Product): Route[] {
  return [
    route(
      {
        id: 'getBrief',
        method: 'get',
        path: '/api/v1/patients/{patient}/brief',
        tag: 'Chart',
        summary: 'A one-page brief: problems, medications, allergies, genotype, open questions, changes since a day',
        query: briefQuery,
        response: briefResponse,
      },
      async ({ params, query }) => {
        const chart = await charts.chart(asId<PatientId>(params['patient']!), query.asOf ?? null);
        const adviser = await therapy.adviser(chart);
        return writeBrief({ chart, since: query.since ?? null }, { terminology, therapy: () => adviser() });
      },
    ),
  ];
}
