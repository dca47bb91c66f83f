import { confidenceOf } from './confidence.ts';
import { extractive } from './extract.ts';
import { draftContraindication } from './contraindication.ts';
import { DRAFTERS } from './drafters.ts';
import { CHANCES, JUDGEMENT } from '../rules.ts';
import { answersSurely, documented, isBesideThePoint, isSure, judgedDraft, surest } from './judgement.ts';
import { asksOfTherapy } from './pgx.ts';
import { lacksDetail } from './sections/index.ts';
import { supplement } from './supplement.ts';
import { withLikeliest } from './likeliest.ts';
import { isDated } from '../question/time-window.ts';
import { holdsAskedDetail } from './asked-detail.ts';
import { citedUnits, isSupported, namesThing } from './support.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';

/** Drafters whose claims are sentences and not facts: they have to hold what is asked for. */
const QUOTING: ReadonlySet<string> = new Set([
  'best-sentence',
  'reason',
  'dated-sentence',
  'treatment',
  'affirmed',
  'taken-for',
]);
/** Drafters that quote sentences of several notes, of which the newest is the latest word. */
const LATEST_OF: ReadonlySet<string> = new Set(['best-sentence', 'dated-sentence']);
const LEAST_COVERAGE = 0.5;

/**
 * The draft of the first drafter that understands the question, in the order of `DRAFTERS` (most specific first), else
 * the best sentences, else null: nothing in the chart speaks to it.
 */
export function draftAnswer(context: DraftContext): Draft | null {
  const draft = firstDraft(context);
  return draft === null ? null : { ...draft, confidence: confidenceOf(draft, context) };
}

function firstDraft(context: DraftContext): Draft | null {
  // An allergy speaks before anything else, and before the question of what detail is missing.
  const contrary = draftContraindication(context);
  if (contrary !== null) return contrary;
  if (!asksOfTherapy(context) && lacksDetail(context, isSurelyDocumented(context))) return null;
  for (const drafter of [...DRAFTERS, bestSentences]) {
    const draft = drafter(context);
    if (draft === null || draft.claims.length === 0) continue;
    if (!holdsAskedDetail(draft, context, citedUnits(draft, context))) continue;
    const better = isBesideThePoint(draft, context) ? extractive(context) : null;
    if (better !== null && holdsAskedDetail(better, context, citedUnits(better, context)) && stands(better, context))
      return newestOf(better, context);
    if (!QUOTING.has(draft.rule) || stands(draft, context))
      return withLikeliest(newestOf(supplement(draft, context), context), context);
  }
  return null;
}

/** Whether the chart tells so surely that guards for single details need not ask. */
function isSurelyDocumented(context: DraftContext): boolean {
  return answersSurely(context) || documented(context) >= CHANCES.beyondGuards;
}

/**
 * Whether quoted sentences answer: the trees say that the chart tells, or else the pair ranker is sure of one, or the rules find what is asked
 * for and it does not object.
 */
function stands(draft: Draft, context: DraftContext): boolean {
  const answers = judgedDraft(draft, context);
  // Whether an illness was ever there: its mention alone may be the answer, whatever the trees think of the sentence.
  if (context.documented !== null && draft.rule !== 'affirmed') {
    const isCertain = (answers ?? 0) >= JUDGEMENT.certain;
    if (context.documented < CHANCES.undocumented && !isCertain) return false;
    if (documented(context) >= CHANCES.documented) return namesThing(draft, context);
  }
  if (isSure(answers, context)) return namesThing(draft, context);
  // A plain yes is a stronger word than a quote.
  const least = draft.rule !== 'affirmed' ? JUDGEMENT.doubtful : asksOneThing(context) ? 0 : JUDGEMENT.enough;
  if (answers !== null && answers < least) return false;
  return isSupported(draft, context);
}

/** "Last EPDS?": of sentences that answer alike, those of the newest note, where they answer by themselves. */
function newestOf(draft: Draft, context: DraftContext): Draft {
  if (!context.question.asked.has('latest') || !LATEST_OF.has(draft.rule)) return draft;
  const dated = draft.claims.map((claim) => ({ claim, day: lastDay(claim, context) }));
  // A date stands in any note, and the best sentence may tell of a later day than the newest note.
  const least =
    draft.rule === 'dated-sentence' ? dated[0]!.day : dated.reduce((day, one) => (one.day > day ? one.day : day), '');
  const claims = dated.filter(({ day }) => day >= least).map(({ claim }) => claim);
  const last = { ...draft, claims };
  return holdsAskedDetail(last, context, citedUnits(last, context)) && stands(last, context) ? last : draft;
}

function lastDay({ citations }: DraftClaim, { index }: DraftContext): string {
  const days = citations.flatMap((place) =>
    place.kind === 'note' ? [index.chart.notes[index.noteIndexOf.get(place.noteId) ?? 0]!.note.date] : [],
  );
  return days.sort().at(-1) ?? '';
}

/** "Has she ever had a clot?": whether one illness or symptom is there, and nothing else of it: its mention is the answer. */
function asksOneThing({ question, hits }: DraftContext): boolean {
  const [only, ...others] = hits;
  return (
    only !== undefined &&
    others.length === 0 &&
    only.subject.kind === 'condition' &&
    question.asked.size === 0 &&
    question.context.length === 0 &&
    !isDated(question.window)
  );
}

/** The best sentence, where it covers enough of the question to be quoted as its answer, or the pair ranker takes it for one. */
function bestSentences(context: DraftContext): Draft | null {
  const best = context.ranked[0];
  if (best === undefined) return null;
  const covered = context.hits.length > 0 && best.coverage >= LEAST_COVERAGE;
  const told = documented(context) >= CHANCES.documented;
  return covered || told || surest(context) >= JUDGEMENT.enough ? extractive(context) : null;
}
