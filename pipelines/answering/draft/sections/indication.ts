import type { Unit } from '../../evidence/chart-index.ts';
import type { SubjectHits } from '../../evidence/rank-units.ts';
import type { Draft, DraftContext } from '../types.ts';
import { leftOver, notesAsked, placeOf, spansOf, unitsOfNote } from './asked-parts.ts';
import type { Quoted } from './quote-claims.ts';
import { quoteClaims } from './quote-claims.ts';
import { INDICATION, NO_SURGERY, OPERATION_WORDS, OPERATIVE } from './section-rules.ts';

const BLOCKED = ['conflict', 'pgx', 'summary', 'trend', 'family', 'allergy'] as const;
/** Short quotes, so that the sentence of the reason itself fits behind the one that introduces the patient. */
const INDICATION_WORDS = 22;

/** Why an operation, procedure or study was done: its indication, the reason for the study, the diagnosis before the operation. */
export function draftIndication(context: DraftContext): Draft | null {
  const { question } = context;
  if (!question.asked.has('why') || BLOCKED.some((kind) => question.asked.has(kind))) return null;
  if (NO_SURGERY.asks.test(question.corrected)) return quote(againstSurgery(context), 'no-surgery', 2);
  if (question.verb !== null || question.subjects.some(({ kind }) => kind === 'medication' || kind === 'class'))
    return impressionBeforePlan(context);
  const asking = spansOf(question.corrected, INDICATION.asks);
  if (asking.length === 0) return null;
  const rest = leftOver(context, asking);
  for (const note of notesAsked(context)) {
    const reason = isAbout(note, rest, context) ? indicationOf(note, context) : [];
    if (reason.length > 0) return quote(reason, 'indication', 3, INDICATION_WORDS);
  }
  return quote(statedPurpose(rest, context), 'purpose', 1) ?? impressionBeforePlan(context);
}

function quote(quotes: readonly Quoted[], rule: string, most: number, longest?: number): Draft | null {
  const claims = quoteClaims(quotes, most, false, longest);
  return claims.length === 0 ? null : { claims, finding: 'affirmed', rule: `section-${rule}`, confidence: 0.7 };
}

type Rest = ReturnType<typeof leftOver>;

/** Whether a note describes the operation or study that the question names. */
function isAbout(note: number, rest: Rest, context: DraftContext): boolean {
  const units = unitsOfNote(context, note);
  const { type } = context.chart.notes[note]!.note;
  const places = [...new Set(units.map(placeOf))];
  const operative =
    OPERATIVE.test(type) || places.some((place) => /\|[^|]*\b(indication|pre-?op\w*|procedure|operation)/.test(place));
  const study = places.filter((place) => INDICATION.study.test(place)).length >= 2;
  if (!operative && !study) return false;
  if (rest.length === 0) return true;
  return rest.every(({ words }) => {
    if (operative && OPERATION_WORDS.test(words)) return true;
    const forms = INDICATION.studies.get(words.toLowerCase());
    if (study && forms !== undefined) return units.some(({ text }) => forms.test(text));
    return operative && namedAsDone(note, words, context);
  });
}

/** The thing stands in the note's list of procedures or at its head, not only somewhere in its history. */
function namedAsDone(note: number, words: string, context: DraftContext): boolean {
  const hit = [...context.hits, ...context.contextHits].find(({ subject }) => subject.words === words);
  return (
    hit !== undefined &&
    hit.matches.some(
      ({ unit }) =>
        unit.noteIndex === note &&
        (/^procedures\|/.test(placeOf(unit)) ||
          /\b(operation|procedure|surger|title|indication|reason)/.test(unit.title) ||
          unit.entities.some(({ label, flags }) => label === 'Procedure' && !flags.includes('hyp'))),
    )
  );
}

function indicationOf(note: number, context: DraftContext): Quoted[] {
  const units = unitsOfNote(context, note);
  for (const section of INDICATION.sections) {
    const inside = units.filter((unit) => section.test(placeOf(unit)) && tells(unit));
    if (inside.length > 0) return inside.map((unit) => ({ unit, focus: problemsOf(unit) }));
  }
  return [];
}

