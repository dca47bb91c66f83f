import type { Release } from '../domain/ids.ts';

/** Turns texts into vectors of one dimension and of length 1, order kept; a batch equals its members one by one. */
export interface Embedder {
  readonly release: Release;
  readonly dimension: number;
  embed(texts: readonly string[]): Promise<Float32Array[]>;
}
