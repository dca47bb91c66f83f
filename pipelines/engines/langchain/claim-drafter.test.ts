import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { http, HttpResponse, delay } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createClaimDrafter, isLoopback } from './claim-drafter.ts';

const URL_OF_SERVER = 'http://models.hospital.example/v1';
const PROMPT = { id: 'draft-claims/1', text: 'Answer from the evidence.', sha256: 'a'.repeat(64) };
const EVIDENCE = [{ number: 1, source: 'clinic note, 2024-03-02', text: 'Mr. Okafor: EF 35% on 3/2/24.' }];

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const drafter = (timeoutMs = 2000, url = URL_OF_SERVER): ReturnType<typeof createClaimDrafter> =>
  createClaimDrafter({ url, model: 'test-model', timeoutMs, prompt: PROMPT, names: () => ['Terrence Okafor'] });

const completion = (content: string, finish = 'stop'): object => ({
  id: 'c1',
  object: 'chat.completion',
  created: 0,
  model: 'test-model',
  choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: finish }],
});

function replyWith(content: string): { body: () => string } {
  let body = '';
  server.use(
    http.post(`${URL_OF_SERVER}/chat/completions`, async ({ request }) => {
      body = await request.text();
      return HttpResponse.json(completion(content));
    }),
  );
  return { body: () => body };
}

describe('drafting claims with a language model', () => {
  it('returns claims with the numbers of their evidence', async () => {
    replyWith('{"claims": [{"text": "EF was 35%.", "evidence": [1]}]}');
    expect(await drafter().draft('last EF?', EVIDENCE)).toEqual([{ text: 'EF was 35%.', evidence: [1] }]);
  });

  it('sends no name and no date to a server that is not this machine, and puts them back into the claims', async () => {
    const sent = replyWith('{"claims": [{"text": "EF 35% on [DATE-1].", "evidence": [1]}]}');
    const claims = await drafter().draft('last EF for Terrence?', EVIDENCE);
    expect(sent.body()).not.toMatch(/Okafor|Terrence|3\/2\/24|2024-03-02/);
    expect(claims[0]!.text).toMatch(/^EF 35% on (2024-03-02|3\/2\/24)\.$/);
  });

  it('refuses output that is not JSON of the schema', async () => {
    for (const content of ['EF is 35%.', '{"claims": [{"text": "EF"}]}', '{"claims": "none"}', '']) {
      replyWith(content);
      await expect(drafter().draft('last EF?', EVIDENCE)).rejects.toMatchObject({ code: 'MODEL_OUTPUT_INVALID' });
    }
  });

  it('refuses a claim that points at evidence which was not sent', async () => {
    replyWith('{"claims": [{"text": "EF was 35%.", "evidence": [7]}]}');
    await expect(drafter().draft('last EF?', EVIDENCE)).rejects.toMatchObject({ code: 'MODEL_OUTPUT_INVALID' });
  });

  it('names a rate limit, a server error and a time-out without repeating what the server said', async () => {
    const outcome = async (status: number): Promise<unknown> => {
      server.use(
        http.post(`${URL_OF_SERVER}/chat/completions`, () =>
          HttpResponse.json({ error: { message: 'secret words' } }, { status }),
        ),
      );
      return drafter()
        .draft('last EF?', EVIDENCE)
        .catch((error: unknown) => error);
    };
    expect(await outcome(429)).toMatchObject({ code: 'LANGUAGE_MODEL_UNAVAILABLE', details: { reason: 'rate limit' } });
    expect(await outcome(503)).toMatchObject({ details: { reason: 'status 503' } });
    server.use(
      http.post(`${URL_OF_SERVER}/chat/completions`, async () => {
        await delay(1000);
        return HttpResponse.json(completion('{"claims": []}'));
      }),
    );
    const slow = await drafter(50)
      .draft('last EF?', EVIDENCE)
      .catch((error: unknown) => error);
    expect(slow).toMatchObject({ details: { reason: 'time-out' } });
    expect(String(slow)).not.toContain('secret');
  });
});

describe('a real server that speaks the protocol', () => {
  it('is asked over HTTP with the evidence as it is when it runs on this machine; a cut connection is an error', async () => {
    server.close();
    let cut = false;
    let received = '';
    const local = createServer((request, response) => {
      request.on('data', (chunk: Buffer) => (received += chunk.toString('utf8')));
      request.on('end', () => {
        response.setHeader('content-type', 'application/json');
        const body = JSON.stringify(completion('{"claims": [{"text": "EF 35%.", "evidence": [1]}]}'));
        if (!cut) return response.end(body);
        response.setHeader('content-length', String(body.length));
        response.write(body.slice(0, 20), () => response.destroy());
      });
    });
    await new Promise<void>((resolve) => local.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(local.address() as AddressInfo).port}/v1`;
    expect(await drafter(5000, url).draft('last EF?', EVIDENCE)).toEqual([{ text: 'EF 35%.', evidence: [1] }]);
    expect(received).toContain('Okafor');
    cut = true;
    await expect(drafter(5000, url).draft('last EF?', EVIDENCE)).rejects.toMatchObject({
      code: 'LANGUAGE_MODEL_UNAVAILABLE',
    });
    await new Promise((resolve) => local.close(resolve));
    server.listen({ onUnhandledRequest: 'error' });
  });

  it('is told from a remote one by its address', () => {
    expect(isLoopback('http://127.0.0.1:11434/v1')).toBe(true);
    expect(isLoopback('http://[::1]:8080/v1')).toBe(true);
    expect(isLoopback('https://127.0.0.1.example.com/v1')).toBe(false);
  });
});
