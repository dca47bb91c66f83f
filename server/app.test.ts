import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import request from 'supertest';
import type { TestServer } from './testing/test-product.ts';
import { startTestServer } from './testing/test-product.ts';

let server: TestServer;
let patient = '';
const NOTE = {
  date: '2022-03-12',
  type: 'clinic note',
  text: 'Hypertension. Stopped lisinopril for dry cough.\r\nDenies chest pain. INR 2.4 \u{1F642}. Allergic to penicillin.',
};
const codeOf = (body: unknown) =>
  (body as { issue: { details: { coding: { code: string }[] } }[] }).issue[0]!.details.coding[0]!.code;
const get = (path: string) => request(server.http).get(path);
const post = (path: string) => request(server.http).post(path);
const created = async (path: string, body: object): Promise<string> => {
  const reply = await post(path).send(body);
  expect(reply.status).toBe(201);
  return (reply.body as { id: string }).id;
};
const newPatient = (name: string) => created('/api/v1/patients', { name, birthDate: '1950-02-01', sex: 'female' });
const addNote = (to: string, note: object) => created(`/api/v1/patients/${to}/notes`, note);

beforeAll(async () => {
  server = await startTestServer();
  patient = await newPatient('Ann Example');
});
afterAll(() => server.close());

describe('patients', () => {
  it('are listed with the number of their notes', async () => {
    const id = await newPatient('Zed Example');
    await addNote(id, { ...NOTE, text: 'Only a word.' });
    const { body } = await get('/api/v1/patients').expect(200);
    expect(body.patients.find((each: { id: string }) => each.id === id)).toEqual({
      id,
      name: 'Zed Example',
      birthDate: '1950-02-01',
      sex: 'female',
      notes: 1,
      lastNote: '2022-03-12',
    });
  });

  it('carry a banner with age, allergies and the date of the last note', async () => {
    const id = await newPatient('Bea Example');
    await addNote(id, NOTE);
    const { body } = await get(`/api/v1/patients/${id}`).expect(200);
    expect(body.banner).toMatchObject({ asOf: '2022-03-12', age: 72, allergyStatement: 'allergies listed', unread: 0 });
    expect(body.banner.allergies[0]).toMatchObject({ interpreted: true, evidence: [{ quote: 'penicillin' }] });
  });

  it('that are not there are a 404 which repeats no more than an id', async () => {
    const { body } = await get('/api/v1/patients/nobody').expect(404);
    expect(codeOf(body)).toBe('PATIENT_NOT_FOUND');
    const odd = await get(`/api/v1/patients/${encodeURIComponent('John Q. Public <b>')}`).expect(404);
    expect(JSON.stringify(odd.body)).not.toContain('Public');
  });

  it('need a name and a calendar date of birth', async () => {
    const { body } = await post('/api/v1/patients').send({ name: ' ' }).expect(400);
    expect(body.issue[0]).toMatchObject({ code: 'invalid', expression: ['body.name'] });
    const half = await post('/api/v1/patients').send({ name: 'A \ud800' }).expect(400);
    expect(half.body.issue[0].expression).toEqual(['body.name']);
    await post('/api/v1/patients').send({ name: 'A\0B' }).expect(400);
    const large = await post('/api/v1/patients')
      .send({ name: 'A'.repeat(1_000_001) })
      .expect(413);
    expect(codeOf(large.body)).toBe('BODY_TOO_LARGE');
    const date = await post('/api/v1/patients').send({ name: 'A', birthDate: '1950-02-31' }).expect(400);
    expect(codeOf(date.body)).toBe('REQUEST_INVALID');
  });
});

