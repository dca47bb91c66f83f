import type { Drafter } from './types.ts';

/** Every drafter, most specific first. */
export const DRAFTERS: readonly Drafter[] = [];
