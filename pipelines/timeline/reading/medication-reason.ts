import type { MedicationStep } from '#pipelines/domain/chart.ts';
import type { Entity } from '#pipelines/domain/entity.ts';
import type { NoteCitation } from '#pipelines/domain/evidence.ts';
import type { TextRange } from '#pipelines/domain/span.ts';
import { WORDS, alternatives } from '../words.ts';
import type { NoteView } from './note-view.ts';

const CUE = new RegExp(`(?<![\\p{L}\\p{N}/])(?:${alternatives(WORDS.medication.reasonCues)})(?![\\p{L}\\p{N}])`, 'giu');
const END = /[.;](?=\s|$)|\n|(?:,? and|,? then|, with)\s+(?:start|switch|chang|replac|resum|restart|continu)/i;
const MAX = 160;

export interface Reason {
  /** Words of the note. */
  readonly words: string;
  readonly citation: NoteCitation;
}

/**
 * Why a medication was stopped, held, changed or started: the words after "due to", "because", "for" and the like in its
 * clause, else what the model links to it as caused by it (a stop) or treated with it (a start).
 */
export function reasonOf(
  view: NoteView,
  drug: Entity,
  action: MedicationStep['action'] | 'allergy' | null,
): Reason | null {
  if (action === null || action === 'allergy' || action === 'continue' || action === 'plan') return null;
  const away = action === 'stop' || action === 'hold' || action === 'decrease';
  const effects = away
    ? view.dependents(drug.id, 'by').filter(({ flags }) => !flags.includes('neg'))
    : view.targets(drug.id, 'for');
  const stated = statedReason(view, drug, away);
  if (stated !== null) return { words: view.words(stated), citation: view.cite(stated) };
  const effect = effects[0];
  return effect === undefined ? null : { words: view.words(effect), citation: view.cite(effect) };
}

function statedReason(view: NoteView, drug: Entity, away: boolean): TextRange | null {
  const sentence = view.sentenceAt(drug.start);
  const tail = view.text.slice(drug.end, Math.min(sentence.end, drug.end + MAX + 60));
  for (const cue of tail.matchAll(CUE)) {
    const word = cue[0].toLowerCase();
    const rest = tail.slice(cue.index + cue[0].length);
    if (!isReason(word, rest, away)) continue;
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
