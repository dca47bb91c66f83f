import { describe, expect, it } from 'vitest';
import { loadTerminology } from '../../engines/terminology/index.ts';
import { indexOf } from '../evidence/chart-index.ts';
import { hitsOf, rankUnits, withFeatures } from '../evidence/rank-units.ts';
import { readQuestion } from '../question/read-question.ts';
import { chartOf, markedNote } from '../test-chart.ts';
import { withLikeliest } from './likeliest.ts';
import type { Draft, DraftContext } from './types.ts';

const terminology = loadTerminology('pipelines/rules/terminology/2026.1');
const chart = chartOf([
  markedNote(
    'n1',
    '2024-04-03',
    'clinic',
    '[Losartan]{Medication} [12.5]{Dose} (on the home list, told them to strike it).',
  ),
]);

/** What stands behind a draft of one claim, where the chart's only sentence has some chance. */
function behind(rule: string, text: string, chance: number): readonly string[] {
  const index = indexOf(chart);
  const question = readQuestion('is she on losartan?', { index, terminology, previous: [] });
  const hits = hitsOf(index, question.subjects);
  const ranked = rankUnits(question, index, hits, [], []).map((candidate) => withFeatures(candidate, { chance }));
  const { note } = index.units[0]!;
  const context: DraftContext = {
    question,
    chart,
    index,
    terminology,
    hits,
    contextHits: [],
    ranked,
    documented: 0.9,
    passages: [],
    therapy: null,
  };
  const citation = { kind: 'note', noteId: note.note.id, start: 0, end: 13, quote: 'Losartan 12.5' } as never;
  const draft: Draft = {
    claims: [{ text, citations: [citation], polarity: 'present' }],
    finding: 'affirmed',
    rule,
    confidence: 0.8,
  };
  return withLikeliest(draft, context)
    .claims.slice(1)
    .map((claim) => claim.text);
}

describe('the likeliest sentence', () => {
  it('stands behind a fact that was read from parts of it, in its own words', () => {
    expect(behind('medication-current', 'Yes: Losartan 12.5.', 0.6).join()).toContain('told them to strike it');
  });

  it('is told apart where it states another dose than the fact', () => {
    expect(behind('medication-current', 'Losartan 25, as of 12 Apr 2024, the last note.', 0.6).join()).toMatch(
      /^Another dose is written too: .*12\.5/,
    );
  });

  it('is not said twice', () => {
    expect(
      behind('medication-current', 'Clinic: "Losartan 12.5 (on the home list, told them to strike it)."', 0.6),
    ).toEqual([]);
  });

  it('stays away where it is unlikely to answer, and from answers under rules of their own', () => {
    expect(behind('medication-current', 'Yes: Losartan 12.5.', 0.1)).toEqual([]);
    expect(behind('contraindication', 'Losartan 12.5.', 0.6)).toEqual([]);
  });
});
