import { describe, expect, it } from 'vitest';
import type { RuleCitation } from '#server/contract/index.ts';
import { aCitation, aClaim, aNote } from '../testing/fixtures.ts';
import { answerAsText, chipText, chipTexts, numberNotes, uniqueCitations } from './citations.ts';

const rule: RuleCitation = {
  kind: 'rule',
  ruleSet: 'CPIC',
  release: '2026-03',
  rule: 'clopidogrel/CYP2C19',
  url: 'https://example.org/rule',
};

describe('numbers of notes', () => {
  it('count by date, and by arrival within a day', () => {
    const notes = [
      aNote({ id: 'late', date: '2022-05-01' }),
      aNote({ id: 'first', date: '2022-03-12' }),
      aNote({ id: 'second', date: '2022-03-12' }),
    ];
    expect(numberNotes(notes).map(({ id, number }) => `${number} ${id}`)).toEqual(['01 first', '02 second', '03 late']);
  });
});

it('writes on a chip which note of which day, or which release of which guideline', () => {
  const notes = numberNotes([aNote()]);
  expect(chipText(aCitation('Dry cough'), notes)).toBe('01 · 12 Mar 2022');
  expect(chipText(rule, notes)).toBe('CPIC · 2026-03');
});

it('names a note once for places that follow each other in it', () => {
  const notes = numberNotes([aNote()]);
  const [cough, stop] = [aCitation('Dry cough'), aCitation('Stopped lisinopril')];
  expect(chipTexts([cough, stop, rule, cough], notes)).toEqual([
    '01 · 12 Mar 2022',
    '2',
    'CPIC · 2026-03',
    '01 · 12 Mar 2022',
  ]);
});

it('copies an answer with each source once, numbered, with its words and place', () => {
  const claims = [aClaim('Lisinopril was stopped for cough.'), aClaim('It was stopped on 12 Mar 2022.')];
  const text = answerAsText('why?', claims, numberNotes([aNote()]), '2022-03-12');
  expect(text).toBe(
    [
      'Question: why?\nAs of 12 Mar 2022',
      'Lisinopril was stopped for cough. [1]\nIt was stopped on 12 Mar 2022. [1]',
      '[1] clinic note, 12 Mar 2022, characters 81 to 126: "Stopped lisinopril today because of the cough"',
    ].join('\n\n'),
  );
});

it('keeps the first of equal citations, whatever their kind', () => {
  const cough = aCitation('Dry cough');
  expect(uniqueCitations([cough, rule, { ...cough }, { ...rule }])).toEqual([cough, rule]);
});
