import type { Question } from '../question/types.ts';
import type { ChartIndex, Unit } from './chart-index.ts';

const MOST_WORDS = 60;
const WORDS_BEFORE = 14;

/** A question as the pair ranker reads it: spelling put right, and what a follow-up leans on named in brackets. */
export function questionText({ corrected, subjects, context }: Question): string {
  const lower = corrected.toLowerCase();
  const carried = [...subjects, ...context]
    .map(({ words }) => words)
    .filter((words) => !lower.includes(words.toLowerCase()));
  return carried.length === 0 ? corrected : `${corrected} [${[...new Set(carried)].join(', ')}]`;
}

/**
 * A sentence as the pair ranker reads it: kind and month of its note, header of its section, the end of the sentence
 * before it, then a bar and the sentence itself. At most about 90 words.
 */
export function sentenceText(unit: Unit, { units }: ChartIndex): string {
  const before = units[unit.index - 1];
  const lead = before?.noteIndex === unit.noteIndex ? before.text.split(/\s+/).slice(-WORDS_BEFORE).join(' ') : '';
  const body = unit.text.split(/\s+/).slice(0, MOST_WORDS).join(' ');
  return `${unit.note.note.type.replace(/[-_]/g, ' ')} ${unit.date.slice(0, 7)}; ${unit.title} ${lead} | ${body}`;
}
