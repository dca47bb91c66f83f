import type { Unit } from '../../evidence/chart-index.ts';
import type { Match } from '../../evidence/subject-match.ts';
import type { Draft, DraftContext } from '../types.ts';
import { leftOver, notesAsked, spansOf, unitsOfNote } from './asked-parts.ts';
import { quoteClaims } from './quote-claims.ts';
import { STUDY } from './section-rules.ts';

const LEAST_LETTERS = 4;

/**
 * What a study showed, for a study that the question shortens ("angio", "colono") and a note writes out: the sentence whose
 * test or procedure holds the shortened word and that tells a finding.
 */
export function draftStudyResult(context: DraftContext): Draft | null {
  const { question, hits } = context;
  const asks = spansOf(question.corrected, STUDY.asks);
  if (asks.length === 0 || question.asked.has('why') || question.asked.has('conflict')) return null;
  const rest = leftOver(context, asks);
  const only = rest[0];
  const beside = resultBeside(context);
  if (beside !== null) return beside;
  if (only === undefined || rest.length > 1 || only.kind !== 'term' || only.words.length < LEAST_LETTERS) return null;
  if (hits.some(({ subject, matches }) => subject === only && matches.length > 0)) return null;
  const short = only.words.toLowerCase();
  for (const note of notesAsked(context)) {
    const found = unitsOfNote(context, note).filter(
      (unit) => names(unit, short) && STUDY.says.test(unit.text) && !STUDY.pending.test(unit.text),
    );
    const claims = quoteClaims(
      found.map((unit) => ({ unit })),
      2,
    );
    if (claims.length > 0) return { claims, finding: 'affirmed', rule: 'section-study', confidence: 0.6 };
  }
  return null;
}

/** Whether a study of the sentence is written with the shortened word in it, findings beside it. */
function names(unit: Unit, short: string): boolean {
  const text = unit.note.note.text;
  const study = unit.entities.some(
    ({ label, start, end, flags }) =>
      (label === 'Test' || label === 'Procedure') &&
      !flags.includes('hyp') &&
      text.slice(start, end).toLowerCase().includes(short),
  );
  return study && unit.entities.some(({ label }) => ['Condition', 'Finding', 'Value'].includes(label));
}

/** "MRI of the knee 3 May. It shows a tear": the sentence behind the study's own, where no sentence that names it tells a finding. */
function resultBeside(context: DraftContext): Draft | null {
  const { index, hits } = context;
  const named = hits.flatMap(({ matches }) => matches).filter(isDone);
  if (named.length === 0 || named.some(({ unit }) => tells(unit))) return null;
  const notes = notesAsked(context);
  for (const { unit } of named.toReversed()) {
    const next = index.units[unit.index + 1];
    if (!notes.includes(unit.noteIndex) || next?.noteIndex !== unit.noteIndex || !tells(next)) continue;
    if (next.title !== unit.title || STUDY.pending.test(unit.text)) continue;
    const claims = quoteClaims([{ unit: next }, { unit }], 2);
    return { claims, finding: 'affirmed', rule: 'section-study', confidence: 0.6 };
  }
  return null;
}

function tells(unit: Unit): boolean {
  return (
    /\b(show|reveal|demonstrat|negative|positive|normal|unremarkable|consistent with)/i.test(unit.text) &&
    unit.entities.some(({ label }) => ['Condition', 'Finding', 'Value'].includes(label))
  );
}

function isDone({ unit, first }: Match): boolean {
  const at = unit.start + unit.words[first]!.start;
  return unit.entities.some(
    ({ label, flags, start, end }) => label === 'Test' && !flags.includes('hyp') && start <= at && at < end,
  );
}
