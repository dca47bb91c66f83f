import type { Fact } from '#pipelines/domain/chart.ts';
import type { NoteCitation } from '#pipelines/domain/evidence.ts';
import type { FactId } from '#pipelines/domain/ids.ts';
import { asId } from '#pipelines/domain/ids.ts';
import type { Mention } from '../reading/reading.ts';
import type { CopyIndex } from './copied.ts';

/** Mentions of one thing; in order of note, then of text. */
export type Group<M extends Mention> = readonly [M, ...M[]];

/**
 * The part that every fact has.
 *
 * @param supporting - Mentions that assert the fact, oldest first.
 * @param best - The one to name and cite first.
 */
export function factOf<M extends Mention>(
  kind: string,
  key: string,
  supporting: Group<M>,
  best: M,
  copies: CopyIndex,
): Fact {
  const fresh: M[] = [];
  const copied: M[] = [];
  for (const mention of supporting) (copies.isCopied(mention) ? copied : fresh).push(mention);
  const firstAsserted = supporting[0].noteDate;
  return {
    id: asId<FactId>(`${kind}/${key}`),
    concept: best.concept,
    display: best.words,
    codes: best.codes.length > 0 ? best.codes : (supporting.find(({ codes }) => codes.length > 0)?.codes ?? []),
    evidence: [
      best.evidence[0],
      ...distinct(
        [
          ...best.evidence.slice(1),
          ...[...fresh.toReversed(), ...copied.toReversed()].map(({ evidence }) => evidence[0]),
        ],
        best.evidence[0],
      ),
    ],
    firstAsserted,
    lastAsserted: supporting.at(-1)!.noteDate,
    lastIndependentlyAsserted: fresh.at(-1)?.noteDate ?? firstAsserted,
    contextUncertain: supporting.every(({ uncertain }) => uncertain),
  };
}

/** Groups in order of first appearance. Walks over all mentions once. */
export function groupMentions<M extends Mention>(
  mentions: readonly M[],
  keyOf: (mention: M) => string,
): Map<string, [M, ...M[]]> {
  const groups = new Map<string, [M, ...M[]]>();
  for (const mention of mentions) {
    const key = keyOf(mention);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [mention]);
    else group.push(mention);
  }
  return groups;
}

/** The last independent mention, else the last one. */
export function latestOf<M extends Mention>(mentions: readonly M[], copies: CopyIndex): M | undefined {
  return mentions.findLast((mention) => !copies.isCopied(mention)) ?? mentions.at(-1);
}

function distinct(citations: readonly NoteCitation[], first: NoteCitation): NoteCitation[] {
  const seen = new Set([keyOf(first)]);
  return citations.filter((citation) => {
    const key = keyOf(citation);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function keyOf({ noteId, start, end }: NoteCitation): string {
  return `${noteId} ${start} ${end}`;
}
