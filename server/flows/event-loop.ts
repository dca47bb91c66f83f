import { setImmediate } from 'node:timers/promises';

/** Milliseconds that a long piece of work may hold the event loop before requests get a turn. */
const SLICE = 12;

/**
 * Lets long work on this thread give way to requests.
 *
 * @returns A function to await between small steps; it gives way once the slice is used up, else goes on at once.
 */
export function givesWay(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < SLICE) return;
    await setImmediate();
    since = performance.now();
  };
}
