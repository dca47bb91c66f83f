import type { TextRange } from '../../../domain/span.ts';
import type { Unit } from '../../evidence/chart-index.ts';
import { inWindow, isDated, placeFits } from '../../question/time-window.ts';
import type { Subject } from '../../question/types.ts';
import type { DraftContext } from '../types.ts';

/** Ranges of a question that a pattern (with the flag `g`) matches. */
export function spansOf(text: string, pattern: RegExp): TextRange[] {
  return [...text.matchAll(pattern)]
    .filter((match) => match[0].trim() !== '')
    .map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

/** The subjects of a question, occasions among them, that lie outside of the words that a rule has understood. */
export function leftOver(context: DraftContext, understood: readonly TextRange[]): Subject[] {
  const { subjects, context: occasion, corrected } = context.question;
  // What a follow-up inherits has offsets into the earlier question.
  const own = (subject: Subject): boolean => corrected.slice(subject.start, subject.end) === subject.words;
  return [...subjects, ...occasion].filter(
    (subject) => !own(subject) || !understood.some(({ start, end }) => start <= subject.start && subject.end <= end),
  );
}

/** Indices of the notes that a question can be about, the latest first: those of its days or of its place, else all. */
export function notesAsked({ question, chart }: DraftContext): number[] {
  const { window } = question;
  const all = [...chart.notes.keys()].toReversed();
  if (isDated(window)) return all.filter((i) => inWindow(window, chart.notes[i]!.note.date));
  const there =
    window.places.length === 0 ? [] : all.filter((i) => placeFits(window.places, chart.notes[i]!.note.type));
  return there.length > 0 ? there : all;
}

const unitsByNote = new WeakMap<object, ReadonlyMap<number, readonly Unit[]>>();

/** Sentences of a note that hold more than a header. */
export function unitsOfNote({ index }: DraftContext, noteIndex: number): readonly Unit[] {
  let known = unitsByNote.get(index);
  if (known === undefined) {
    const byNote = new Map<number, Unit[]>();
    for (const unit of index.units) {
      if (isHeader(unit)) continue;
      const list = byNote.get(unit.noteIndex);
      if (list === undefined) byNote.set(unit.noteIndex, [unit]);
      else list.push(unit);
    }
    labelLines(index.units);
    known = byNote;
    unitsByNote.set(index, known);
  }
  return known.get(noteIndex) ?? [];
}

function isHeader(unit: Unit): boolean {
  const bare = unit.text.toLowerCase().replace(/[\s:*#=_.-]+$/, '');
  return bare === '' || bare === unit.title || LABEL_ALONE.test(unit.text);
}

const LABEL = /^\s*(?:\d+[.)]\s*|[-•*]\s*)?(\p{Lu}[\p{L}/&'’ -]{1,40}?)\s*:/u;
const LABEL_ALONE = /^\s*\p{Lu}[\p{L}/&'’ -]{1,40}:\s*$/u;
const labels = new WeakMap<Unit, string>();

/**
 * `category|title` of where a sentence stands. A label on its own line ("INDICATION FOR SURGERY: …") is a title even where no
 * section rule knows it, and holds to the end of its line; a label that stands alone holds up to the next.
 */
export function placeOf(unit: Unit): string {
  return `${unit.section}|${labels.get(unit) ?? unit.title}`;
}

/** Notes the label of each sentence's line, where it is not the section's own title. */
function labelLines(units: readonly Unit[]): void {
  let label: string | null = null;
  let heading = false;
  for (const [i, unit] of units.entries()) {
    const before = units[i - 1];
    const sameLine =
      before?.noteIndex === unit.noteIndex && !unit.note.note.text.slice(before.end, unit.start).includes('\n');
    const own = LABEL.exec(unit.text)?.[1]?.toLowerCase() ?? null;
    if (before !== undefined && (before.noteIndex !== unit.noteIndex || before.title !== unit.title)) heading = false;
    if (own !== null) {
      label = own === unit.title ? null : own;
      heading = LABEL_ALONE.test(unit.text);
    } else if (!sameLine && !heading) label = null;
    if (label !== null) labels.set(unit, label);
  }
}
