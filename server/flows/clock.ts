import type { IsoInstant } from '#pipelines/domain/ids.ts';
import type { Write } from '#pipelines/contracts/stores.ts';

/** The present instant; handed in, so that tests have their own. */
export type Clock = () => IsoInstant;

export const systemClock: Clock = () => new Date().toISOString();

/** Signs a write with the configured actor and the present instant. */
export type Signature = () => Write;

export function signatureOf(actor: string, clock: Clock): Signature {
  return () => ({ actor, at: clock() });
}
