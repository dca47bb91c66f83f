import { describe, expect, it } from 'vitest';
import { markedChart } from '#evals/datasets/marked-chart.ts';
import { loadPgxRules } from '../../engines/pgx-rules/index.ts';
import { loadTerminology } from '../../engines/terminology/index.ts';
import { recommendTherapy } from '../../recommend-therapy.ts';
import { composeAnswer } from '../compose.ts';
import { prepare } from '../prepare.ts';

const pgx = loadPgxRules();
const terminology = loadTerminology('pipelines/rules/terminology/2026.1');
const search = { search: () => Promise.resolve([]) };

describe('a drug whose gene no source reports', () => {
  it('is answered with the gene that was not tested and the guideline that asks for it', async () => {
    const chart = markedChart([['2024-03-01', 'Had a <C>stroke</C> in 2019.']]);
    const therapy = (drugs?: string[]) =>
      recommendTherapy({ chart, uploads: [], ...(drugs === undefined ? {} : { drugs }) }, { pgx, terminology });
    const asking = { question: 'can she take clopidogrel?', asOf: null, chart, previous: [], otherNames: [] };
    const given = composeAnswer(await prepare(asking, { terminology, search, therapy }, []), null);
    expect(given.status).toBe('answered');
    const [claim] = given.claims;
    expect(claim?.text).toMatch(/^Not tested: CYP2C19\. The CPIC guideline for clopidogrel depends on it/);
    expect(claim?.citations[0]).toMatchObject({ kind: 'rule', ruleSet: 'CPIC', url: expect.stringContaining('http') });
  });
});
