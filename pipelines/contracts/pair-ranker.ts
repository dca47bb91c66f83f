import type { Release } from '../domain/ids.ts';

/** Judges how well sentences answer a question. */
export interface PairRanker {
  readonly release: Release;
  /** One number a sentence, order kept; no unit, higher answers better. Equal pairs give equal numbers. */
  score(question: string, sentences: readonly string[]): Promise<readonly number[]>;
}
