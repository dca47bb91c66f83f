import { describe, expect, it } from 'vitest';
import type { TaggedEntity, TaggedText } from '../../../contracts/token-tagger.ts';
import { addGenotypes } from './add-genotypes.ts';
import { findGenotypes } from './find-genotypes.ts';

const read = (text: string): string[] => findGenotypes(text).map(({ start, end }) => text.slice(start, end));

/** What the model might have read: `words: label`. */
function tagged(text: string, read: Readonly<Record<string, string>>): TaggedText {
  const entities = Object.entries(read).map(([words, label]): TaggedEntity => {
    const start = text.indexOf(words);
    return { id: words, label, start, end: start + words.length, score: 0.9, flags: [], action: null };
  });
  return { entities, relations: [] };
}

describe('findGenotypes', () => {
  it.each([
    ['CYP2D6 *4/*5', ['CYP2D6 *4/*5']],
    ['PGx: CYP2C19: *2/*17, CYP2D6 *1x2/*4.', ['CYP2C19: *2/*17', 'CYP2D6 *1x2/*4']],
    ['CYP2D6 *36+*10/*1', ['CYP2D6 *36+*10/*1']],
    ['Known CYP2C19 poor metaboliser', ['CYP2C19 poor metaboliser']],
    ['HLA-B*57:01 negative, HLA-B*15:02: positive', ['HLA-B*57:01 negative', 'HLA-B*15:02: positive']],
    ['DPYD c.1905+1G>A heterozygous', ['DPYD c.1905+1G>A heterozygous']],
    ['VKORC1 -1639 G>A A/A', ['VKORC1 -1639 G>A A/A']],
    ['SLCO1B1 rs4149056 T/C', ['SLCO1B1 rs4149056 T/C']],
    ['TPMT *3A het', ['TPMT *3A het']],
    ['factor V Leiden heterozygous', ['factor V Leiden heterozygous']],
  ])('reads %s', (text, found) => {
    expect(read(text)).toEqual(found);
  });

  it('takes no footnote, list mark, sum or gene alone for a genotype', () => {
    expect(read('* see below\n2*3 tablets\nCYP2D6 inhibitor\nBP 120/80* ok\nTest TPMT first')).toEqual([]);
  });
});

describe('addGenotypes', () => {
  const text = 'CYP2C19 *2/*17 on file';

  it('replaces a gene taken for a test and a diplotype taken for its value, with their relation', () => {
    const model = tagged(text, { CYP2C19: 'Test', '*2/*17': 'Value' });
    const relations = [{ type: 'of' as const, head: '*2/*17', tail: 'CYP2C19', score: 0.9 }];
    expect(addGenotypes({ ...model, relations }, text)).toMatchObject({
      entities: [{ id: 'r1', label: 'Genotype', start: 0, end: 14 }],
      relations: [],
    });
  });

  it('gives a genotype that was found in part its whole extent and leaves it its id', () => {
    expect(addGenotypes(tagged(text, { '*2/*17': 'Genotype' }), text).entities).toMatchObject([
      { id: '*2/*17', start: 0, end: 14, score: 0.9 },
    ]);
  });

  it('leaves conditions, and texts without genotypes, as they are', () => {
    const condition = tagged('factor V Leiden heterozygous', { 'factor V Leiden': 'Condition' });
    expect(addGenotypes(condition, 'factor V Leiden heterozygous')).toBe(condition);
    const none = tagged('fever', { fever: 'Finding' });
    expect(addGenotypes(none, 'fever')).toBe(none);
  });
});
