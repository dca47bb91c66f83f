import type { Word } from '../../text/words.ts';
import { bestPath, logSoftmax } from './viterbi.ts';

/** An entity as words: `from` and `to` are a half-open range of word indexes. */
export interface WordEntity {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  /** Mean probability of its words' tags, 0 to 1. */
  readonly score: number;
}

/**
 * Reads entities off tag scores of a whole text. Newlines at an entity's ends are not part of it.
 *
 * @param tags - Raw tag scores, `1 + 2 * labels.length` a word.
 * @returns Entities in order, without overlap.
 */
export function decodeEntities(tags: Float32Array, words: readonly Word[], labels: readonly string[]): WordEntity[] {
  const width = 1 + 2 * labels.length;
  const scores = logSoftmax(tags, width);
  const path = bestPath(scores, width);
  const entities: WordEntity[] = [];
  for (const run of runsOf(path)) {
    const { from, to } = withoutNewlines(run, words);
    if (from === to) continue;
    let sum = 0;
    for (let word = from; word < to; word++) sum += Math.exp(scores[word * width + path[word]!]!);
    entities.push({ from, to, label: labels[(path[run.from]! - 1) >> 1]!, score: sum / (to - from) });
  }
  return entities;
}

function* runsOf(path: Uint8Array): Generator<{ from: number; to: number }> {
  let from: number | null = null;
  for (let word = 0; word <= path.length; word++) {
    const tag = path[word] ?? 0;
    if (from !== null && (tag === 0 || tag % 2 === 1)) {
      yield { from, to: word };
      from = null;
    }
    if (tag !== 0 && from === null) from = word;
  }
}

function withoutNewlines(run: { from: number; to: number }, words: readonly Word[]): { from: number; to: number } {
  let { from, to } = run;
  while (to > from && words[to - 1]!.form !== 'word') to--;
  while (from < to && words[from]!.form !== 'word') from++;
  return { from, to };
}
