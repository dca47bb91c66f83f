import { afterAll, beforeAll, expect, it } from 'vitest';
import { io } from 'socket.io-client';
import request from 'supertest';
import type { TestServer } from './testing/test-product.ts';
import { startTestServer } from './testing/test-product.ts';

/** Stands in every text, name, identifier, question and query that is sent; must stand nowhere in a log or an error. */
const MARK = 'zq7marked';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

it('keeps note text, questions, names, identifiers and query strings out of logs and errors', async () => {
  const replies: string[] = [];
  const send = async (method: 'get' | 'post', path: string, body?: string | object, type?: string): Promise<string> => {
    const sent = request(server.http)[method](path);
    if (type) sent.set('Content-Type', type);
    const reply = await (body === undefined ? sent : sent.send(body));
    if (reply.status >= 400) replies.push(JSON.stringify(reply.body));
    return (reply.body as { id?: string }).id ?? '';
  };
  const patient = { name: `${MARK} Example`, identifiers: [{ system: 'mrn', value: `${MARK}-1` }] };
  const id = await send('post', '/api/v1/patients', patient);
  const base = `/api/v1/patients/${id}`;
  const note = { date: '2022-03-12', type: `${MARK} type`, text: `${MARK} denies chest pain. INR 2.4.` };
  await send('post', `${base}/notes`, note);
  await send('post', `${base}/notes`, note);
  await send('post', `${base}/notes`, { ...note, text: `${MARK} MODEL FAILS HERE` });
  await send('post', `${base}/notes`, { ...note, date: MARK });
  await send('post', `${base}/notes`, `{"text": "${MARK}`, 'application/json');
  await send('post', `${base}/notes?date=${MARK}`, MARK, 'text/plain');
  await send('post', `${base}/questions`, { question: `Any ${MARK}?` });
  await send('post', `${base}/questions`, { question: `${MARK} `.repeat(300) });
  await send('post', `${base}/questions`, { question: MARK, conversation: `${MARK} ${MARK}` });
  await send('post', '/api/v1/patients', { name: { [MARK]: MARK } });
  await send('get', `${base}/results?test=${MARK}&asOf=${MARK}`);
  await send('get', `/api/v1/search?q=${MARK}`);
  await send('get', `/api/v1/patients/${MARK}%20Example`);
  await send('get', `/${MARK}?${MARK}=${MARK}`);
  await ask(`Any ${MARK}?`, id);
  await ask(`${MARK} `.repeat(300), id);

  expect(server.logged.length).toBeGreaterThan(12);
  expect(replies.length).toBeGreaterThan(7);
  expect(server.logged.join('\n')).not.toContain(MARK);
  expect(replies.join('\n')).not.toContain(MARK);
});

it('logs method, pattern of the route, status, milliseconds and request id of each request, and nothing else', async () => {
  server.logged.length = 0;
  await request(server.http).get('/api/v1/patients/nobody/results?test=inr');
  await expect.poll(() => server.logged.length).toBe(1);
  const line = JSON.parse(server.logged[0]!) as Record<string, unknown>;
  expect(Object.keys(line).sort()).toEqual(['message', 'method', 'milliseconds', 'requestId', 'route', 'status']);
  expect(line).toMatchObject({ method: 'GET', route: '/api/v1/patients/{patient}/results', status: 404 });
});

function ask(question: string, patient: string): Promise<void> {
  return new Promise((resolve) => {
    const client = io(server.address, { transports: ['websocket'], forceNew: true });
    const end = (): void => {
      client.disconnect();
      resolve();
    };
    client.on('answer-event', ({ event }: { event: { type: string } }) => {
      if (event.type === 'answer-end' || event.type === 'answer-error') end();
    });
    client.emit('ask', { patient, question }, (reply: object) => {
      if ('error' in reply) end();
    });
  });
}
