import { chooseUnits, quoteClaim } from './extract.ts';
import { medicationsFor } from './medications.ts';
import type { RankedUnit } from '../evidence/rank-units.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';
import { quoteUnit, wordCount } from './wording.ts';

/** Why something was done, started, stopped or happened: the sentences that give a reason beside the subject. */
export function draftReason(context: DraftContext): Draft | null {
  const { question } = context;
  if (!question.asked.has('why') || question.asked.has('pgx') || question.asked.has('conflict')) return null;
  const steps = reasonPlaces(context);
  const ranked = context.ranked
    .map((candidate): RankedUnit => {
      const cited = steps.some(
        ({ noteId, start }) =>
          noteId === candidate.unit.note.note.id && candidate.unit.start <= start && start < candidate.unit.end,
      );
      return { ...candidate, score: candidate.score + (cited ? 0.35 : 0) };
    })
    .sort((a, b) => b.score - a.score || a.unit.index - b.unit.index);
  const best = ranked[0];
  if (best === undefined || best.coverage < 0.4) return null;
  const chosen = chooseUnits({ ...context, ranked }, 3);
  const [first, ...others] = chosen.map((candidate) => quoteClaim(candidate, context));
  return {
    claims: fitting([first!, ...besides(chosen[0]!, chosen, context), ...others]),
    finding: 'affirmed',
    rule: 'reason',
    confidence: Math.min(1, 0.4 + 0.4 * best.attribute),
  };
}

/** Sentences beside one that tells what was done and not why: the reason often stands right before or after it. */
function besides(best: RankedUnit, chosen: readonly RankedUnit[], context: DraftContext): DraftClaim[] {
  if ((best.features['holds.reason'] ?? 0) >= 0.7 && best.unit.words.length > 9) return [];
  return [-1, 1].flatMap((step) => {
    const unit = context.index.units[best.unit.index + step];
    if (unit === undefined || unit.noteIndex !== best.unit.noteIndex || chosen.some((other) => other.unit === unit))
      return [];
    const reasons = unit.entities.filter(
      ({ label, flags }) => REASONS.has(label) && !flags.includes('neg') && !flags.includes('hyp'),
    );
    if (reasons.length === 0) return [];
    const { text, citation } = quoteUnit(unit, reasons, 18);
    return [{ text: `"${text}"`, citations: [citation], polarity: 'quoted' }];
  });
}

const REASONS: ReadonlySet<string> = new Set(['Condition', 'Finding', 'Genotype', 'Value']);
const WORDS = 58;

/** The first claims that fit in the words of one answer. */
function fitting(claims: readonly DraftClaim[]): DraftClaim[] {
  let words = 0;
  return claims.filter(({ text }, i) => {
    if (i > 0 && words + wordCount(text) > WORDS) return false;
    words += wordCount(text);
    return true;
  });
}

function reasonPlaces(context: DraftContext): { noteId: string; start: number }[] {
  const { verb, subjects } = context.question;
  const wanted: readonly string[] =
    verb === 'start'
      ? ['start', 'resume']
      : verb === 'hold'
        ? ['hold', 'stop']
        : verb === 'stop'
          ? ['stop', 'hold']
          : [];
  return subjects
    .filter(({ kind }) => kind === 'medication' || kind === 'class')
    .flatMap((subject) => medicationsFor(context, subject))
    .flatMap((fact) => fact.steps)
    .filter((step) => step.reason !== null && (wanted.length === 0 || wanted.includes(step.action)))
    .flatMap((step) => [...(step.reasonEvidence === null ? [] : [step.reasonEvidence]), step.evidence[0]]);
}
