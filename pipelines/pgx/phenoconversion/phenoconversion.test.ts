import { describe, expect, it } from 'vitest';
import { loadPgxRules } from '../../engines/pgx-rules/index.ts';
import { interpretFinding, readCall } from '../reported/index.ts';
import { formerPhenotype } from './former.ts';
import { adjustScore, convert } from './index.ts';

const rules = loadPgxRules();
const result = (gene: string, call: string) =>
  interpretFinding(rules, readCall(rules, gene, call), 'words', { kind: 'given' });
const taking = (...names: readonly string[]) => names.map((name) => ({ name, ingredients: [name] }));

describe('CYP2D6 and its inhibitors', () => {
  // CPIC CYP2D6 guidelines: strong x 0, moderate x 0.5, weak x 1.
  it.each([
    ['*1/*1', ['paroxetine'], '0.0', 'Poor Metabolizer'],
    ['*2/*10', ['cinacalcet'], '0.625', 'Intermediate Metabolizer'],
    ['*2/*10', ['escitalopram'], '1.25', 'Normal Metabolizer'],
    ['*1/*2x2', ['sertraline', 'duloxetine'], '1.5', 'Normal Metabolizer'],
    ['*1/*41', ['duloxetine', 'paroxetine'], '0.0', 'Poor Metabolizer'],
  ])('make %s with %j a score of %s, %s', (call, drugs, score, phenotype) => {
    const converted = convert(rules, result('CYP2D6', call), taking(...drugs));
    expect([converted?.activityScore, converted?.phenotype]).toEqual([score, phenotype]);
  });

  it('leave a result alone when none is taken', () => {
    expect(convert(rules, result('CYP2D6', '*1/*1'), taking('metformin'))).toBeNull();
  });

  it('convert a phenotype that came without a score', () => {
    expect(convert(rules, result('CYP2D6', 'normal metabolizer'), taking('bupropion'))?.phenotype).toBe(
      'Poor Metabolizer',
    );
  });

  it('say what would be without them, and do not say to stop them', () => {
    const said = convert(rules, result('CYP2D6', '*1/*1'), taking('fluoxetine'))?.whatIf.join(' ') ?? '';
    expect(said).toContain('without fluoxetine: returns to normal metabolizer after washout');
    expect(said).not.toMatch(/\bstop\b|discontinue/i);
  });

  it('do not count the drug that is asked about against itself', () => {
    expect(convert(rules, result('CYP2D6', '*1/*1'), taking('paroxetine'), 'paroxetine')).toBeNull();
  });
});

it('marks conversions that no guideline has', () => {
  const said = convert(rules, result('CYP2C19', '*1/*1'), taking('fluvoxamine'))?.whatIf.join(' ') ?? '';
  expect(said).toContain('common practice');
});

it('does not convert for an inducer, but says it', () => {
  const converted = convert(rules, result('CYP2C19', '*1/*2'), taking('rifampin'));
  expect([converted?.phenotype, converted?.whatIf[0]]).toEqual([
    'Intermediate Metabolizer',
    expect.stringContaining('may raise CYP2C19 activity'),
  ]);
});

it('halves a lower bound and keeps it one', () => {
  expect([adjustScore('≥3.0', 'moderate'), adjustScore('≥3.0', 'strong'), adjustScore('n/a', 'strong')]).toEqual([
    '≥1.5',
    '0.0',
    'n/a',
  ]);
});

describe('a drug that a source lists without a strength', () => {
  it('is shown as not graded and not verified, and changes nothing', () => {
    const converted = convert(rules, result('CYP2D6', '*1/*1'), taking('chlorpheniramine'));
    expect(converted?.phenotype).toBe('Normal Metabolizer');
    expect(converted?.perpetrators).toMatchObject([
      { drug: 'chlorpheniramine', strength: 'not graded', verified: false },
    ]);
    expect(converted?.whatIf.join(' ')).toContain('the phenotype is not changed for it');
  });

  it('does not hide a graded one beside it', () => {
    const converted = convert(rules, result('CYP2D6', '*1/*1'), taking('chlorpheniramine', 'paroxetine'));
    expect([converted?.phenotype, converted?.perpetrators.map(({ drug }) => drug)]).toEqual([
      'Poor Metabolizer',
      ['paroxetine', 'chlorpheniramine'],
    ]);
  });
});

describe('drugs of the past', () => {
  const former = (...drugs: readonly (readonly [string, string])[]) =>
    drugs.map(([name, until]) => ({ name, ingredients: [name], until }));

  it('explain what happened while an inhibitor was taken, until it was stopped', () => {
    const { formerPhenotype: then } = formerPhenotype(
      rules,
      result('CYP2D6', '*1/*1'),
      former(['fluoxetine', '2023-02-01'], ['bupropion', '2024-01-05'], ['metformin', '2024-06-01']),
    );
    expect([then?.phenotype, then?.until]).toEqual(['Poor Metabolizer', '2024-01-05']);
  });

  it('are not told where none of them changed the phenotype', () => {
    expect(formerPhenotype(rules, result('CYP2D6', '*4/*4'), former(['bupropion', '2024-01-05']))).toEqual({});
  });
});
