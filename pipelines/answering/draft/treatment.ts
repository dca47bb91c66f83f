import type { MedicationFact } from '../../domain/chart.ts';
import type { Unit } from '../evidence/chart-index.ts';
import type { RankedUnit } from '../evidence/rank-units.ts';
import { matchedEntities } from '../evidence/rank-units.ts';
import { inWindow } from '../question/time-window.ts';
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

/** What was given or done for a condition: drugs and procedures that the notes link to it, then sentences that name both. */
export function draftTreatment(context: DraftContext): Draft | null {
  const { question } = context;
  const asks =
    question.asked.has('medication') ||
    question.asked.has('procedure') ||
    /\bwhat (is|was|are|were|did|does)\b.*\b(given|get|got|gave|give|take|taking|on|used?|do)\b/i.test(
      question.corrected,
    );
  if (!asks || BLOCKED.some((kind) => question.asked.has(kind)) || question.yesNo) return null;
  if (!question.subjects.some(({ kind }) => kind === 'condition' || kind === 'term' || kind === 'test')) return null;
  const linked = linkedTreatments(context);
  const known = new Set(context.ranked.map(({ unit }) => unit.index));
  const added = [...linked.keys()]
    .filter((index) => !known.has(index))
    .map((index) => bare(context.index.units[index]!));
  const ranked = [...context.ranked, ...added]
    .map((candidate): RankedUnit => ({ ...candidate, score: candidate.score + bonusOf(candidate, linked) }))
    .sort((a, b) => b.score - a.score || a.unit.index - b.unit.index);
  const best = ranked[0];
  if (best === undefined || (best.coverage < 0.4 && !linked.has(best.unit.index))) return null;
  const claims = chooseUnits({ ...context, ranked }, 3).map((candidate) => quoteClaim(candidate, context));
  return { claims, finding: 'affirmed', rule: 'treatment', confidence: 0.6 };
}

/** Units of drugs and procedures that are given *for* a mention of a subject, with how many links point there. */
function linkedTreatments(context: DraftContext): Map<number, number> {
  const { index, hits, question } = context;
  const linked = new Map<number, number>();
  for (const { matches, subject } of hits) {
    if (subject.kind === 'medication' || subject.kind === 'class') continue;
    for (const { unit } of matches) {
      for (const { id } of matchedEntities(unit, hits)) {
        for (const { type, head } of index.relationsOf(unit.noteIndex, id)) {
          const treatment = type === 'for' ? index.entityOf(unit.noteIndex, head) : null;
          if (treatment === null || treatment.flags.includes('neg') || treatment.flags.includes('hyp')) continue;
          const place = index.unitOf(unit.noteIndex, treatment.start);
          if (place === null || !inWindow(question.window, place.date)) continue;
          linked.set(place.index, (linked.get(place.index) ?? 0) + 1);
        }
      }
    }
  }
  return linked;
}

function bare(unit: Unit): RankedUnit {
  return { unit, score: 0.5, coverage: 0.4, attribute: 0.5, inWindow: true, features: {} };
}

function bonusOf({ unit }: RankedUnit, linked: ReadonlyMap<number, number>): number {
  const treats = unit.entities.some(
    ({ label, flags }) => (label === 'Medication' || label === 'Procedure') && !flags.includes('neg'),
  );
  const dosed = unit.entities.some(({ label }) => label === 'Dose') ? 0.1 : 0;
  return linked.has(unit.index) ? 0.5 + dosed : treats ? 0.25 + dosed : -0.1;
}
