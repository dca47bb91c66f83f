import type { AnswerView, ClaimView, NoteCitation, NoteEntity, NoteSummary } from '#server/contract/index.ts';

/** Values of the contract's shapes for tests; an invented chart. */
export const NOTE_TEXT = [
  'CLINIC NOTE',
  '',
  'Dry cough since starting lisinopril 20 mg daily.',
  'Denies chest pain.',
  'Stopped lisinopril today because of the cough.',
  '',
].join('\n');

/** Cites the first place of some words in `NOTE_TEXT`. */
export function aCitation(words: string, noteId = 'n1'): NoteCitation {
  const start = NOTE_TEXT.indexOf(words);
  if (start < 0) throw new Error(`NOTE_TEXT lacks the words: ${words}`);
  return { kind: 'note', noteId, start, end: start + words.length, quote: words };
}

export function aClaim(text: string, words = 'Stopped lisinopril today because of the cough'): ClaimView {
  return { text, citations: [aCitation(words)] };
}

export function anAnswer(part: Partial<AnswerView>): AnswerView {
  return {
    status: 'answered',
    finding: 'affirmed',
    claims: [],
    mentions: [],
    more: [],
    searched: { notes: 1, from: '2022-03-12', to: '2022-03-12', terms: ['lisinopril'] },
    asOf: '2022-03-12',
    basis: { inputsUsed: ['1 note'], inputsMissing: [], rulesApplied: [], limits: ['Only what the notes say.'] },
    by: { drafter: 'rules', pipeline: 'pipeline/1', rules: ['terminology/2026.1'] },
    ...part,
  };
}

/** An answer that abstains; it has no finding. */
export function anAbstention(reason: 'not-documented' | 'out-of-scope', part: Partial<AnswerView> = {}): AnswerView {
  const { finding: _none, ...rest } = anAnswer(part);
  return { ...rest, status: 'abstained', reason };
}

export function aNote(part: Partial<NoteSummary> = {}): NoteSummary {
  return {
    id: 'n1',
    date: '2022-03-12',
    type: 'clinic note',
    state: 'read',
    length: NOTE_TEXT.length,
    words: 20,
    ...part,
  };
}

export function anEntity(words: string, part: Partial<NoteEntity> = {}): NoteEntity {
  const { start, end } = aCitation(words);
  return {
    id: `e${start}`,
    start,
    end,
    label: 'Finding',
    score: 0.97,
    flags: [],
    action: null,
    assertion: { existence: 'present', temporality: 'current', experiencer: 'patient' },
    ...part,
  };
}
