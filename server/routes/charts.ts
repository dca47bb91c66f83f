import type { z } from 'zod';
import type { Chart } from '#pipelines/domain/chart.ts';
import { asId } from '#pipelines/domain/ids.ts';
import type { PatientId } from '#pipelines/domain/ids.ts';
import {
  allergiesResponse,
  asOfQuery,
  conflictsResponse,
  exampleQuestionsResponse,
  genotypesMentionedResponse,
  habitsResponse,
  medicationsResponse,
  problemsResponse,
  proceduresResponse,
  resultsQuery,
  resultsResponse,
  timelineResponse,
} from '#server/contract/index.ts';
import { exampleQuestions } from '#pipelines/answering/index.ts';
import type { Product } from '../product.ts';
import {
  allergyItem,
  genotypeMentionItem,
  habitItem,
  medicationItem,
  problemItems,
  procedureItem,
  resultItem,
  resultsOf,
} from './chart-items.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const tag = 'Chart';

/** The chart as facts: every list up to `asOf`, each item with the places of the notes that say it. */
export function chartRoutes(product: Product): Route[] {
  return [
    chartRoute(
      product,
      'timeline',
      'Events in time, with precision, anchor and evidence',
      timelineResponse,
      (chart) => ({
        asOf: chart.asOf,
        events: chart.events,
      }),
    ),
    chartRoute(product, 'medications', 'Medications with status, dose and course', medicationsResponse, (chart) => ({
      asOf: chart.asOf,
      items: chart.medications.map(medicationItem),
    })),
    chartRoute(product, 'problems', 'Conditions and findings with status and onset', problemsResponse, (chart) => ({
      asOf: chart.asOf,
      items: problemItems(chart),
    })),
    chartRoute(
      product,
      'allergies',
      'Allergies, and whether the notes say that there are none',
      allergiesResponse,
      (chart) => ({
        asOf: chart.asOf,
        items: chart.allergies.map(allergyItem),
        statement: chart.allergyStatement,
        statementEvidence: chart.allergyStatementEvidence,
      }),
    ),
    results(product),
    chartRoute(product, 'procedures', 'Procedures with dates', proceduresResponse, (chart) => ({
      asOf: chart.asOf,
      items: chart.procedures.map(procedureItem),
    })),
    chartRoute(product, 'habits', 'Tobacco, alcohol and other habits over time', habitsResponse, (chart) => ({
      asOf: chart.asOf,
      items: chart.habits.map(habitItem),
    })),
    chartRoute(product, 'conflicts', 'Places of the notes that cannot both hold', conflictsResponse, (chart) => ({
      asOf: chart.asOf,
      items: chart.conflicts,
    })),
    chartRoute(product, 'genotypes-mentioned', 'Genotypes that notes state', genotypesMentionedResponse, (chart) => ({
      asOf: chart.asOf,
      items: chart.genotypes.map(genotypeMentionItem),
    })),
    chartRoute(
      product,
      'questions/examples',
      "Questions that this chart's facts suggest",
      exampleQuestionsResponse,
      (chart) => ({
        questions: exampleQuestions(chart),
      }),
    ),
  ];
}

function chartRoute<Response extends z.ZodType>(
  product: Product,
  name: string,
  summary: string,
  response: Response,
  view: (chart: Chart) => z.input<Response>,
): Route {
  const id = `get${name.replace(/(^|[-/])(\w)/g, (_whole, _mark, letter: string) => letter.toUpperCase())}`;
  const operation = {
    id,
    method: 'get',
    path: `/api/v1/patients/{patient}/${name}`,
    tag,
    summary,
    query: asOfQuery,
    response,
  } as const;
  return route(operation, async ({ params, query }) => {
    const chart = await product.charts.chart(asId<PatientId>(params['patient']!), query.asOf ?? null);
    return view(chart) as never;
  });
}

function results({ charts, terminology }: Product): Route {
  return route(
    {
      id: 'getResults',
      method: 'get',
      path: '/api/v1/patients/{patient}/results',
      tag,
      summary: 'Results in order of date; of one test or panel with test=',
      query: resultsQuery,
      response: resultsResponse,
    },
    async ({ params, query }) => {
      const chart = await charts.chart(asId<PatientId>(params['patient']!), query.asOf ?? null);
      return { asOf: chart.asOf, items: resultsOf(chart, query.test, terminology).map(resultItem) };
    },
  );
}
