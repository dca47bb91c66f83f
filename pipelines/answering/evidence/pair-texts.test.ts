import { describe, expect, it } from 'vitest';
import { readQuestion } from '../question/read-question.ts';
import { chartOf, markedNote, smallTerminology } from '../test-chart.ts';
import { indexOf } from './chart-index.ts';
import { questionFor, questionText } from './pair-texts.ts';
import { hitsOf } from './rank-units.ts';

const chart = chartOf([
  markedNote(
    'n1',
    '2024-02-06',
    'clinic note',
    '[Myocardial infarction]{Condition} in March.\nSeen with her sister.\nNo further [heart attack]{Condition neg}.',
  ),
]);
const index = indexOf(chart);

describe('a question to the pair ranker', () => {
  const question = readQuestion('when was the heart attack?', {
    index,
    terminology: smallTerminology,
    previous: [],
  });
  const asked = index.units.map((unit) => questionFor(question, unit, hitsOf(index, question.subjects)));

  it('is put in the words of the sentence that names its subject otherwise', () => {
    expect(asked[0]).toBe('when was the Myocardial infarction?');
  });
  it('stays as typed to a sentence that names none, or names it alike', () => {
    expect(asked.slice(1)).toEqual([questionText(question), questionText(question)]);
  });
});
