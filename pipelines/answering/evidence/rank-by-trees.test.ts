import { describe, expect, it } from 'vitest';
import { loadTerminology } from '../../engines/terminology/index.ts';
import { readQuestion } from '../question/read-question.ts';
import { chartOf, markedNote } from '../test-chart.ts';
import { indexOf } from './chart-index.ts';
import { rankByTrees } from './rank-by-trees.ts';
import { hitsOf, rankUnits, withFeatures } from './rank-units.ts';

const terminology = loadTerminology('pipelines/rules/terminology/2026.1');

const chart = chartOf([
  markedNote(
    'n1',
    '2023-02-01',
    'clinic',
    '[Creatinine]{Test} [98]{Value}.\n[Warfarin]{Medication} [3 mg]{Dose} daily.',
  ),
  markedNote('n2', '2024-06-01', 'clinic', 'Seen with her son.\n[Creatinine]{Test} [141]{Value}.'),
]);

/** The sentences of the chart for a question, where a pair ranker gives each the number of its words. */
function ranked(text: string, reads: (sentence: string) => number): ReturnType<typeof rankByTrees> {
  const index = indexOf(chart);
  const question = readQuestion(text, { index, terminology, previous: [] });
  const hits = hitsOf(index, question.subjects);
  const byRules = rankUnits(question, index, hits, [], []).map((candidate) => {
    const value = reads(candidate.unit.text);
    return withFeatures(candidate, { reads: value, answers: value });
  });
  return rankByTrees(byRules, question, index, hits);
}

describe('ranking by trees', () => {
  it('puts the newest of two equal sentences first for "last"', () => {
    const { ranked: found } = ranked('last creatinine?', (words) => (words.startsWith('Creatinine') ? 0.9 : 0));
    expect(found[0]!.unit.text).toBe('Creatinine 141.');
  });

  it('gives each place the score that weights gave the place, best first, and each sentence a chance', () => {
    const { ranked: found } = ranked('last creatinine?', (words) => (words.includes('98') ? 0.8 : 0.7));
    const scores = found.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(found.every(({ features }) => features['chance']! > 0 && features['chance']! < 1)).toBe(true);
  });

  it('takes a chart for the likelier to answer the surer the pair ranker is', () => {
    const sure = ranked('last creatinine?', (words) => (words.startsWith('Creatinine') ? 0.9 : 0)).documented;
    expect(sure).toBeGreaterThan(ranked('who stopped the creatinine clearance test?', () => 0).documented);
  });

  it('has nothing to say of no sentence at all', () => {
    const { ranked: found, documented } = ranked('any pets?', () => 0);
    expect(found).toEqual([]);
    expect(documented).toBeLessThan(0.5);
  });
});
