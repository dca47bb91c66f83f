import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import request from 'supertest';
import type {
  AnswerEventMessage,
  AskAcknowledgement,
  AskMessage,
  ClientToServerEvents,
  Progress,
  ServerToClientEvents,
} from '#server/contract/index.ts';
import { answerEventMessage } from '#server/contract/events.ts';
import type { TestServer } from './testing/test-product.ts';
import { startTestServer } from './testing/test-product.ts';

type Client = Socket<ServerToClientEvents, ClientToServerEvents>;

let server: TestServer;
let ann = '';
let bob = '';
const TEXT = 'Stopped lisinopril for dry cough. Denies chest pain. INR 2.4.';
const codeOf = (body: unknown) =>
  (body as { issue: { details: { coding: { code: string }[] } }[] }).issue[0]!.details.coding[0]!.code;
const add = async (name: string): Promise<string> => {
  const { body } = await request(server.http).post('/api/v1/patients').send({ name });
  await request(server.http).post(`/api/v1/patients/${body.id}/notes`).send({ date: '2022-03-12', text: TEXT });
  return body.id as string;
};
const ask = (patient: string, body: object) =>
  request(server.http).post(`/api/v1/patients/${patient}/questions`).send(body);

beforeAll(async () => {
  server = await startTestServer();
  ann = await add('Ann Example');
  bob = await add('Bob Sample');
});
afterAll(() => server.close());

