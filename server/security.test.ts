import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { io } from 'socket.io-client';
import request from 'supertest';
import type { TestServer } from './testing/test-product.ts';
import { startTestServer } from './testing/test-product.ts';

const TOKEN = 'a-token-of-some-length';
const codeOf = (body: unknown) =>
  (body as { issue: { details: { coding: { code: string }[] } }[] }).issue[0]!.details.coding[0]!.code;

/** Whether a socket gets through the handshake. */
const connects = (address: string, options: object): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = io(address, { transports: ['websocket'], forceNew: true, reconnection: false, ...options });
    const end = (connected: boolean) => () => {
      socket.disconnect();
      resolve(connected);
    };
    socket.once('connect', end(true));
    socket.once('connect_error', end(false));
  });

describe('a page of somebody else', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.close());

  it('cannot reach us under a name of its own, nor from an origin of its own', async () => {
    const rebound = await request(server.http).get('/api/v1/patients').set('Host', 'evil.example').expect(403);
    expect(codeOf(rebound.body)).toBe('HOST_REFUSED');
    await request(server.http).get('/healthz').set('Host', 'evil.example').expect(403);
    await request(server.http).get('/').set('Host', 'evil.example').expect(403);
    await request(server.http)
      .post('/api/v1/patients')
      .set('Origin', 'http://evil.example')
      .send({ name: 'A' })
      .expect(403);
  });

  it('cannot open a socket either', async () => {
    expect(await connects(server.address, {})).toBe(true);
    expect(await connects(server.address, { extraHeaders: { Origin: 'http://evil.example' } })).toBe(false);
    expect(await connects(server.address, { extraHeaders: { Host: 'evil.example' } })).toBe(false);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
    'cannot post JSON as %s',
    async (type) => {
      const post = request(server.http).post('/api/v1/patients');
      const { body } = await post.set('Content-Type', type).send('{"name":"A"}').expect(415);
      expect(codeOf(body)).toBe('MEDIA_TYPE_UNSUPPORTED');
    },
  );

  it('gets no permission to read our replies, and ours may load nothing from elsewhere', async () => {
    const { headers } = await request(server.http).get('/api/v1/patients').expect(200);
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['cache-control']).toBe('no-store');
    const policy = headers['content-security-policy']!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval|script-src[^;]*unsafe-inline/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('gets a 400 for a body that is not JSON', async () => {
    const post = request(server.http).post('/api/v1/patients').set('Content-Type', 'application/json');
    expect(codeOf((await post.send('{"name": ').expect(400)).body)).toBe('BODY_NOT_JSON');
  });
});

describe('an access token', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ accessToken: TOKEN });
  });
  afterAll(() => server.close());

  it('is wanted of every request of the API, and not of the health check', async () => {
    const { body, headers } = await request(server.http).get('/api/v1/patients').expect(401);
    expect(codeOf(body)).toBe('TOKEN_REQUIRED');
    expect(headers['www-authenticate']).toBe('Bearer');
    await request(server.http).get('/api/v1/patients').set('Authorization', 'Bearer wrong').expect(401);
    await request(server.http).get('/api/v1/patients').set('Authorization', `Bearer ${TOKEN}`).expect(200);
    await request(server.http).get('/healthz').expect(200);
  });

  it('is wanted of sockets', async () => {
    expect(await connects(server.address, {})).toBe(false);
    expect(await connects(server.address, { auth: { token: 'wrong' } })).toBe(false);
    expect(await connects(server.address, { auth: { token: TOKEN } })).toBe(true);
  });
});

describe('too many requests', () => {
  it('are told to wait', async () => {
    const server = await startTestServer({ requestsPerMinute: 2 });
    await request(server.http).get('/api/v1/status').expect(200);
    await request(server.http).get('/api/v1/status').expect(200);
    const { body } = await request(server.http).get('/api/v1/status').expect(429);
    expect(codeOf(body)).toBe('RATE_LIMITED');
    await server.close();
  });
});

describe('the client', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anamnesis-client-'));
  let server: TestServer;
  beforeAll(async () => {
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Anamnesis</title>');
    writeFileSync(join(folder, 'assets', 'a.js'), 'export {};');
    server = await startTestServer({ clientFolder: folder });
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  it('is served at every address that a person may open', async () => {
    for (const path of ['/', '/patients/b1p1/notes/7', '/about']) {
      const { text } = await request(server.http).get(path).set('Accept', 'text/html').expect(200);
      expect(text).toContain('<title>Anamnesis</title>');
    }
    await request(server.http)
      .get('/assets/a.js')
      .expect(200)
      .expect('Cache-Control', /immutable/);
  });

  it('is not served in place of what is missing', async () => {
    await request(server.http).get('/assets/missing.js').expect(404);
    await request(server.http).get('/api/v1/missing').set('Accept', 'text/html').expect(404);
    await request(server.http).get('/../../package.json').expect(404);
    await request(server.http).get('/%2e%2e/%2e%2e/package.json').expect(404);
  });
});
