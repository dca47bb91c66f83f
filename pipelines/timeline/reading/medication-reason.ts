import type { MedicationStep } from '#pipelines/domain/chart.ts';
import type { Entity } from '#pipelines/domain/entity.ts';
import type { NoteCitation } from '#pipelines/domain/evidence.ts';
import type { TextRange } from '#pipelines/domain/span.ts';
import { WORDS, alternatives, anyOf } from '../words.ts';
import type { NoteView } from './note-view.ts';

const CUE = new RegExp(`(?<![\\p{L}\\p{N}/])(?:${alternatives(WORDS.medication.reasonCues)})(?![\\p{L}\\p{N}])`, 'giu');
const { actionsBefore, actionsAfter } = WORDS.medication;
const STOPPING = anyOf([
  ...actionsBefore.stop,
  ...actionsBefore.hold,
  ...actionsAfter.stop,
  ...actionsAfter.hold,
  ...actionsBefore.decrease,
  ...actionsAfter.decrease,
]);
const STRONG = new RegExp(`^(?:${alternatives(WORDS.medication.strongReasonCues)})$`, 'iu');
const END = /[.;](?=\s|$)|\n|(?:,? and|,? then|, with)\s+(?:start|switch|chang|replac|resum|restart|continu)/i;
const MAX = 160;

export interface Reason {
  /** Words of the note. */
  readonly words: string;
  readonly citation: NoteCitation;
}

/**
 * Why a medication was stopped, held, changed or started: what stands in brackets behind it ("stopped (cough)"), the words
 * after "due to", "because" and the like, else what it is linked to as its effect (a stop) or its target (a start).
 */
export function reasonOf(
  view: NoteView,
  drug: Entity,
  action: MedicationStep['action'] | 'allergy' | null,
): Reason | null {
  if (action === null || action === 'allergy' || action === 'continue' || action === 'plan') return null;
  const away = action === 'stop' || action === 'hold' || action === 'decrease';
  const stated = (away ? aside(view, drug) : null) ?? statedReason(view, drug, away);
  if (stated !== null) return { words: view.words(stated), citation: view.cite(stated) };
  const effect = away
    ? view.dependents(drug.id, 'by').find(({ flags }) => !flags.includes('neg'))
    : view.targets(drug.id, 'for')[0];
  return effect === undefined ? null : { words: view.words(effect), citation: view.cite(effect) };
}

/** A finding in brackets or behind a comma or dash, right after the stop: "metformin stopped (diarrhea)", "off HCTZ - low Na". */
function aside(view: NoteView, drug: Entity): TextRange | null {
  const line = view.lineAt(drug.start);
  const rest = view.text.slice(drug.end, line.end);
  const lead = /^[^.;\n(]{0,45}?\(([^)\n]{3,80})\)/.exec(rest);
  if (lead !== null) {
    const start = drug.end + lead[0].length - lead[1]!.length - 1;
    const range = { start, end: start + lead[1]!.length };
    const inside = view.within(range);
    if (inside.some(isEffect) && !inside.some(({ label }) => label === 'Medication')) return range;
  }
  const next = view
    .within({ start: drug.end, end: line.end })
    .find(({ label }) => label !== 'Time' && label !== 'Dose' && label !== 'Frequency' && label !== 'Route');
  if (next === undefined || !isEffect(next)) return null;
  const gap = view.text.slice(drug.end, next.start);
  return gap.length < 45 && /(?:,|:|[-–]|\u2192|->)[ \t]*$/.test(gap) && !/[.;]/.test(gap) ? next : null;
}

function isEffect({ label, flags }: Entity): boolean {
  return (label === 'Finding' || label === 'Condition') && !flags.includes('neg') && !flags.includes('fam');
}

function statedReason(view: NoteView, drug: Entity, away: boolean): TextRange | null {
  const sentence = view.sentenceAt(drug.start);
  const tail = view.text.slice(drug.end, Math.min(sentence.end, drug.end + MAX + 60));
  const before = view.text.slice(Math.max(sentence.start, drug.start - 40), drug.start);
  const stop = away ? STOPPING.exec(tail) : null;
  const from = stop === null ? 0 : stop.index + stop[0].length;
  const stopsBefore = away && STOPPING.test(before);
  for (const cue of tail.matchAll(CUE)) {
    if (cue.index < from) continue;
    const word = cue[0].toLowerCase();
    const rest = tail.slice(cue.index + cue[0].length);
    if (!isReason(word, rest, away)) continue;
    if (away && stop === null && !stopsBefore && !STRONG.test(word)) continue;
    if (anotherDrugBetween(view, drug, drug.end + cue.index)) return null;
    const length = END.exec(rest)?.index ?? rest.length;
    const lead = rest.length - rest.trimStart().length;
    const start = drug.end + cue.index + cue[0].length + lead;
    const end = Math.min(drug.end + cue.index + cue[0].length + length, start + MAX);
    return start < end ? trimmed(view.text, { start, end }) : null;
  }
  return null;
}

/** "For 7 days" and "after 2 weeks" say how long, "as needed" how often: no reasons. */
function isReason(word: string, rest: string, away: boolean): boolean {
  if (
    /^(?:for|after|following|as|given|since)/.test(word) &&
    /^\s*(?:\d|one|two|three|four|five|six|seven|ten|a few|several|another|about|the next|now|needed|directed|above|per|by|tolerated|before|well|outpatient|discharge|today|tonight|of|iv|po|then|surgery|procedure)\b/i.test(
      rest,
    )
  )
    return false;
  if (/^(?:made|gave|led to|caused|causing|following|after|given|as|as she|as he)$/.test(word)) return away;
  return true;
}

function anotherDrugBetween(view: NoteView, drug: Entity, end: number): boolean {
  return view.within({ start: drug.end, end }).some(({ label }) => label === 'Medication');
}

function trimmed(text: string, { start, end }: TextRange): TextRange | null {
  const words = text.slice(start, end);
  const clean = words.replace(/[\s,;:.)\]]+$/, (tail) =>
    tail.includes(')') && words.includes('(') ? tail.replace(/[\s,;:.]+$/, '') : '',
  );
  return clean.length < 3 ? null : { start, end: start + clean.length };
}
