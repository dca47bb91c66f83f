import type { Request } from 'express';
import { asId } from '#pipelines/domain/ids.ts';
import type { PatientId } from '#pipelines/domain/ids.ts';
import type { Chart } from '#pipelines/domain/chart.ts';
import type { TherapyAdvice } from '#pipelines/domain/pgx.ts';
import { ClinicalError } from '#pipelines/errors.ts';
import type { CdsCard, CdsRequest } from '#server/contract/index.ts';
import {
  cdsDiscovery,
  cdsFeedbackRequest,
  cdsFeedbackResponse,
  cdsRequest,
  cdsResponse,
} from '#server/contract/index.ts';
import type { DraftOrder } from '../flows/cds-cards.ts';
import { orderSelectCards, patientViewCards } from '../flows/cds-cards.ts';
import { selectedDrugs } from '../flows/draft-orders.ts';
import type { Product } from '../product.ts';
import { jsonBody } from './bodies.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const tag = 'CDS Hooks';
const LARGEST_REQUEST = 5_000_000;

/** Services that are offered; each answers one hook. */
const SERVICES = [
  {
    hook: 'patient-view',
    id: 'pgx-patient-view',
    title: 'Pharmacogenomics: drugs taken now',
    description:
      "Says which of the patient's present drugs clash with the genotypes of the chart, as the other drugs change them.",
    prefetch: { patient: 'Patient/{{context.patientId}}' },
  },
  {
    hook: 'order-select',
    id: 'pgx-order-select',
    title: 'Pharmacogenomics: selected orders',
    description:
      'Checks a selected drug against genotypes, allergies and earlier stops, and what it would change for the present drugs.',
    prefetch: { patient: 'Patient/{{context.patientId}}' },
  },
];

/** CDS Hooks 2.0: discovery, two services, and the feedback on their cards. */
export function cdsRoutes(product: Product): Route[] {
  return [discovery(), service(product), feedback(product)];
}

function discovery(): Route {
  return route(
    {
      id: 'cdsDiscovery',
      method: 'get',
      path: '/cds-services',
      tag,
      summary: 'Lists the CDS Hooks services',
      response: cdsDiscovery,
    },
    async () => ({ services: SERVICES }),
  );
}

function service(product: Product): Route {
  return route(
    {
      id: 'cdsService',
      method: 'post',
      path: '/cds-services/{service}',
      tag,
      summary: 'Answers a hook with cards',
      body: cdsRequest,
      response: cdsResponse,
    },
    async ({ params, body, request }) => {
      const known = serviceOf(params['service']);
      if (known.hook !== body.hook) throw new ClinicalError('REQUEST_INVALID', { path: 'body.hook' });
      const patient = await patientOf(product, body.context.patientId);
      const chart = await product.charts.chart(patient, null);
      const page = pageOf(request, patient);
      const cards =
        known.hook === 'patient-view'
          ? await viewCards(product, chart, page)
          : await orderCards(product, chart, body, page);
      return { cards: [...cards] };
    },
    jsonBody(LARGEST_REQUEST),
  );
}

async function viewCards({ therapy }: Product, chart: Chart, page: string | null): Promise<readonly CdsCard[]> {
  return patientViewCards(await therapy.report(chart), page);
}

async function orderCards(
  product: Product,
  chart: Chart,
  body: CdsRequest,
  page: string | null,
): Promise<readonly CdsCard[]> {
  const { selections, draftOrders } = body.context;
  const orders = selectedDrugs(draftOrders?.entry ?? [], selections, {
    rules: product.pgx,
    terminology: product.terminology,
  });
  if (orders.length === 0) return [];
  const advise = await product.therapy.adviser(chart);
  const drugs = orders.map(({ drug }) => drug);
  const report = advise({ drugs });
  return orderSelectCards(report, orders, changedBy(orders, advise), page);
}

type Adviser = Awaited<ReturnType<Product['therapy']['adviser']>>;

const GRAVITY = { 'not-assessed': 0, none: 0, warning: 1, critical: 2 } as const;

/** Present drugs on which the advice grows graver once the orders are counted as taken. */
function changedBy(orders: readonly DraftOrder[], advise: Adviser): readonly TherapyAdvice[] {
  const before = advise().advice;
  const after = advise({ adding: orders.map(({ drug }) => drug) }).advice;
  return after.filter((advice) => {
    const was = before.find(({ drug }) => drug === advice.drug);
    return was !== undefined && GRAVITY[advice.action] > GRAVITY[was.action];
  });
}

function feedback({ stores, sign }: Product): Route {
  return route(
    {
      id: 'cdsFeedback',
      method: 'post',
      path: '/cds-services/{service}/feedback',
      tag,
      summary: 'Takes what became of cards, with the reason for setting one aside',
      body: cdsFeedbackRequest,
      response: cdsFeedbackResponse,
    },
    async ({ params, body }) => {
      const { id } = serviceOf(params['service']);
      const entries = body.feedback.map((one) => ({
        service: id,
        card: one.card,
        outcome: one.outcome,
        acceptedSuggestions: (one.acceptedSuggestions ?? []).map((suggestion) => suggestion.id),
        reasonCode: one.overrideReason?.reason?.code ?? null,
        comment: one.overrideReason?.userComment ?? null,
        outcomeAt: one.outcomeTimestamp,
      }));
      await stores.cardFeedback.add(entries, sign());
      return { received: entries.length };
    },
    jsonBody(),
  );
}

function serviceOf(id: string | undefined): (typeof SERVICES)[number] {
  const known = SERVICES.find((candidate) => candidate.id === id);
  if (known === undefined) throw new ClinicalError('ROUTE_NOT_FOUND');
  return known;
}

/** A patient by our id, or by an identifier of another system. @throws ClinicalError `PATIENT_NOT_FOUND` */
async function patientOf({ stores, charts }: Product, id: string): Promise<PatientId> {
  const bare = id.replace(/^Patient\//, '');
  if ((await stores.patients.get(asId<PatientId>(bare))) !== null) return asId<PatientId>(bare);
  const listed = await stores.patients.list();
  const found = listed.filter((patient) => patient.identifiers.some(({ value }) => value === bare));
  return found.length === 1 ? found[0]!.id : (await charts.patient(asId<PatientId>(bare))).id;
}

function pageOf(request: Request, patient: PatientId): string | null {
  const host = request.get('host');
  return host === undefined ? null : `${request.protocol}://${host}/patients/${encodeURIComponent(patient)}`;
}