describe('notes', () => {
  it('come back to the character, with entities that stand at their offsets', async () => {
    const id = await newPatient('Cay Example');
    const noteId = await addNote(id, NOTE);
    const { body } = await get(`/api/v1/patients/${id}/notes/${noteId}`).expect(200);
    expect(body.note.text).toBe(NOTE.text);
    const words = body.entities.map((entity: { start: number; end: number }) =>
      NOTE.text.slice(entity.start, entity.end),
    );
    expect(words).toEqual(['Hypertension', 'lisinopril', 'dry cough', 'chest pain', 'INR', '2.4', 'penicillin']);
    expect(body.entities[3].assertion.existence).toBe('absent');
    expect(body.relations[0]).toMatchObject({ type: 'of' });
  });

  it('come as a text file too, in UTF-8', async () => {
    const id = await newPatient('Dee Example');
    const text = '\uFEFFGrüße, 37.9 °C\r\n\tno pain';
    const reply = await post(`/api/v1/patients/${id}/notes?date=2021-05-06&type=ED%20note`)
      .set('Content-Type', 'text/plain')
      .send(Buffer.from(text, 'utf8'));
    expect(reply.status).toBe(201);
    const { body } = await get(reply.headers['location']!).expect(200);
    expect(body.note).toMatchObject({ text, date: '2021-05-06', type: 'ed note' });
  });

  it('come as a form with a file', async () => {
    const id = await newPatient('Eve Example');
    const reply = await post(`/api/v1/patients/${id}/notes`)
      .field('date', '2021-05-06')
      .attach('file', Buffer.from('Seen in clinic.'), 'note.txt');
    expect(reply.status).toBe(201);
  });

  it('are queued with wait=false, acknowledged with 202, and read afterwards', async () => {
    const id = await newPatient('Fay Example');
    const { body } = await post(`/api/v1/patients/${id}/notes?wait=false`).send(NOTE).expect(202);
    expect(body.state).toBe('queued');
    await expect
      .poll(async () => (await get(`/api/v1/patients/${id}/notes`)).body.notes)
      .toEqual([{ id: body.id, date: NOTE.date, type: NOTE.type, state: 'read', length: NOTE.text.length, words: 15 }]);
  });

  it('are stored once: a duplicate is a 409 that says where the first is', async () => {
    const id = await newPatient('Gil Example');
    const noteId = await addNote(id, NOTE);
    const reply = await post(`/api/v1/patients/${id}/notes`).send(NOTE).expect(409);
    expect(codeOf(reply.body)).toBe('NOTE_DUPLICATE');
    expect(reply.body.issue[0].details.text).toContain(noteId);
    expect(reply.headers['location']).toBe(`/api/v1/patients/${id}/notes/${noteId}`);
    expect((await get(`/api/v1/patients/${id}/notes`)).body.notes).toHaveLength(1);
  });

  it.each([
    ['no date', { type: 'x', text: 'Text.' }, 400, 'NOTE_DATE_MISSING'],
    ['a date that is none', { date: '2022-02-30', text: 'Text.' }, 400, 'NOTE_DATE_INVALID'],
    ['no text', { date: '2022-02-03', text: ' \n' }, 400, 'NOTE_EMPTY'],
    ['binary data', { date: '2022-02-03', text: 'a\0b' }, 415, 'NOTE_NOT_TEXT'],
    ['a text of another kind', { date: '2022-02-03', text: 7 }, 400, 'REQUEST_INVALID'],
    ['more than is read', { date: '2022-02-03', text: 'x'.repeat(2_000_001) }, 413, 'NOTE_TOO_LARGE'],
  ])('with %s are refused', async (_what, note, status, code) => {
    const { body } = await post(`/api/v1/patients/${patient}/notes`).send(note).expect(status);
    expect(body.resourceType).toBe('OperationOutcome');
    expect(codeOf(body)).toBe(code);
    expect(body.issue[0].diagnostics.length).toBeGreaterThan(5);
  });

  it.each([
    ['Latin-1', Buffer.from('Fi\xe8vre', 'latin1'), 415, 'NOTE_ENCODING_UNKNOWN'],
    ['binary', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1]), 415, 'NOTE_NOT_TEXT'],
    ['empty', Buffer.from(' '), 400, 'NOTE_EMPTY'],
    ['too large', Buffer.alloc(2_000_001, 'x'), 413, 'NOTE_TOO_LARGE'],
  ])('as a file that is %s are refused', async (_what, file, status, code) => {
    const { body } = await post(`/api/v1/patients/${patient}/notes?date=2022-01-01`)
      .set('Content-Type', 'text/plain')
      .send(file)
      .expect(status);
    expect(codeOf(body)).toBe(code);
  });

  const part = (name: string, text: string, file = '') =>
    `--cut\r\nContent-Disposition: form-data; name="${name}"${file && `; filename="${file}"`}\r\n\r\n${text}\r\n`;
  const whole = `${part('file', 'Seen.', 'a.txt')}${part('date', '2021-05-06')}--cut--\r\n`;
  it.each([
    ['that is cut off', 'boundary=cut', whole.slice(0, -12)],
    ['without a boundary', '', whole],
    ['of another boundary', 'boundary=other', whole],
    ['that is empty', 'boundary=cut', ''],
    ['with a file under another name', 'boundary=cut', `${part('upload', 'Seen.', 'a.txt')}--cut--\r\n`],
    ['with two files', 'boundary=cut', part('file', 'One.', 'a.txt') + part('file', 'Two.', 'b.txt') + '--cut--\r\n'],
    ['with a field that is too long', 'boundary=cut', `${part('type', 'x'.repeat(1_000_001))}${whole}`],
  ])('as a form %s are refused as the mistake of the sender', async (_what, parameter, form) => {
    const { body } = await post(`/api/v1/patients/${patient}/notes`)
      .set('Content-Type', `multipart/form-data; ${parameter}`)
      .serialize(String)
      .send(form)
      .expect(400);
    expect(codeOf(body)).toBe('REQUEST_INVALID');
  });

  it('as a form with a file that is too large are refused with the limit', async () => {
    const { body } = await post(`/api/v1/patients/${patient}/notes`)
      .attach('file', Buffer.alloc(2_000_001, 'x'), 'note.txt')
      .expect(413);
    expect(body.issue[0].details.text).toContain('2000000');
  });

  it('in JSON that is not UTF-8 are refused, never kept with replacement characters', async () => {
    const latin1 = Buffer.from('{"date": "2022-02-03", "text": "Fi\xe8vre"}', 'latin1');
    const send = (path: string) =>
      post(path)
        .set('Content-Type', 'application/json')
        .serialize((bytes) => bytes as string)
        .send(latin1);
    const note = await send(`/api/v1/patients/${patient}/notes`).expect(415);
    expect(codeOf(note.body)).toBe('NOTE_ENCODING_UNKNOWN');
    expect(codeOf((await send('/api/v1/patients').expect(400)).body)).toBe('BODY_NOT_JSON');
    expect(codeOf((await send(`/api/v1/patients/${patient}/questions`).expect(400)).body)).toBe('BODY_NOT_JSON');
  });

  it('that cannot be read are kept: the reply says so and where', async () => {
    const id = await newPatient('Hal Example');
    const reply = await post(`/api/v1/patients/${id}/notes`).send({ ...NOTE, text: 'MODEL FAILS HERE' });
    expect(reply.status).toBe(500);
    expect((await get(reply.headers['location']!)).body).toMatchObject({
      state: 'failed',
      pipeline: null,
      entities: [],
    });
  });

  it("of another patient are a 404, as if they weren't there", async () => {
    const id = await newPatient('Ida Example');
    const noteId = await addNote(id, NOTE);
    const theirs = await get(`/api/v1/patients/${patient}/notes/${noteId}`).expect(404);
    const nowhere = await get(`/api/v1/patients/${patient}/notes/unknown`).expect(404);
    expect(codeOf(theirs.body)).toBe(codeOf(nowhere.body));
  });
});

