import { describe, expect, it } from 'vitest';
import { isOwnHost } from './same-host.ts';

describe('host and origin', () => {
  it.each([
    ['127.0.0.1:3180', undefined],
    ['localhost:3180', 'http://localhost:3180'],
    ['[::1]:3180', 'http://[::1]:3180'],
    ['LOCALHOST:3180', 'http://localhost:3180'],
    ['ward.example:3180', 'https://ward.example:3180'],
    ['ward.example', 'https://ward.example:443'],
  ])('lets %s from %s in', (host, origin) => {
    expect(isOwnHost({ host, ...(origin && { origin }) }, ['ward.example'])).toBe(true);
  });

  it.each([
    ['evil.example:3180', undefined, 'a name that was bound to this machine'],
    ['127.0.0.1.evil.example', undefined, 'a name that begins like loopback'],
    ['localhost:3180', 'http://evil.example', 'a page of somebody else'],
    ['localhost:3180', 'null', 'a page without an origin'],
    ['localhost:3180', 'http://localhost:8080', 'a page of another program on this machine'],
    ['localhost:3180', 'http://localhost:3180.evil.example', 'an origin that begins like ours'],
    ['localhost@evil.example', undefined, 'a host with a user part'],
    [undefined, undefined, 'no host at all'],
  ] as [string | undefined, string | undefined, string][])('refuses %s from %s: %s', (host, origin) => {
    expect(isOwnHost({ ...(host && { host }), ...(origin && { origin }) }, ['ward.example'])).toBe(false);
  });
});
