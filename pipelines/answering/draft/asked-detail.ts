import detailRules from '../../rules/answering/1/details.json' with { type: 'json' };
import type { Unit } from '../evidence/chart-index.ts';
import { datesIn } from '../text/dates.ts';
import type { Subject } from '../question/types.ts';
import type { Draft, DraftContext } from './types.ts';

interface AskedDetail {
  readonly asks: RegExp;
  readonly holds: RegExp;
}

const DETAILS: readonly AskedDetail[] = detailRules.details.map(({ asks, holds }) => ({
  asks: new RegExp(asks, 'i'),
  holds: new RegExp(holds, 'i'),
}));
const DATE =
  /^\W*(?:and |so |but )?(?:when\b(?! (?:he|she|they|it|the)\b)|(?:what|which) (?:date|day|month|year)\b|(?:date|year) (?:of|for|she|he|they|it)\b)/i;
const DATED =
  /\b(?:ago|yesterday|today|tonight|tomorrow|now|day|week|month|year|hours?|minutes?|pod|post-?op\w*|age[d]?|birth|childhood|since|after|before|during|until|at|on|in|next|prior|following|once|soon|immediately|daily|weekly|monthly|annual\w*|morning|evening|night|noon)\b|\d/i;
const NAME_ASKED = /\b(?:which|what|name (?:of )?(?:the|that|his|her)?)\s*(?:\w+ ){0,2}$/i;

/** Classes whose members are devices and procedures as well. */
const NOT_OF_DRUGS = /ana?esthe|contracep|birth control|vaccin|fluid|dressing|therapy/i;

/**
 * Whether the cited sentences hold the detail that a question names: an organism, a side, a number, a person, a time, the
 * name of a drug of a class. Half of what a chart does not answer it still mentions ("swab sent", "antibiotics given"), and
 * a mention reads much like an answer. Looked at for quoted sentences alone: facts hold theirs by construction.
 */
export function holdsAskedDetail(draft: Draft, context: DraftContext, units: readonly Unit[]): boolean {
  if (!draft.claims.every(({ text, computed }) => text.includes('"') && (computed ?? []).length === 0)) return true;
  const { corrected } = context.question;
  const missing = DETAILS.some(
    ({ asks, holds }) => asks.test(corrected) && !units.some(({ text }) => holds.test(text)),
  );
  if (missing) return false;
  if (DATE.test(corrected) && !units.some(isTimed)) return false;
  const asked = context.question.subjects.find((subject) => isNameAsked(subject, corrected));
  return asked === undefined || units.some((unit) => namesDrug(unit, context));
}

function isTimed(unit: Unit): boolean {
  return unit.entities.some(({ label }) => label === 'Time') || datesIn(unit.text).length > 0 || DATED.test(unit.text);
}

/** "Which antibiotic", "name of the blood thinner": a class whose member is asked for. */
function isNameAsked({ kind, start, words }: Subject, text: string): boolean {
  return kind === 'class' && !NOT_OF_DRUGS.test(words) && NAME_ASKED.test(text.slice(0, start));
}

/** Whether a sentence names a drug and not only a class of them. */
function namesDrug(unit: Unit, { terminology }: DraftContext): boolean {
  return unit.entities.some(
    ({ label, start, end }) =>
      label === 'Medication' &&
      terminology.medication(unit.text.slice(start - unit.start, end - unit.start))?.isClass !== true,
  );
}