describe('the chart', () => {
  let id = '';
  beforeAll(async () => {
    id = await newPatient('Jan Example');
    await addNote(id, NOTE);
    await addNote(id, { date: '2023-01-05', type: 'clinic note', text: 'Started metoprolol. INR 3.1.' });
  });

  it.each([
    'timeline',
    'medications',
    'problems',
    'allergies',
    'results',
    'procedures',
    'habits',
    'conflicts',
    'genotypes-mentioned',
    'questions/examples',
  ])('serves %s', async (list) => {
    await get(`/api/v1/patients/${id}/${list}`).expect(200);
    await get(`/api/v1/patients/nobody/${list}`).expect(404);
  });

  it('lists medications with status and evidence', async () => {
    const { body } = await get(`/api/v1/patients/${id}/medications`).expect(200);
    const byName = Object.fromEntries(body.items.map((item: { concept: string }) => [item.concept, item]));
    expect(byName.lisinopril).toMatchObject({ status: 'stopped', stop: '2022-03-12' });
    expect(byName.lisinopril.evidence[0]).toMatchObject({ kind: 'note', quote: 'lisinopril' });
    expect(byName.metoprolol).toMatchObject({ status: 'active', firstAsserted: '2023-01-05' });
  });

  it('leaves out all notes after asOf', async () => {
    const { body } = await get(`/api/v1/patients/${id}/medications?asOf=2022-12-31`).expect(200);
    expect(body.asOf).toBe('2022-12-31');
    expect(body.items.map((item: { concept: string }) => item.concept)).not.toContain('metoprolol');
  });

  it('gives the results of one test', async () => {
    const { body } = await get(`/api/v1/patients/${id}/results?test=inr`).expect(200);
    expect(body.items.map((item: { value: string }) => item.value)).toEqual(['2.4', '3.1']);
    expect((await get(`/api/v1/patients/${id}/results?test=sodium`)).body.items).toEqual([]);
  });

  it('refuses an asOf that is no day', async () => {
    const { body } = await get(`/api/v1/patients/${id}/medications?asOf=yesterday`).expect(400);
    expect(body.issue[0].expression).toEqual(['query.asOf']);
  });
});

