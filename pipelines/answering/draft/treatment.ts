import type { MedicationFact } from '../../domain/chart.ts';
import type { RankedUnit } from '../evidence/rank-units.ts';
import { matchedEntities } from '../evidence/rank-units.ts';
import { houseDate } from '../text/dates.ts';
import { chooseUnits, quoteClaim } from './extract.ts';
import { isClassWord, medicationsFor, unique, whenText } from './medications.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';
import { capital, inline, wordCount } from './wording.ts';

const BLOCKED = ['why', 'family', 'allergy', 'trend', 'conflict', 'summary', 'pgx', 'when', 'adverse'] as const;

/** A class over time ("which P2Y12 drugs has he had"), or whether a drug was ever taken: each drug with its dates. */
export function draftMedicationHistory(context: DraftContext): Draft | null {
  const { question } = context;
  if (BLOCKED.some((kind) => question.asked.has(kind))) return null;
  const past = /\b(ever|previous(ly)?|past|used to|before|history|in order|had|tried|been on|which|what)\b/i.test(
    question.corrected,
  );
  const subjects = question.subjects.filter(({ kind }) => kind === 'class');
  if (!past || subjects.length === 0 || question.subjects.some(({ kind }) => kind === 'condition' || kind === 'test'))
    return null;
  const facts = subjects
    .flatMap((subject) => medicationsFor(context, subject))
    .filter((fact) => !isClassWord(fact, context) && !['allergy', 'planned', 'considered'].includes(fact.status));
  if (facts.length === 0) return null;
  const claims: DraftClaim[] = [];
  let words = 0;
  for (const fact of [...facts].sort((a, b) => (a.firstAsserted < b.firstAsserted ? -1 : 1))) {
    const claim = courseClaim(fact);
    words += wordCount(claim.text);
    if (claims.length === 5 || words > 58) break;
    claims.push(claim);
  }
  return { claims, finding: 'affirmed', rule: 'medication-history', confidence: 0.7 };
}

function courseClaim(fact: MedicationFact): DraftClaim {
  const dosed = fact.steps.find(({ dose }) => dose !== null);
  const began = fact.steps.find(({ action }) => action === 'start' || action === 'resume');
  const ended = fact.steps.findLast(({ action }) => action === 'stop');
  const from = began === undefined ? null : (whenText(began.when) ?? houseDate(began.noteDate));
  const to = ended === undefined ? null : (whenText(ended.when) ?? houseDate(ended.noteDate));
  const regimen =
    dosed === undefined ? '' : ` ${inline([dosed.dose, dosed.frequency].filter((part) => part !== null).join(' '))}`;
  const dates = [from === null ? '' : `from ${from}`, to === null ? '' : `stopped ${to}`].filter((part) => part !== '');
  const [first, ...rest] = unique([
    ...(dosed?.evidence ?? []),
    ...(began?.evidence ?? []),
    ...(ended?.evidence ?? []),
    ...fact.evidence,
  ]);
  return {
    text: `${capital(inline(fact.display))}${regimen}${dates.length === 0 ? '' : `, ${dates.join(', ')}`}.`,
    citations: [first!, ...rest.slice(0, 3)],
    polarity: 'quoted',
  };
}

/** What was given or done for a condition: sentences that name it beside a drug or procedure, best linked first. */
export function draftTreatment(context: DraftContext): Draft | null {
  const { question, index } = context;
  const asks =
    question.asked.has('medication') ||
    question.asked.has('procedure') ||
    /\bwhat (is|was|are|were|did|does)\b.*\b(given|get|got|gave|give|take|taking|on|used?|do)\b/i.test(
      question.corrected,
    );
  if (!asks || BLOCKED.some((kind) => question.asked.has(kind))) return null;
  if (!question.subjects.some(({ kind }) => kind === 'condition' || kind === 'term') || question.yesNo) return null;
  const ranked = context.ranked
    .map((candidate): RankedUnit => ({ ...candidate, score: candidate.score + treatmentBonus(candidate, context) }))
    .sort((a, b) => b.score - a.score || a.unit.index - b.unit.index);
  const best = ranked[0];
  if (best === undefined || best.coverage < 0.4) return null;
  const claims = chooseUnits({ ...context, ranked }, 3).map((candidate) => quoteClaim(candidate, context));
  return { claims, finding: 'affirmed', rule: 'treatment', confidence: 0.6 };
}

function treatmentBonus({ unit }: RankedUnit, context: DraftContext): number {
  const matched = matchedEntities(unit, context.hits);
  const linked = matched.some(({ id }) =>
    context.index
      .relationsOf(unit.noteIndex, id)
      .some(
        ({ type, head }) =>
          type === 'for' &&
          ['Medication', 'Procedure'].includes(context.index.entityOf(unit.noteIndex, head)?.label ?? ''),
      ),
  );
  if (linked) return 0.5;
  return unit.entities.some(
    ({ label, flags }) => (label === 'Medication' || label === 'Procedure') && !flags.includes('neg'),
  )
    ? 0.25
    : -0.1;
}
