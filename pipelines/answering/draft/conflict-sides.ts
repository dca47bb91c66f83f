import type { Entity } from '../../domain/entity.ts';
import type { Unit } from '../evidence/chart-index.ts';
import type { RankedUnit, SubjectHits } from '../evidence/rank-units.ts';
import { matchedEntities } from '../evidence/rank-units.ts';
import { datesIn } from '../text/dates.ts';
import { denialAround } from './denial.ts';
import { isOfFamily } from './family.ts';
import type { DraftContext } from './types.ts';

/** What two notes can say differently of one thing. */
type Aspect = 'side' | 'reaction' | 'year' | 'habit' | 'amount' | 'polarity';

const ORDER: readonly Aspect[] = ['polarity', 'side', 'reaction', 'habit', 'amount', 'year'];
const MOST = 16;

/** Two sentences about the asked thing that say something different of it, with what they differ in. */
export interface Sides {
  readonly pair: readonly [RankedUnit, RankedUnit];
  readonly aspect: Aspect;
}

/** The best two sentences that differ in what the question asks, or null where none do. Relatives' lines are no side. */
export function differingSides(context: DraftContext): Sides | null {
  const clinical = context.hits.filter((hit) => hit.clinical);
  const named = clinical.length > 0 ? clinical : context.hits;
  const candidates = context.ranked
    .filter(({ unit }) => named.some(({ byUnit }) => byUnit.has(unit.index)) && isOfPatient(unit, context))
    .slice(0, MOST);
  const states = candidates.map(({ unit }) => statesOf(unit, named, context));
  for (const aspect of aspectsOf(context)) {
    for (const [i, first] of candidates.entries()) {
      const own = states[i]!.get(aspect);
      if (own === undefined) continue;
      const j = candidates.findIndex((_, k) => k > i && states[k]!.has(aspect) && states[k]!.get(aspect) !== own);
      if (j > 0) return { pair: [first, candidates[j]!], aspect };
    }
  }
  return null;
}

function isOfPatient(unit: Unit, context: DraftContext): boolean {
  return context.question.asked.has('family') || !isOfFamily(unit, context) || isSaidByRelative(unit);
}

/** "Wife: drinks 4-5 beers", "her mother described hives": a relative tells of the patient. */
function isSaidByRelative(unit: Unit): boolean {
  return (
    /\b(?:says?|said|states?|stated|reports?|reported|describe[sd]?|tells|told|at bedside|notes?|confirms?|per)\b/i.test(
      unit.text,
    ) && unit.entities.every(({ flags }) => !flags.includes('fam'))
  );
}

/** What a question wants compared, first what it names. */
function aspectsOf({ question }: DraftContext): readonly Aspect[] {
  const { asked, corrected } = question;
  if (asked.has('where') || /\b(?:left|right|side)\b/i.test(corrected)) return ['side'];
  if (asked.has('allergy') || /\breactions?\b/i.test(corrected)) return ['reaction', 'polarity'];
  if (asked.has('when') || asked.has('duration')) return ['year', 'amount'];
  if (asked.has('habit')) return asked.has('conflict') ? ['habit', 'polarity', 'amount'] : ['habit'];
  if (asked.has('dose') || asked.has('count') || /\b(?:size|length|how (?:big|long|large|much))\b/i.test(corrected))
    return ['amount', 'polarity'];
  return asked.has('conflict') ? ORDER : ['polarity', 'side'];
}

function statesOf(unit: Unit, hits: readonly SubjectHits[], context: DraftContext): Map<Aspect, string> {
  const states = new Map<Aspect, string>();
  const put = (aspect: Aspect, value: string | null | undefined): void => {
    if (value !== null && value !== undefined && value !== '') states.set(aspect, value.toLowerCase());
  };
  const matched = matchedEntities(unit, hits);
  const sides = new Set([...unit.text.matchAll(/\b(left|right)\b/gi)].map(([side]) => side.toLowerCase()));
  put('side', sides.size === 1 ? [...sides][0] : null);
  put('reaction', reactionOf(unit, matched, context));
  put('year', yearOf(unit));
  put('habit', habitOf(unit));
  put('amount', amountOf(unit, hits));
  put('polarity', polarityOf(unit, matched));
  return states;
}

function polarityOf(unit: Unit, matched: readonly Entity[]): string | null {
  const said = matched.filter(({ flags }) => !flags.some((flag) => flag === 'fam' || flag === 'hyp' || flag === 'unc'));
  if (said.length === 0) return null;
  const denied = said.some(
    (entity) => entity.flags.includes('neg') || denialAround(unit.note.note.text, entity, unit) !== null,
  );
  return denied ? 'no' : 'yes';
}

/** What a drug did: an effect that is linked to it, or the finding in brackets or behind a dash beside it. */
function reactionOf(unit: Unit, matched: readonly Entity[], { index }: DraftContext): string | null {
  const text = unit.note.note.text;
  const effects = unit.entities.filter(({ label }) => label === 'Finding' || label === 'Condition');
  for (const drug of matched.filter(({ label }) => label === 'Medication')) {
    const linked = index
      .relationsOf(unit.noteIndex, drug.id)
      .filter(({ type }) => type === 'by')
      .flatMap(({ head, tail }) => effects.filter(({ id }) => id === head || id === tail));
    const beside = effects.find(({ start }) => start >= drug.end && /^\s*[(=:,-]/.test(text.slice(drug.end, start)));
    const effect = linked[0] ?? (beside !== undefined && beside.start - drug.end < 24 ? beside : undefined);
    if (effect !== undefined) return text.slice(effect.start, effect.end);
  }
  return null;
}

function yearOf(unit: Unit): string | null {
  const years = new Set(datesIn(unit.text).flatMap(({ year }) => (year === null ? [] : [String(year)])));
  return years.size === 1 ? [...years][0]! : null;
}

function habitOf(unit: Unit): string | null {
  if (/\b(?:never|non-?smoker|non-?drinker|teetotal|den(?:ies|ied)|no (?:tobacco|alcohol|etoh))\b/i.test(unit.text))
    return 'never';
  if (
    /\b(?:quit|former|ex-?smoker|ex-|stopped|gave up|abstinent|sober)\b/i.test(unit.text) &&
    !/\bnot quit\b/i.test(unit.text)
  )
    return 'past';
  return /\b(?:smok(?:es|ing|er)|drink(?:s|ing)|current|still|ppd|packs?|cigarettes|beers?|a day|daily|every night|units)\b/i.test(
    unit.text,
  )
    ? 'now'
    : null;
}

const AMOUNT =
  /\b\d+(?:\.\d+)?(?:\s*(?:-|to)\s*\d+(?:\.\d+)?)?[\s-]*(?:cm|mm|mg|mcg|g|ml|l|%|units?|beers?|drinks?|cigarettes|packs?|ppd|pack-years?|minutes?|min|hours?|h|days?|weeks?|months?|years?|times|x)\b/i;

/** The first amount near the words asked about. */
function amountOf(unit: Unit, hits: readonly SubjectHits[]): string | null {
  const match = hits.map(({ byUnit }) => byUnit.get(unit.index)).find((one) => one !== undefined);
  if (match === undefined) return null;
  const at = unit.words[match.first]!.start;
  const near = unit.text.slice(Math.max(0, at - 50), at + 80);
  return AMOUNT.exec(near)?.[0] ?? null;
}