describe('questions over REST', () => {
  it('are answered with citations that quote the note exactly', async () => {
    const { body } = await ask(ann, { question: 'Why was lisinopril stopped?' }).expect(200);
    expect(body.status).toBe('answered');
    expect(body.milliseconds).toBeGreaterThan(0);
    for (const { citations } of body.claims) {
      for (const { start, end, quote } of citations) expect(TEXT.slice(start, end)).toBe(quote);
    }
  });

  it('are kept as a conversation, and found again from the words they cite', async () => {
    const first = (await ask(ann, { question: 'Why was lisinopril stopped?' })).body;
    const second = (await ask(ann, { question: 'Any chest pain?', conversation: first.conversation })).body;
    expect(second.conversation).toBe(first.conversation);
    const base = `/api/v1/patients/${ann}`;
    const talk = await request(server.http).get(`${base}/conversations/${first.conversation}`).expect(200);
    expect(talk.body.turns.map((turn: { id: string }) => turn.id)).toEqual([first.id, second.id]);
    const answer = await request(server.http).get(`${base}/answers/${first.id}`).expect(200);
    expect(answer.body.answer.claims).toEqual(first.claims);
    const [{ noteId, start, end }] = first.claims[0].citations;
    const uses = await request(server.http).get(`${base}/notes/${noteId}/uses?start=${start}&end=${end}`).expect(200);
    expect(uses.body.answers.map((each: { id: string }) => each.id)).toContain(first.id);
    const list = await request(server.http).get(`${base}/conversations`).expect(200);
    expect(list.body.conversations[0]).toMatchObject({ id: first.conversation, turns: 2 });
  });

  it('are answered from notes of the types that they are narrowed to alone, and say so', async () => {
    const dora = await add('Dora Fourth');
    const letter = { date: '2022-05-01', type: 'discharge-summary', text: 'Takes warfarin 5 mg daily. INR 3.1.' };
    await request(server.http).post(`/api/v1/patients/${dora}/notes`).send(letter);
    const { body: all } = await ask(dora, { question: 'Why was lisinopril stopped?' }).expect(200);
    expect(all).toMatchObject({ status: 'answered', searched: { notes: 2 } });
    expect(all.searched.noteTypes).toBeUndefined();
    const noteTypes = ['discharge-summary'];
    const { body } = await ask(dora, { question: 'Why was lisinopril stopped?', noteTypes }).expect(200);
    expect(body).toMatchObject({ status: 'abstained', searched: { notes: 1, noteTypes } });
    expect(body.basis.limits.join()).toContain('only notes of these types');
    const { body: none } = await ask(dora, { question: 'INR?', noteTypes: ['letter'] }).expect(200);
    expect(none).toMatchObject({ status: 'abstained', searched: { notes: 0 } });
    await ask(dora, { question: 'INR?', noteTypes: [''] }).expect(400);
  });

  it('are answered from all notes where allergies or giving a drug are asked about, whatever they are narrowed to', async () => {
    const fay = await add('Fay Fifth');
    const notes = `/api/v1/patients/${fay}/notes`;
    await request(server.http)
      .post(notes)
      .send({ date: '2022-04-01', type: 'ward-note', text: 'Allergies: warfarin.' });
    await request(server.http).post(notes).send({ date: '2022-05-01', type: 'letter', text: 'INR 3.1.' });
    for (const question of ['Any allergies?', 'Can she have warfarin?']) {
      const { body } = await ask(fay, { question, noteTypes: ['letter'] }).expect(200);
      expect(body).toMatchObject({ searched: { notes: 3 } });
      expect(body.searched.noteTypes).toBeUndefined();
      expect(JSON.stringify(body.claims)).toContain('warfarin');
      expect(body.basis.limits.join()).toContain('notes of every type were searched');
    }
  });

  it('say in the answer and in an abstention that a note of the patient could not be read', async () => {
    const carl = await add('Carl Third');
    const text = 'MODEL FAILS HERE. Takes warfarin.';
    const { body: none } = await ask(carl, { question: 'Any chest pain?' });
    expect(none.searched.unread).toBeUndefined();
    await request(server.http).post(`/api/v1/patients/${carl}/notes`).send({ date: '2022-04-01', text });
    for (const question of ['Why was lisinopril stopped?', 'When was the colonoscopy?']) {
      const { body } = await ask(carl, { question }).expect(200);
      expect(body.searched).toMatchObject({ notes: 1, unread: 1 });
      expect(body.basis.limits).toContain('1 note of this patient is not read yet');
    }
    const { body: before } = await ask(carl, { question: 'Any chest pain?', asOf: '2022-03-31' });
    expect(before.searched.unread).toBeUndefined();
  });

  it('stay with their patient: conversations and answers of another are refused', async () => {
    const theirs = (await ask(ann, { question: 'Any chest pain?' })).body;
    const reply = await ask(bob, { question: 'And the dose?', conversation: theirs.conversation }).expect(403);
    expect(codeOf(reply.body)).toBe('CONVERSATION_OF_OTHER_PATIENT');
    const talk = await request(server.http)
      .get(`/api/v1/patients/${bob}/conversations/${theirs.conversation}`)
      .expect(403);
    expect(codeOf(talk.body)).toBe('CONVERSATION_OF_OTHER_PATIENT');
    const answer = await request(server.http).get(`/api/v1/patients/${bob}/answers/${theirs.id}`).expect(404);
    expect(codeOf(answer.body)).toBe('ANSWER_NOT_FOUND');
  });

  it.each([
    ['nothing', '  \n', 400, 'QUESTION_EMPTY'],
    ['2,001 characters', 'x'.repeat(2001), 400, 'QUESTION_TOO_LONG'],
  ])('of %s are refused', async (_what, question, status, code) => {
    expect(codeOf((await ask(ann, { question }).expect(status)).body)).toBe(code);
  });

  it('of exactly 2,000 characters are read, emoji counted as one each', async () => {
    await ask(ann, { question: '\u{1F600}'.repeat(2000) }).expect(200);
  });

  it('to an unknown patient or in an unknown conversation are a 404', async () => {
    expect(codeOf((await ask('nobody', { question: 'Any pain?' }).expect(404)).body)).toBe('PATIENT_NOT_FOUND');
    const reply = await ask(ann, { question: 'Any pain?', conversation: 'c-unknown' }).expect(404);
    expect(codeOf(reply.body)).toBe('CONVERSATION_NOT_FOUND');
  });

  it('give the same claims when they are asked again', async () => {
    const [first, second] = [
      await ask(ann, { question: 'Any chest pain?' }),
      await ask(ann, { question: 'Any chest pain?' }),
    ];
    const told = ({ status, finding, claims }: { status: string; finding: string; claims: object }) =>
      JSON.stringify({ status, finding, claims });
    expect(told(first.body)).toBe(told(second.body));
  });

  it('take feedback on their answers', async () => {
    const { body } = await ask(ann, { question: 'Any chest pain?' });
    const path = `/api/v1/patients/${ann}/answers/${body.id}/feedback`;
    await request(server.http).post(path).send({ verdict: 'right' }).expect(201);
    await request(server.http).post(path).send({ verdict: 'perhaps' }).expect(400);
    await request(server.http).post(path.replace(ann, bob)).send({ verdict: 'right' }).expect(404);
  });
});

