import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import request from 'supertest';
import type { CdsCard, PgxResponse } from '#server/contract/index.ts';
import type { TestServer } from './testing/test-product.ts';
import { startTestServer } from './testing/test-product.ts';

let server: TestServer;
const NOTE = 'Started metoprolol. CYP2D6 *4/*4, poor metabolizer. Allergic to penicillin.';
const codeOf = (body: unknown): string =>
  (body as { issue: { details: { coding: { code: string }[] } }[] }).issue[0]!.details.coding[0]!.code;

async function addPatient(name: string, text?: string): Promise<string> {
  const { body } = await request(server.http).post('/api/v1/patients').send({ name, birthDate: '1950-01-01' });
  if (text !== undefined)
    await request(server.http).post(`/api/v1/patients/${body.id}/notes`).send({ date: '2022-03-12', text });
  return body.id as string;
}
const upload = (patient: string) => request(server.http).post(`/api/v1/patients/${patient}/genotypes`);
const pgxOf = async (patient: string): Promise<PgxResponse> =>
  (await request(server.http).get(`/api/v1/patients/${patient}/pgx`).expect(200)).body as PgxResponse;

/** A VCF whose only position makes VKORC1 -1639 AG. */
const vcf = (sample: string): string =>
  [
    '##fileformat=VCFv4.2',
    '##contig=<ID=chr16,assembly=GRCh38>',
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
    `#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t${sample}`,
    'chr16\t31096368\trs9923231\tC\tT\t.\tPASS\t.\tGT\t0/1',
    '',
  ].join('\n');

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

describe('genotypes of notes', () => {
  it('give advice on the drugs that are taken now, with the words that say both', async () => {
    const { genes, advice } = await pgxOf(await addPatient('Ann Example', NOTE));
    const cyp2d6 = genes.find(({ gene }) => gene === 'CYP2D6');
    const source = cyp2d6?.source;
    expect(source?.kind === 'note' && NOTE.slice(source.evidence.start, source.evidence.end)).toBe(
      'CYP2D6 *4/*4, poor metabolizer',
    );
    const metoprolol = advice.find(({ drug }) => drug === 'metoprolol');
    expect([metoprolol?.action, metoprolol?.current]).toEqual(['warning', true]);
    expect(metoprolol?.citations.map(({ kind }) => kind)).toContain('rule');
    expect(metoprolol?.notChecked).toContain('renal function');
  });

  it('never override an allergy of the chart', async () => {
    const patient = await addPatient('Ann Example', NOTE);
    const { body } = await request(server.http)
      .get(`/api/v1/patients/${patient}/pgx/recommendations?drug=penicillin`)
      .expect(200);
    const [advice] = (body as PgxResponse).advice;
    expect([
      advice?.action,
      advice?.chartItems[0]?.kind,
      advice?.summary.startsWith('The chart has allergy to'),
    ]).toEqual(['critical', 'allergy', true]);
  });

  it('are exported as FHIR', async () => {
    const patient = await addPatient('Ann Example', NOTE);
    const { body, headers } = await request(server.http).get(`/api/v1/patients/${patient}/pgx?format=fhir`).expect(200);
    expect(headers['content-type']).toContain('application/fhir+json');
    const again = await addPatient('Ann Copy');
    const { body: read } = await upload(again)
      .set('content-type', 'application/fhir+json')
      .send(JSON.stringify(body))
      .expect(201);
    expect(read.genes.map((gene: { gene: string }) => gene.gene)).toContain('CYP2D6');
  });
});

