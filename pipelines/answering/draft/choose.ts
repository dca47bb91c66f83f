import { extractive } from './extract.ts';
import { draftContraindication } from './contraindication.ts';
import { DRAFTERS } from './drafters.ts';
import { asksOfTherapy } from './pgx.ts';
import { lacksDetail } from './sections/index.ts';
import { supplement } from './supplement.ts';
import { isSupported } from './support.ts';
import type { Draft, DraftContext } from './types.ts';

/** Drafters whose claims are sentences and not facts: they have to hold what is asked for. */
const QUOTING: ReadonlySet<string> = new Set(['best-sentence', 'reason', 'dated-sentence', 'treatment', 'affirmed']);
const LEAST_COVERAGE = 0.5;

/**
 * The draft of the first drafter that understands the question, in the order of `DRAFTERS` (most specific first), else
 * the best sentences, else null: nothing in the chart speaks to it.
 */
export function draftAnswer(context: DraftContext): Draft | null {
  // An allergy speaks before anything else, and before the question of what detail is missing.
  const contrary = draftContraindication(context);
  if (contrary !== null) return contrary;
  if (!asksOfTherapy(context) && lacksDetail(context)) return null;
  for (const drafter of [...DRAFTERS, bestSentences]) {
    const draft = drafter(context);
    if (draft === null || draft.claims.length === 0) continue;
    if (!QUOTING.has(draft.rule) || isSupported(draft, context)) return supplement(draft, context);
  }
  return null;
}

/** The best sentence, where it covers enough of the question to be quoted as its answer. */
function bestSentences(context: DraftContext): Draft | null {
  const best = context.ranked[0];
  if (best === undefined || context.hits.length === 0 || best.coverage < LEAST_COVERAGE) return null;
  return extractive(context);
}
