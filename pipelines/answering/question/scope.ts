import type { ChartIndex } from '../evidence/chart-index.ts';
import { SCOPE } from '../rules.ts';
import { stemsOf } from '../text/words.ts';
import type { Question } from './types.ts';

/**
 * Why a question is no question about this chart, or null where it is one. Instructions in a question are never acted
 * on; another person of the store is out of scope without saying whether that person exists.
 */
export function outOfScope(question: Question, index: ChartIndex, otherNames: readonly string[]): string | null {
  const text = question.corrected.trim();
  if (SCOPE.injection.some((pattern) => pattern.test(text))) return 'instructions to the program';
  if (namesOtherPerson(question.text, index, otherNames)) return 'another person';
  if (SCOPE.orders.test(text) && !SCOPE.ordersExcept.test(text)) return 'an order, not a question';
  if (SCOPE.dosingHypothetical.test(text)) return 'dosing of no patient of this chart';
  if (SCOPE.general.some((pattern) => pattern.test(text))) return 'general knowledge';
  return null;
}

function namesOtherPerson(text: string, index: ChartIndex, otherNames: readonly string[]): boolean {
  const own = new Set(stemsOf(index.chart.patient.name));
  const inText = ` ${stemsOf(text).join(' ')} `;
  for (const name of otherNames) {
    const parts = stemsOf(name);
    if (parts.length === 0 || parts.every((part) => own.has(part))) continue;
    if (parts.length > 1 && inText.includes(` ${parts.join(' ')} `)) return true;
    const last = parts.at(-1)!;
    if (last.length >= 4 && !own.has(last) && inText.includes(` ${last} `) && !index.postings.has(last)) return true;
  }
  for (const match of text.matchAll(SCOPE.namedPerson)) {
    const stem = stemsOf(match[2]!)[0] ?? '';
    if (!own.has(stem) && !index.postings.has(stem)) return true;
  }
  return false;
}
