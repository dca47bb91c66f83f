import type { Question } from '../question/types.ts';
import type { ChartIndex, Unit } from './chart-index.ts';
import type { SubjectHits } from './subject-hits.ts';

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
 * The question in the words of one sentence: "last bone density scan" is put as "last DEXA" to a sentence that says so. The rules
 * know that the two are one; the model may not.
 */
export function questionFor(question: Question, unit: Unit, hits: readonly SubjectHits[]): string {
  const { corrected } = question;
  const others = hits.flatMap(({ subject, byUnit }) => {
    const match = byUnit.get(unit.index);
    const typed = corrected.slice(subject.start, subject.end);
    if (match === undefined || typed.toLowerCase() !== subject.words.toLowerCase()) return [];
    const written = unit.text.slice(unit.words[match.first]!.start, unit.words[match.last]!.end);
    return written.toLowerCase() === typed.toLowerCase() ? [] : [{ ...subject, written }];
  });
  if (others.length === 0) return questionText(question);
  const text = others
    .sort((a, b) => b.start - a.start)
    .reduce((words, { start, end, written }) => `${words.slice(0, start)}${written}${words.slice(end)}`, corrected);
  return questionText({
    ...question,
    corrected: text,
    subjects: question.subjects.filter(({ start }) => !others.some((other) => other.start === start)),
  });
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
