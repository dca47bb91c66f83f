import type { Request } from 'express';
import type { GeneResult } from '#pipelines/domain/pgx.ts';
import type { Patient } from '#pipelines/domain/patient.ts';
import { readVcf } from '#pipelines/engines/vcf/index.ts';
import { ClinicalError } from '#pipelines/errors.ts';
import { positionsOfInterest } from '#pipelines/pgx/matcher/index.ts';
import type { PgxRules } from '#pipelines/pgx/rules.ts';
import { namesSomeoneElse } from '#pipelines/pgx/sample-name.ts';
import { mergeSources, resultsOfFhir, resultsOfReport } from '#pipelines/pgx/sources/index.ts';
import { geneResultsOfVcf } from '#pipelines/pgx/vcf-results.ts';

/** What an upload holds, before it is read. */
export interface UploadBody {
  readonly vcf?: string | undefined;
  readonly report?: string | undefined;
  readonly fhir?: unknown;
  readonly sample?: string | undefined;
  readonly name?: string | undefined;
}

export interface ReadUpload {
  readonly kind: 'vcf' | 'report' | 'fhir';
  readonly name: string;
  readonly results: readonly GeneResult[];
}

interface Means {
  readonly rules: PgxRules;
  readonly patient: Pick<Patient, 'name' | 'identifiers'>;
}

const MOST_REPORT_BYTES = 2_000_000;

/**
 * Reads what was uploaded: JSON members, or the body itself, which is streamed (a VCF of a whole genome is not kept in
 * memory).
 *
 * @throws ClinicalError of the VCF reader; `VCF_SAMPLE_OF_OTHER_PATIENT`, `GENOTYPE_UNREADABLE`
 */
export async function readUpload(request: Request, body: UploadBody, means: Means): Promise<ReadUpload> {
  const name = body.name ?? 'upload';
  if (body.vcf !== undefined) return readVcfUpload({ text: body.vcf }, body, means);
  if (body.report !== undefined)
    return { kind: 'report', name, results: mergeSources(resultsOfReport(means.rules, body.report, name), []) };
  if (body.fhir !== undefined) return readFhirUpload(body.fhir, name, means);
  if (request.is('application/json') || request.is('application/fhir+json'))
    throw new ClinicalError('GENOTYPE_UNREADABLE');
  return readStream(request, body, means);
}

async function readVcfUpload(
  source: Parameters<typeof readVcf>[0],
  body: UploadBody,
  { rules, patient }: Means,
): Promise<ReadUpload> {
  const name = body.name ?? 'upload.vcf';
  const sample = await readVcf(
    source,
    positionsOfInterest(rules),
    body.sample === undefined ? {} : { sample: body.sample },
  );
  const identifiers = patient.identifiers.map(({ value }) => value);
  // A sample that was named by hand is the confirmation.
  if (body.sample === undefined && namesSomeoneElse(sample.sample, { name: patient.name, identifiers })) {
    throw new ClinicalError('VCF_SAMPLE_OF_OTHER_PATIENT');
  }
  return { kind: 'vcf', name, results: geneResultsOfVcf(sample, rules, name) };
}

/** Foreign resources may lack or twist any member: what trips over their shape is the input's fault. */
function readFhirUpload(fhir: unknown, name: string, means: Means): ReadUpload {
  try {
    return readResources(fhir, name, means);
  } catch (error) {
    const isShape = error instanceof TypeError || error instanceof RangeError;
    throw isShape ? new ClinicalError('GENOTYPE_UNREADABLE', {}, error) : error;
  }
}

function readResources(fhir: unknown, name: string, { rules, patient }: Means): ReadUpload {
  const resources = Array.isArray(fhir) ? fhir : [fhir];
  const identifiers = patient.identifiers.map(({ value }) => value);
  const others = namesInside(resources).filter((other) => namesSomeoneElse(other, { name: patient.name, identifiers }));
  if (others.length > 0) throw new ClinicalError('VCF_SAMPLE_OF_OTHER_PATIENT');
  return { kind: 'fhir', name, results: mergeSources(resultsOfFhir(rules, resources), []) };
}

/** Names of Patient resources that come along. */
function namesInside(resources: readonly unknown[]): readonly string[] {
  return resources.flatMap((value): readonly string[] => {
    if (typeof value !== 'object' || value === null) return [];
    const resource = value as {
      resourceType?: string;
      entry?: { resource?: unknown }[];
      contained?: unknown[];
      name?: { text?: string; family?: string; given?: string[] }[];
    };
    const nested = [...(resource.entry ?? []).map((entry) => entry.resource), ...(resource.contained ?? [])];
    if (resource.resourceType !== 'Patient') return namesInside(nested);
    return (resource.name ?? []).map(({ text, family = '', given = [] }) => text ?? [...given, family].join(' '));
  });
}

/** A body that is no JSON: a VCF, plain or compressed, or a report's text. */
async function readStream(request: Request, body: UploadBody, means: Means): Promise<ReadUpload> {
  const chunks = request[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await chunks.next();
  const head = first.done === true ? Buffer.alloc(0) : first.value;
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  const isVcf = isGzip || /^(?:\uFEFF)?##fileformat|^#CHROM/i.test(head.subarray(0, 40).toString('utf8'));
  const stream = withHead(head, chunks);
  if (isVcf) return readVcfUpload({ stream }, body, means);
  const name = body.name ?? 'report';
  const text = (await collect(stream)).toString('utf8');
  return { kind: 'report', name, results: mergeSources(resultsOfReport(means.rules, text, name), []) };
}

async function* withHead(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

async function collect(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > MOST_REPORT_BYTES) throw new ClinicalError('BODY_TOO_LARGE', { limit: MOST_REPORT_BYTES });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
