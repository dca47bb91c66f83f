import request from 'supertest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BriefResponse, ProblemsResponse } from '#server/contract/index.ts';
import type { TestServer } from './testing/test-product.ts';
import { startTestServer } from './testing/test-product.ts';

let server: TestServer;
let patient: string;
const NOTE = 'Started metoprolol. CYP2D6 *4/*4, poor metabolizer. Allergic to penicillin.';

beforeAll(async () => {
  server = await startTestServer();
  const { body } = await request(server.http)
    .post('/api/v1/patients')
    .send({ name: 'Ann Example', birthDate: '1950-01-01' });
  patient = body.id as string;
  await request(server.http).post(`/api/v1/patients/${patient}/notes`).send({ date: '2022-03-12', text: NOTE });
});
afterAll(() => server.close());

const briefOf = async (query: string): Promise<BriefResponse> =>
  (await request(server.http).get(`/api/v1/patients/${patient}/brief${query}`).expect(200)).body as BriefResponse;

it('gives the brief of a chart, each quote where it says, with the releases that made it', async () => {
  const brief = await briefOf('');
  expect(brief).toMatchObject({ asOf: '2022-03-12', since: null, by: { drafter: 'rules' } });
  expect(brief.by.rules).toContain('problem-course/1');
  const citations = brief.sections.flatMap(({ claims }) => claims.flatMap((claim) => claim.citations));
  expect(citations.length).toBeGreaterThan(2);
  for (const citation of citations)
    if (citation.kind === 'note') expect(NOTE.slice(citation.start, citation.end)).toBe(citation.quote);
  const genotype = brief.sections.find(({ kind }) => kind === 'genotype');
  expect(genotype?.claims[0]?.text).toMatch(/^CYP2D6 \*4\/\*4: Poor Metabolizer/);
});

it('leads with what came after the day that is asked for', async () => {
  const [changes] = (await briefOf('?since=2022-01-01')).sections;
  expect(changes).toMatchObject({ kind: 'changes', title: 'Changes since 1 Jan 2022' });
  expect(changes?.claims.map(({ text }) => text).join()).toMatch(/Started: Metoprolol/);
});

it('knows no brief of an unknown patient, and no day that is none', async () => {
  await request(server.http).get('/api/v1/patients/nobody/brief').expect(404);
  await request(server.http).get(`/api/v1/patients/${patient}/brief?since=yesterday`).expect(400);
});

it('says in which group a problem stands, and in none where it is ruled out', async () => {
  const { body } = await request(server.http).get(`/api/v1/patients/${patient}/problems`).expect(200);
  for (const { status, group } of (body as ProblemsResponse).items)
    expect(group === undefined).toBe(status === 'ruled-out' || status === 'family');
});