describe('questions over socket.io', () => {
  let client: Client;
  beforeAll(async () => {
    client = io(server.address, { transports: ['websocket'], forceNew: true });
    await new Promise<void>((resolve, reject) => {
      client.once('connect', () => resolve());
      client.once('connect_error', reject);
    });
  });
  afterAll(() => client.disconnect());

  const stream = (message: AskMessage): Promise<AnswerEventMessage[]> =>
    new Promise((resolve, reject) => {
      const seen: AnswerEventMessage[] = [];
      const onEvent = (each: AnswerEventMessage): void => {
        seen.push(each);
        const bySchema = answerEventMessage.safeParse(each);
        if (!bySchema.success) return reject(bySchema.error);
        if (!/^answer-(end|error)$/.test(each.event.type)) return;
        client.off('answer-event', onEvent);
        resolve(seen);
      };
      client.on('answer-event', onEvent);
      client.emit('ask', message, (reply: AskAcknowledgement) => {
        if ('error' in reply) reject(new Error(codeOf(reply.error)));
      });
    });

  it('stream the events that REST collects', async () => {
    const question = 'Why was lisinopril stopped?';
    const rest = (await ask(ann, { question })).body;
    const events = await stream({ patient: ann, question });
    expect(events[0]!.event.type).toBe('answer-start');
    const last = events.at(-1)!;
    expect(last.milliseconds).toBeGreaterThan(0);
    if (last.event.type !== 'answer-end') throw new Error('expected an answer');
    expect(last.event.answer.claims).toEqual(rest.claims);
    const ended = events.flatMap(({ event }) => (event.type === 'claim-end' ? [event.claim] : []));
    expect(ended).toEqual(rest.claims);
    expect(new Set(events.map((each) => each.id)).size).toBe(1);
  });

  it('are refused by the acknowledgement, with the code that REST has', async () => {
    await expect(stream({ patient: ann, question: ' ' })).rejects.toThrow('QUESTION_EMPTY');
    await expect(stream({ patient: 'nobody', question: 'Any pain?' })).rejects.toThrow('PATIENT_NOT_FOUND');
    const theirs = (await ask(ann, { question: 'Any chest pain?' })).body.conversation as string;
    const other = stream({ patient: bob, question: 'And now?', conversation: theirs });
    await expect(other).rejects.toThrow('CONVERSATION_OF_OTHER_PATIENT');
    await expect(stream({ patient: ann } as AskMessage)).rejects.toThrow('REQUEST_INVALID');
  });

  it('are four at once for one connection, also when they come together', async () => {
    const eager: Client = io(server.address, { transports: ['websocket'], forceNew: true });
    const desk = vi.spyOn(server.product.desk, 'ask').mockReturnValue(new Promise(() => undefined));
    const refused: string[] = [];
    for (let each = 0; each < 6; each++) {
      eager.emit('ask', { patient: ann, question: 'Any pain?' }, (reply: AskAcknowledgement) => {
        if ('error' in reply) refused.push(codeOf(reply.error));
      });
    }
    await expect.poll(() => refused).toEqual(['RATE_LIMITED', 'RATE_LIMITED']);
    desk.mockRestore();
    eager.disconnect();
  });

  it('hear how the reading of notes goes on', async () => {
    const heard = new Promise<Progress>((resolve) => client.once('progress', resolve));
    await request(server.http).post(`/api/v1/patients/${ann}/notes`).send({ date: '2022-04-01', text: 'INR 3.' });
    expect((await heard).read).toBeGreaterThan(2);
  });
});