function tells({ entities, words }: Unit): boolean {
  return words.length >= 2 && entities.some(({ label }) => ['Condition', 'Finding', 'Procedure'].includes(label));
}

function problemsOf(unit: Unit): { start: number; end: number }[] {
  return unit.entities
    .filter(({ label }) => label === 'Condition' || label === 'Finding')
    .map(({ start, end }) => ({ start: Math.max(start, unit.start), end: Math.min(end, unit.end) }));
}

/** A sentence that names the study or procedure with what it is for ("to rule out …"), be it done or ordered. */
function statedPurpose(rest: Rest, context: DraftContext): Quoted[] {
  const hits = context.hits.filter(({ subject }) => rest.includes(subject) && subject.kind !== 'condition');
  if (hits.length === 0 || hits.length < rest.filter(({ kind }) => kind !== 'term').length) return [];
  const notes = new Set(notesAsked(context));
  const found = context.index.units.filter(
    (unit) => notes.has(unit.noteIndex) && hits.every((hit) => isProcedureOrTest(hit, unit)) && saysPurpose(unit, hits),
  );
  return found.toReversed().map((unit) => ({ unit }));
}

function isProcedureOrTest({ byUnit }: SubjectHits, unit: Unit): boolean {
  const match = byUnit.get(unit.index);
  if (match === undefined || match.weight < 0.8) return false;
  const start = unit.start + unit.words[match.first]!.start;
  return unit.entities.some(
    ({ label, start: from, end }) => (label === 'Procedure' || label === 'Test') && from <= start && start < end,
  );
}

function saysPurpose(unit: Unit, hits: readonly SubjectHits[]): boolean {
  const after = Math.min(...hits.map(({ byUnit }) => unit.words[byUnit.get(unit.index)!.first]!.start));
  return INDICATION.purpose.test(unit.text.slice(after)) && problemsOf(unit).length > 0;
}

function againstSurgery(context: DraftContext): Quoted[] {
  const notes = new Set(notesAsked(context));
  return context.index.units
    .filter((unit) => notes.has(unit.noteIndex) && NO_SURGERY.sentences.test(unit.text))
    .toReversed()
    .map((unit) => {
      const match = NO_SURGERY.sentences.exec(unit.text)!;
      return { unit, focus: [{ start: unit.start + match.index, end: unit.start + match.index + match[0].length }] };
    });
}

/**
 * "Imp: likely chest infection. Plan: amoxicillin 5/7": what a short plan gives or orders is for the impression right before it,
 * where the plan gives no reason of its own.
 */
function impressionBeforePlan(context: DraftContext): Draft | null {
  const named = context.hits.filter(({ subject, matches }) => subject.kind !== 'condition' && matches.length > 0);
  if (
    named.length !== 1 ||
    context.hits.length !== 1 ||
    context.question.verb === 'stop' ||
    context.question.verb === 'hold'
  )
    return null;
  for (const note of notesAsked(context)) {
    const units = unitsOfNote(context, note);
    const impression = units.filter((unit) => /\|(imp|impressions?|assessment|dx|diagnosis)$/.test(placeOf(unit)));
    const problems = impression.flatMap((unit) => unit.entities.filter(({ label }) => label === 'Condition'));
    if (impression.length === 0 || problems.length === 0 || problems.length > 2) continue;
    const planned = units.filter(
      (unit) =>
        /\|(p|plan|rx|treatment|tx|management|mx)$/.test(placeOf(unit)) &&
        named[0]!.byUnit.has(unit.index) &&
        !unit.entities.some(({ label }) => label === 'Condition' || label === 'Finding') &&
        unit.index - impression.at(-1)!.index <= 5,
    );
    if (planned.length > 0)
      return quote(
        [...impression, planned[0]!].map((unit) => ({ unit })),
        'impression',
        3,
      );
  }
  return null;
}
