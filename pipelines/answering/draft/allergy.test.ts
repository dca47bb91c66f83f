import { describe, expect, it } from 'vitest';
import { markedChart } from '#evals/datasets/marked-chart.ts';
import { loadTerminology } from '../../engines/terminology/index.ts';
import { composeAnswer } from '../compose.ts';
import { prepare } from '../prepare.ts';

const terminology = loadTerminology('pipelines/rules/terminology/2026.1');
const search = { search: () => Promise.resolve([]) };

describe('questions of allergies', () => {
  it('list all of them where an illness only says what a drug is to be given for', async () => {
    const chart = markedChart([
      ['2022-03-01', 'Allergies: <M id=m1 act=allergy>nitrofurantoin</M> (<S by=m1>hives</S>).'],
      ['2022-04-01', '<C>UTI</C> again.'],
    ]);
    const question = 'allergies and reactions before I prescribe for a UTI?';
    const asking = { question, asOf: null, chart, previous: [], otherNames: [] };
    const given = composeAnswer(await prepare(asking, { terminology, search }, []), null);
    expect(given.claims.map(({ text }) => text).join(' ')).toMatch(/Nitrofurantoin: hives/);
  });

  it('are of all of them where "drug allergies" is asked, each with every reaction that a note tells', async () => {
    const chart = markedChart([
      ['2023-10-02', 'Allergies: <M id=m1 act=allergy>sulfa</M> (<S by=m1>skin peeling</S>).'],
      ['2024-01-19', 'Allergies: <M id=m1 act=allergy>sulfa</M> (<S by=m1>rash</S>).'],
    ]);
    for (const question of ['drug allergies?', 'Drug alergies and reactions?', 'any allergies?']) {
      const asking = { question, asOf: null, chart, previous: [], otherNames: [] };
      const told = composeAnswer(await prepare(asking, { terminology, search }, []), null);
      expect(told.claims[0]?.text).toMatch(/^Sulfa: rash; skin peeling\.$/);
    }
  });
});
