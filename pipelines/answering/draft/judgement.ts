import type { RankedUnit } from '../evidence/rank-units.ts';
import { ENGLISH_WORDS, JUDGEMENT } from '../rules.ts';
import type { Subject } from '../question/types.ts';
import { isOfName } from './results.ts';
import { cites } from './support.ts';
import type { Draft, DraftContext } from './types.ts';

/**
 * Drafts whose facts were put together under rules of their own (an allergy, a guideline, both sides of a conflict): a model
 * that reads one sentence at a time has no say in them.
 */
export const SETTLED =
  /^(?:allerg|no-known|contraindication|therapy|genotype|pgx|conflict|summary|several|trend|count)/;

/** What the pair ranker says of a sentence, 0 to 1; null where it did not read it. */
export function judged({ features }: RankedUnit): number | null {
  return features['answers'] ?? null;
}

/**
 * From where the pair ranker's word counts in a question, 0 to 1. Where the chart nowhere names a drug or gene that is asked
 * about it has none (infinity): a sentence on another drug reads much like an answer. Tests, classes and illnesses have more
 * names than any list: where the chart seems to name none, only a sentence that it is certain of.
 */
function bar({ hits }: DraftContext): number {
  const clinical = hits.filter(
    ({ clinical: known, subject }) => known && subject.kind !== 'term' && !isOrdinary(subject),
  );
  const missing = clinical.filter(({ matches }) => matches.length === 0).map(({ subject }) => subject.kind);
  if (missing.some((kind) => kind === 'medication' || kind === 'gene')) return Number.POSITIVE_INFINITY;
  const others = missing.every((kind) => kind === 'condition') && missing.length < clinical.length;
  return missing.length === 0 || others ? JUDGEMENT.sure : JUDGEMENT.certain;
}

/** Whether a sentence that the pair ranker gives `answers` may answer by that word alone. */
export function isSure(answers: number | null, context: DraftContext): boolean {
  return answers !== null && answers >= bar(context);
}

/** Whether the chart names every drug and gene that is asked about, so that what the models say of its sentences may count. */
export function isNamed(context: DraftContext): boolean {
  return bar(context) < Number.POSITIVE_INFINITY;
}

/** The chance that the chart answers at all, 0 to 1; 0 where no model looked, or where the chart does not name the thing. */
export function documented(context: DraftContext): number {
  return isNamed(context) ? (context.documented ?? 0) : 0;
}

/** Words for any illness at all. */
const VAGUE = /^(?:lesions?|discharges?|fits?|mass(?:es)?|lumps?|spots?|growths?)$/i;

/** "What did it *lead* to?": a word of everyday English, or a letter, that a terminology lists as a test or an illness. */
function isOrdinary({ kind, words }: Subject): boolean {
  if (kind !== 'test' && kind !== 'condition') return false;
  return words.length < 2 || ENGLISH_WORDS.has(words.toLowerCase()) || VAGUE.test(words);
}

/** How surely the best of all sentences answers by the pair ranker, 0 to 1; 0 where its word does not count. */
export function surest(context: DraftContext): number {
  const best = Math.max(0, ...context.ranked.map((candidate) => judged(candidate) ?? 0));
  return bar(context) <= JUDGEMENT.sure || isSure(best, context) ? best : 0;
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
    if (draft.claims.some(({ citations }) => cites(citations, candidate.unit))) best = answers;
  }
  return best;
}

/**
 * The chance that a sentence answers by the trees, which see it beside the others; 0 where they did not look at it. Of the 538 answered
 * questions of `corpora/further-charts/blind`, 68.6% have gold evidence in the likeliest sentence (by weights and pair ranker alone 62.5%; 1 Dec 2026).
 */
export function chance({ features }: RankedUnit): number {
  return features['chance'] ?? 0;
}

/** "Last K?": a test and nothing else, whose values are read by name; one sentence of many with its number may look odd. */
function isPlainValue({ rule }: Draft, { question, hits, contextHits }: DraftContext): boolean {
  const tests = hits.filter(({ subject }) => subject.kind === 'test').map(({ subject }) => subject);
  return (
    rule === 'value' &&
    question.asked.has('latest') &&
    contextHits.length === 0 &&
    tests.length > 0 &&
    hits.every(
      ({ subject, matches }) =>
        tests.includes(subject) ||
        (subject.kind === 'term' && (matches.length === 0 || tests.some((test) => isOfName(subject, test)))),
    )
  );
}

/** Whether a draft cites nothing that answers while another sentence surely does. */
export function isBesideThePoint(draft: Draft, context: DraftContext): boolean {
  if (SETTLED.test(draft.rule) || isPlainValue(draft, context)) return false;
  const own = judgedDraft(draft, context);
  return own !== null && own < JUDGEMENT.doubtful && answersSurely(context);
}