describe('an upload', () => {
  it.each([
    ['as JSON', (p: string) => upload(p).send({ vcf: vcf('S1'), name: 'a.vcf' })],
    ['as text', (p: string) => upload(p).set('content-type', 'text/plain').send(vcf('S1'))],
    [
      'as gzip',
      (p: string) =>
        upload(p)
          .set('content-type', 'application/gzip')
          .send(gzipSync(vcf('S1'))),
    ],
  ])('of a VCF %s is read and kept', async (_how, send) => {
    const patient = await addPatient('Vera Voss');
    const { body } = await send(patient).expect(201);
    expect(body.kind).toBe('vcf');
    const vkorc1 = (await pgxOf(patient)).genes.find(({ gene }) => gene === 'VKORC1');
    expect([vkorc1?.phenotype, vkorc1?.source.kind]).toEqual([['-1639 AG'], 'vcf']);
  });

  it('shows genes that no VCF tells as not callable, and never as *1', async () => {
    const patient = await addPatient('Vera Voss');
    await upload(patient)
      .send({ vcf: vcf('S1') })
      .expect(201);
    const cyp2d6 = (await pgxOf(patient)).genes.find(({ gene }) => gene === 'CYP2D6');
    expect([cyp2d6?.callable, cyp2d6?.diplotypes, cyp2d6?.phenotype]).toEqual([false, [], []]);
  });

  it('of a report is read and kept', async () => {
    const patient = await addPatient('Rita Roe');
    await upload(patient).set('content-type', 'text/plain').send('CYP2C19 *2/*2 poor metabolizer').expect(201);
    expect((await pgxOf(patient)).genes.map(({ gene, phenotype }) => [gene, phenotype])).toEqual([
      ['CYP2C19', ['Poor Metabolizer']],
    ]);
  });

  it('that contradicts a note is a conflict, and neither is used silently', async () => {
    const patient = await addPatient('Cora Cole', 'CYP2C19 *1/*1 on file.');
    await upload(patient).send({ report: 'CYP2C19\t*2/*2\n' }).expect(201);
    const { conflicts, genes } = await pgxOf(patient);
    expect(conflicts.map(({ gene, results }) => [gene, results.length])).toEqual([['CYP2C19', 2]]);
    expect(genes[0]?.warnings.map(({ code }) => code)).toContain('REPORTS_DISAGREE');
  });

  it('of another person is refused until the sample is named', async () => {
    const patient = await addPatient('Vera Voss');
    const { body } = await upload(patient)
      .send({ vcf: vcf('Peter_Miller') })
      .expect(409);
    expect(codeOf(body)).toBe('VCF_SAMPLE_OF_OTHER_PATIENT');
    await upload(patient)
      .send({ vcf: vcf('Peter_Miller'), sample: 'Peter_Miller' })
      .expect(201);
  });

  it.each([
    ['nothing that is known', { report: 'The weather is fine.' }, 'GENOTYPE_UNREADABLE'],
    ['an old build', { vcf: vcf('S1').replace('GRCh38', 'GRCh37') }, 'VCF_BUILD_UNSUPPORTED'],
    ['an empty body', {}, 'GENOTYPE_UNREADABLE'],
    ['FHIR of other shapes', { fhir: [1, null, { resourceType: 'Observation' }] }, 'GENOTYPE_UNREADABLE'],
    ['a bundle without a list', { fhir: { resourceType: 'Bundle', entry: 5 } }, 'GENOTYPE_UNREADABLE'],
    ['a patient without a name', { fhir: { resourceType: 'Patient', name: [null] } }, 'GENOTYPE_UNREADABLE'],
  ])('of %s is refused clearly', async (_what, sent, code) => {
    const { body } = await upload(await addPatient('Vera Voss')).send(sent);
    expect(codeOf(body)).toBe(code);
  });
});

