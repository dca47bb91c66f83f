import type { Subject } from '../question/types.ts';
import type { Draft, DraftContext } from './types.ts';
import { quoteUnit, sourceOf } from './wording.ts';

const DENIED =
  /(?:^|[.;,\n]\s*|\bon )(?:no|not on(?: any)?|off(?: all)?|nil|without)(?: (?:systemic|further|current|oral|iv|regular|more))?\s*$/i;
/** Said of what was added or changed, and not of what is taken. */
const ONLY_NEW = /\bno (?:new|changes?|further)\b/i;

/** "No antibiotics." of the last note: a class that it denies, whatever older lists say. */
export function deniedClass(named: readonly Subject[], context: DraftContext): Draft | null {
  const [only] = named;
  if (named.length !== 1 || only!.kind !== 'class' || !context.question.yesNo) return null;
  const last = context.chart.notes.length - 1;
  const hit = context.hits.find(({ subject }) => subject === only);
  const unit = hit?.matches.find(
    (match) =>
      match.unit.noteIndex === last && DENIED.test(match.unit.text.slice(0, match.unit.words[match.first]!.start)),
  )?.unit;
  if (unit === undefined || ONLY_NEW.test(unit.text)) return null;
  const quoted = quoteUnit(unit, [], 18);
  const text = `No. ${sourceOf(unit)}: "${quoted.text}"`;
  return {
    claims: [{ text, citations: [quoted.citation], polarity: 'quoted' }],
    finding: 'denied',
    rule: 'medication-ended',
    confidence: 0.8,
  };
}