describe('the search over all patients', () => {
  it('finds the patients who have it, with the words that say so', async () => {
    const has = await newPatient('Kim Example');
    const noteId = await addNote(has, { ...NOTE, text: 'Atrial fibrillation since spring.' });
    const { body } = await get('/api/v1/search?q=atrial%20fibrillation').expect(200);
    expect(body.query).toBe('atrial fibrillation');
    expect(body.patients).toHaveLength(1);
    expect(body.patients[0]).toMatchObject({ patient: has, name: 'Kim Example' });
    expect(body.patients[0].hits[0]).toMatchObject({ noteId, start: 0, end: 19, quote: 'Atrial fibrillation' });
  });

  it('does not count a denial as having it', async () => {
    const denies = await newPatient('Lou Example');
    await addNote(denies, { ...NOTE, text: 'Denies chest pain today.' });
    const { body } = await get('/api/v1/search?q=chest%20pain').expect(200);
    expect(body.patients.map((each: { patient: string }) => each.patient)).not.toContain(denies);
  });

  it('wants words, and a limit that is a number', async () => {
    expect(codeOf((await get('/api/v1/search?q=%20').expect(400)).body)).toBe('QUESTION_EMPTY');
    expect(codeOf((await get('/api/v1/search?q=a&limit=many').expect(400)).body)).toBe('REQUEST_INVALID');
  });
});

describe('addresses', () => {
  it('that are nothing are a 404 as an OperationOutcome', async () => {
    const { body, headers } = await get('/api/v1/nothing').expect(404);
    expect(codeOf(body)).toBe('ROUTE_NOT_FOUND');
    expect(headers['content-type']).toContain('application/fhir+json');
    expect(body.id).toBe(headers['x-request-id']);
  });

  it('with a broken escape are a 400', async () => {
    expect((await get('/api/v1/patients/%E0%A4%A').expect(400)).body.resourceType).toBe('OperationOutcome');
  });
});
