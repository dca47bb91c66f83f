import { overlaps } from '../../domain/span.ts';
import type { RankedUnit } from '../evidence/rank-units.ts';
import { ENGLISH_WORDS, JUDGEMENT } from '../rules.ts';
import type { Subject } from '../question/types.ts';
import type { Draft, DraftContext } from './types.ts';

/**
 * Drafts whose facts were put together under rules of their own (an allergy, a guideline, both sides of a conflict): a model
 * that reads one sentence at a time has no say in them.
 */
const SETTLED = /^(?:allerg|no-known|contraindication|therapy|genotype|pgx|conflict|summary|several|trend|count)/;

/** What the pair ranker says of a sentence, 0 to 1; null where it did not read it. */
export function judged({ features }: RankedUnit): number | null {
  return features['answers'] ?? null;
}

/**
 * Whether the chart nowhere names a drug, test, condition or gene that the question asks about. The pair ranker then has no
 * say: a sentence on another drug reads much like an answer.
 */
export function lacksSubject({ hits }: DraftContext): boolean {
  const clinical = hits.filter(
    ({ clinical: known, subject }) => known && subject.kind !== 'term' && !isOrdinary(subject),
  );
  const missing = clinical.filter(({ matches }) => matches.length === 0);
  // An illness has more names than any list: another subject that the chart does name is enough then.
  if (missing.some(({ subject }) => subject.kind !== 'condition')) return true;
  return missing.length > 0 && missing.length === clinical.length;
}

/** "What did it *lead* to?": a word of everyday English, or a letter, that a terminology lists as a test or an illness. */
function isOrdinary({ kind, words }: Subject): boolean {
  return (kind === 'test' || kind === 'condition') && (words.length < 2 || ENGLISH_WORDS.has(words.toLowerCase()));
}

/** How surely the best of all sentences answers by the pair ranker, 0 to 1; 0 where its word does not count. */
export function surest(context: DraftContext): number {
  return lacksSubject(context) ? 0 : Math.max(0, ...context.ranked.map((candidate) => judged(candidate) ?? 0));
}

/** Whether some sentence answers so surely that the guards against beside-the-point quotes need not ask. */
export function answersSurely(context: DraftContext): boolean {
  return surest(context) >= JUDGEMENT.sure;
}

/** How surely the best of a draft's cited sentences answers; null where the pair ranker read none of them. */
export function judgedDraft(draft: Draft, context: DraftContext): number | null {
  let best: number | null = null;
  for (const candidate of context.ranked) {
    const answers = judged(candidate);
    if (answers === null || (best !== null && answers <= best)) continue;
    const { unit } = candidate;
    const cited = draft.claims.some(({ citations }) =>
      citations.some((place) => place.kind === 'note' && place.noteId === unit.note.note.id && overlaps(place, unit)),
    );
    if (cited) best = answers;
  }
  return best;
}

/** Whether a draft cites nothing that answers while another sentence surely does. */
export function isBesideThePoint(draft: Draft, context: DraftContext): boolean {
  if (SETTLED.test(draft.rule)) return false;
  const own = judgedDraft(draft, context);
  return own !== null && own < JUDGEMENT.doubtful && answersSurely(context);
}
