import express from 'express';
import type { RequestHandler } from 'express';
import { asId } from '#pipelines/domain/ids.ts';
import type { PatientId } from '#pipelines/domain/ids.ts';
import { ClinicalError } from '#pipelines/errors.ts';
import { writeGenomicsReport } from '#pipelines/pgx/fhir/index.ts';
import {
  fhirBundle,
  pgxQuery,
  pgxRecommendationsQuery,
  pgxResponse,
  uploadGenotypesQuery,
  uploadGenotypesRequest,
  uploadGenotypesResponse,
} from '#server/contract/index.ts';
import type { Product } from '../product.ts';
import { onlyUtf8, withLimit } from './bodies.ts';
import { readUpload } from './genotype-upload.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const tag = 'Pharmacogenomics';
const path = '/api/v1/patients/{patient}';
const MOST_JSON = 32_000_000;
/** Members of a class that a question for the class is answered for. */
const MOST_MEMBERS = 12;

/** Genotypes: uploaded, read, joined with the chart's drugs. */
export function pgxRoutes(product: Product): Route[] {
  return [uploadGenotypes(product), getPgx(product), getRecommendations(product)];
}

function uploadGenotypes({ stores, charts, sign, pgx }: Product): Route {
  return route(
    {
      id: 'uploadGenotypes',
      method: 'post',
      path: `${path}/genotypes`,
      tag,
      summary:
        "Stores genotypes of a VCF (GRCh38, plain or gzip), a laboratory's report, or FHIR Genomics Reporting resources",
      query: uploadGenotypesQuery,
      body: uploadGenotypesRequest,
      otherBodies: ['text/plain', 'application/gzip', 'application/octet-stream', 'application/fhir+json'],
      status: 201,
      response: uploadGenotypesResponse,
    },
    async ({ params, query, body, request, response }) => {
      const patient = await charts.patient(asId<PatientId>(params['patient']!));
      const sent = { ...body, sample: body.sample ?? query.sample, name: body.name ?? query.name };
      const { kind, name, results } = await readUpload(request, sent, { rules: pgx, patient });
      const write = sign();
      const id = await stores.genotypes.add(patient.id, { kind, name, results }, write);
      response.location(`/api/v1/patients/${patient.id}/pgx`);
      return { id, kind, genes: results, uploaded: write.at };
    },
    uploadBody(),
  );
}

/** JSON is parsed; any other allowed body is left to be streamed. A FHIR resource may be the whole body. */
function uploadBody(): RequestHandler[] {
  const types = [
    'application/json',
    'application/fhir+json',
    'text/plain',
    'application/gzip',
    'application/x-gzip',
    'application/octet-stream',
  ];
  const onlyThese: RequestHandler = (request, _response, next) => {
    next(request.is(types) ? undefined : new ClinicalError('MEDIA_TYPE_UNSUPPORTED'));
  };
  const type = ['application/json', 'application/fhir+json'];
  const json = withLimit(express.json({ limit: MOST_JSON, strict: true, verify: onlyUtf8, type }), MOST_JSON);
  const fhirAsMember: RequestHandler = (request, _response, next) => {
    const body: unknown = request.body;
    if (typeof body === 'object' && body !== null && 'resourceType' in body) request.body = { fhir: body };
    next();
  };
  return [onlyThese, json, fhirAsMember];
}

function getPgx({ charts, therapy }: Product): Route {
  return route(
    {
      id: 'getPgx',
      method: 'get',
      path: `${path}/pgx`,
      tag,
      summary:
        'Genes, phenotypes as the present drugs leave them, conflicts, and advice for each present drug; format=fhir gives a Bundle',
      query: pgxQuery,
      response: pgxResponse.or(fhirBundle),
    },
    async ({ params, query, response }) => {
      const chart = await charts.chart(asId<PatientId>(params['patient']!), query.asOf ?? null);
      const report = await therapy.report(chart);
      if (query.format !== 'fhir') return report;
      response.type('application/fhir+json');
      return {
        ...writeGenomicsReport(report, chart.patient),
        resourceType: 'Bundle' as const,
        type: 'collection' as const,
      };
    },
  );
}

function getRecommendations({ charts, therapy, terminology }: Product): Route {
  return route(
    {
      id: 'getPgxRecommendations',
      method: 'get',
      path: `${path}/pgx/recommendations`,
      tag,
      summary:
        'Advice on one or more drugs, or on the drugs of a class: guidance, allergies, earlier stops, present use, what was not checked',
      query: pgxRecommendationsQuery,
      response: pgxResponse,
    },
    async ({ params, query }) => {
      const chart = await charts.chart(asId<PatientId>(params['patient']!), query.asOf ?? null);
      const { indication, targetInr, heightCm, weightKg } = query;
      const stated = {
        ...(indication !== undefined && { indication }),
        ...(targetInr !== undefined && { targetInr }),
        ...(heightCm !== undefined && { heightCm }),
        ...(weightKg !== undefined && { weightKg }),
      };
      const names = query.drug
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '');
      const drugs = names.flatMap((name) =>
        terminology.medication(name)?.isClass === true
          ? terminology.membersOfClass(name).slice(0, MOST_MEMBERS)
          : [name],
      );
      return therapy.report(chart, { drugs, stated });
    },
  );
}
