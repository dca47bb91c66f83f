import { chooseUnits, quoteClaim } from './extract.ts';
import { medicationsFor } from './medications.ts';
import type { RankedUnit } from '../evidence/rank-units.ts';
import type { Draft, DraftContext } from './types.ts';

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
  return {
    claims: chosen.map((candidate) => quoteClaim(candidate, context)),
    finding: 'affirmed',
    rule: 'reason',
    confidence: Math.min(1, 0.4 + 0.4 * best.attribute),
  };
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
