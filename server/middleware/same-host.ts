import type { IncomingHttpHeaders } from 'node:http';
import { isLoopback } from '#server/config.ts';

/**
 * Whether a request may be from a page that we served. The Host must be loopback or a configured name, or else a foreign
 * page could reach us by rebinding its name to this machine; an Origin, where a browser sends one, must be the same
 * host and port.
 */
export function isOwnHost(headers: IncomingHttpHeaders, allowedHosts: readonly string[]): boolean {
  const host = headers.host?.toLowerCase();
  if (host === undefined) return false;
  const name = hostNameOf(host);
  if (name === null || !(isLoopback(name) || allowedHosts.includes(name))) return false;
  return headers.origin === undefined || isOriginOf(headers.origin, host);
}

function hostNameOf(host: string): string | null {
  return /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/.exec(host)?.[1]?.replace(/^\[|\]$/g, '') ?? null;
}

function isOriginOf(origin: string, host: string): boolean {
  const match = /^https?:\/\/(.+)$/.exec(origin.toLowerCase());
  return match !== null && withoutDefaultPort(match[1]!) === withoutDefaultPort(host);
}

function withoutDefaultPort(host: string): string {
  return host.replace(/:(80|443)$/, '');
}
