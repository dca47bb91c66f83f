import type { Release } from './ids.ts';

/** Who made a layer: the component and the releases of everything that it used. Holds no time, so that equal input gives equal output. */
export interface Provenance {
  readonly component: string;
  readonly model?: Release;
  readonly rules?: readonly Release[];
  readonly prompt?: string;
}
