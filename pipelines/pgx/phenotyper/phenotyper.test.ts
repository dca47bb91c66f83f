import { describe, expect, it } from 'vitest';
import { loadPgxRules } from '../../engines/pgx-rules/index.ts';
import {
  lowestFunctionPair,
  normaliseScore,
  phenotypeAlone,
  phenotypeOfAlleles,
  phenotypeOfScoreAlone,
} from './index.ts';

const rules = loadPgxRules();
const gene = (name: string) => rules.genes.get(name)!;

describe('a diplotype', () => {
  // Expected values: CPIC allele functionality and diplotype tables as in the release.
  it.each([
    ['CYP2D6', ['*4', '*5'], 'Poor Metabolizer', '0.0'],
    ['CYP2D6', ['*1x2', '*4'], 'Normal Metabolizer', '2.0'],
    ['CYP2D6', ['*36 + *10', '*1'], 'Normal Metabolizer', '1.25'],
    ['CYP2D6', ['*1x≥3', '*41'], 'Ultrarapid Metabolizer', '≥3.25'],
    ['CYP2D6', ['*1', '*28'], 'Indeterminate', 'n/a'],
    ['CYP2C9', ['*2', '*3'], 'Poor Metabolizer', '0.5'],
    ['DPYD', ['Reference', 'c.2846A>T'], 'Intermediate Metabolizer', '1.5'],
  ])('of %s %j is a %s with score %s', (name, alleles, phenotype, score) => {
    expect(phenotypeOfAlleles(rules, name, alleles)).toEqual({
      phenotypes: [phenotype],
      activityScore: score,
      lookupKeys: [score],
    });
  });

  it('of a gene without scores is looked up by its phenotype', () => {
    expect(phenotypeOfAlleles(rules, 'CYP2C19', ['*17', '*2'])).toEqual({
      phenotypes: ['Intermediate Metabolizer'],
      activityScore: null,
      lookupKeys: ['Intermediate Metabolizer'],
    });
  });

  it('with an allele that the release does not know is not guessed', () => {
    expect(phenotypeOfAlleles(rules, 'CYP2D6', ['*1', '*999']).phenotypes).toEqual(['Indeterminate']);
    expect(phenotypeOfAlleles(rules, 'UGT1A1', ['*1', '*60']).phenotypes).toEqual(['n/a']);
  });

  it('of one allele is read for a hemizygous man', () => {
    expect(phenotypeOfAlleles(rules, 'G6PD', ['A- 202A_376G']).phenotypes).toEqual(['Deficient']);
  });

  it('of HLA typing says of every allele that matters whether it is there', () => {
    expect(phenotypeOfAlleles(rules, 'HLA-B', ['*57:01', '*07:02']).lookupKeys).toEqual([
      '*15:02 negative',
      '*57:01 positive',
      '*58:01 negative',
    ]);
  });
});

describe('a score without a diplotype', () => {
  it('is read as a number, whatever its spelling', () => {
    expect(['1', '0', '>=3', '1,25', 'abc'].map(normaliseScore)).toEqual(['1.0', '0.0', '≥3.0', '1.25', null]);
  });
  it('that halving by an inhibitor gives still has a phenotype', () => {
    expect(phenotypeOfScoreAlone(gene('CYP2D6'), '0.625').phenotypes).toEqual(['Intermediate Metabolizer']);
  });
  it('that no pair of alleles gives is indeterminate', () => {
    expect(phenotypeOfScoreAlone(gene('CYP2C9'), '0.75').phenotypes).toEqual(['Indeterminate']);
  });
});

describe('a phenotype without a diplotype', () => {
  it('stands for every score that has it', () => {
    expect(phenotypeAlone(gene('CYP2D6'), 'Intermediate Metabolizer').lookupKeys).toEqual([
      '0.25',
      '0.5',
      '0.75',
      '1.0',
    ]);
    expect(phenotypeAlone(gene('DPYD'), 'Intermediate Metabolizer').lookupKeys).toEqual(['1.0', '1.5']);
    expect(phenotypeAlone(gene('CYP2D6'), 'Ultrarapid Metabolizer').lookupKeys).toEqual(
      '2.5 2.75 3.0 4.0 ≥3.0 ≥3.25 ≥3.5 ≥3.75 ≥4.0 ≥5.0 ≥6.0'.split(' '),
    );
  });
});

describe('the lowest function', () => {
  it('takes the worst variant of each strand', () => {
    expect(lowestFunctionPair(gene('DPYD'), [['c.1905+1G>A (*2A)'], ['c.498G>A', 'c.2933A>G']])).toEqual([
      'c.1905+1G>A (*2A)',
      'c.2933A>G',
    ]);
  });
  it('takes the two worst where the strands are not known', () => {
    expect(lowestFunctionPair(gene('RYR1'), [['c.10042C>T', 'c.7300G>A', 'c.1840C>T']])).toEqual([
      'c.1840C>T',
      'c.7300G>A',
    ]);
  });
});
