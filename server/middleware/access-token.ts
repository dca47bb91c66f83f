import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares a presented bearer token with the configured one in constant time; true where none is configured. */
export function isAllowed(authorization: string | undefined, accessToken: string | null): boolean {
  if (accessToken === null) return true;
  const presented = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(presented), digest(accessToken));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