describe('CDS Hooks', () => {
  const hook = (id: string, body: object) => request(server.http).post(`/cds-services/${id}`).send(body);
  const order = (patient: string, text: string) => ({
    hook: 'order-select',
    hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
    context: {
      userId: 'Practitioner/123',
      patientId: patient,
      selections: ['MedicationRequest/1'],
      draftOrders: {
        resourceType: 'Bundle',
        entry: [
          { resource: { resourceType: 'MedicationRequest', id: '1', medicationCodeableConcept: { text } } },
          {
            resource: { resourceType: 'MedicationRequest', id: '2', medicationCodeableConcept: { text: 'lisinopril' } },
          },
        ],
      },
    },
  });

  it('lists its services', async () => {
    const { body } = await request(server.http).get('/cds-services').expect(200);
    expect(body.services.map(({ hook: name }: { hook: string }) => name)).toEqual(['patient-view', 'order-select']);
  });

  it('warns of an order that clashes with the genotype, as the specification has cards', async () => {
    const { body } = await hook(
      'pgx-order-select',
      order(await addPatient('Ann Example', NOTE), 'Codeine 30 MG Oral Tablet'),
    ).expect(200);
    const [card, ...others] = body.cards as CdsCard[];
    expect(others).toEqual([]);
    expect([
      card?.indicator,
      card!.summary.length < 140,
      card?.suggestions?.[0]?.actions[0]?.resourceId,
      card?.selectionBehavior,
    ]).toEqual(['critical', true, 'MedicationRequest/1', 'at-most-one']);
    expect(card?.overrideReasons?.every(({ display }) => display.length > 0)).toBe(true);
    expect(card?.detail).toContain('Not checked here');
  });

  it('warns of a drug taken now that an order would change', async () => {
    const patient = await addPatient('Ann Example', 'Started metoprolol. CYP2D6 *1/*1.');
    const { body } = await hook('pgx-order-select', order(patient, 'paroxetine')).expect(200);
    expect((body.cards as CdsCard[]).map(({ summary }) => summary).join('\n')).toContain(
      'With paroxetine, metoprolol is affected',
    );
  });

  it('shows on opening a chart what clashes now', async () => {
    const context = { userId: 'Practitioner/1', patientId: await addPatient('Ann Example', NOTE) };
    const { body } = await hook('pgx-patient-view', { hook: 'patient-view', hookInstance: 'x', context }).expect(200);
    expect((body.cards as CdsCard[]).map(({ indicator, suggestions }) => [indicator, suggestions])).toEqual([
      ['warning', undefined],
    ]);
  });

  it('has no cards where there is nothing to say', async () => {
    const { body } = await hook('pgx-order-select', order(await addPatient('Bob Blank'), 'saline')).expect(200);
    expect(body.cards).toEqual([]);
  });

  it('takes feedback with the reason of an override', async () => {
    const feedback = [
      {
        card: '9368d37b-283f-44a0-93ea-547cebab93ed',
        outcome: 'overridden',
        overrideReason: {
          reason: { code: 'tolerated-before', system: 'urn:anamnesis:cds-override-reason' },
          userComment: 'long use',
        },
        outcomeTimestamp: '2020-12-11T00:00:00Z',
      },
    ];
    await request(server.http).post('/cds-services/pgx-order-select/feedback').send({ feedback }).expect(200);
    const kept = await server.product.stores.cardFeedback.list('pgx-order-select');
    expect(kept.map(({ card, reasonCode, comment }) => [card, reasonCode, comment])).toEqual([
      ['9368d37b-283f-44a0-93ea-547cebab93ed', 'tolerated-before', 'long use'],
    ]);
  });

  it('refuses a hook that a service does not answer, and an unknown patient', async () => {
    const context = { patientId: 'nobody' };
    const wrong = await hook('pgx-patient-view', { hook: 'order-sign', hookInstance: 'x', context }).expect(400);
    const unknown = await hook('pgx-patient-view', { hook: 'patient-view', hookInstance: 'x', context }).expect(404);
    expect([codeOf(wrong.body), codeOf(unknown.body)]).toEqual(['REQUEST_INVALID', 'PATIENT_NOT_FOUND']);
  });

  it('refuses an order whose drug cannot be read, rather than have no card for it', async () => {
    const patientId = await addPatient('Vera Voss');
    const resource = { resourceType: 'MedicationRequest', id: 'o1', medicationCodeableConcept: { coding: [null] } };
    const context = { patientId, draftOrders: { resourceType: 'Bundle', entry: [{ resource }] } };
    const reply = await hook('pgx-order-select', { hook: 'order-select', hookInstance: 'x', context }).expect(400);
    expect(codeOf(reply.body)).toBe('REQUEST_INVALID');
  });
});
