import { quoteClaim } from './extract.ts';
import type { Draft, DraftContext } from './types.ts';

const ASKS = /\b(?:how old|(?:at )?what age|age (?:at|of|when))\b/i;
/** `Dx age 4`, `at the age of 45`, `a 12 year old`; a plain `at 52` only behind a word of illness is left to the ranking. */
const AGE =
  /\b(?:aged?|at age|at the age of|age of)\s*\d{1,3}\b|\b\d{1,3}\s*-?\s*(?:y\/?o|yo|year[- ]olds?|years? old|years? of age)\b|\bat (?:about )?\d{1,2}\b(?!\s*(?:[%:/.]|mg|mmhg|weeks?|wks?|hours?|days?|months?|years?|o'clock))/i;

/** "How old was he when …": the best sentence that names the thing beside an age. */
export function draftAge(context: DraftContext): Draft | null {
  if (!ASKS.test(context.question.corrected)) return null;
  const subjects = context.hits.filter(({ clinical, matches }) => clinical && matches.length > 0);
  const best = context.ranked.find(
    ({ unit, coverage }) =>
      coverage >= 0.45 && AGE.test(unit.text) && subjects.every(({ byUnit }) => byUnit.has(unit.index)),
  );
  if (best === undefined || subjects.length === 0) return null;
  return { claims: [quoteClaim(best, context)], finding: 'affirmed', rule: 'age-at', confidence: 0.65 };
}
