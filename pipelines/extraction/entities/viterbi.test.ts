import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../text/words.ts';
import { decodeEntities } from './decode-entities.ts';
import { bestPath, logSoftmax } from './viterbi.ts';

const O = [5, 0, 0, 0, 0];
const B_DRUG = [0, 5, 0, 0, 0];
const I_DRUG = [0, 0, 5, 0, 0];
const I_DOSE = [0, 0, 0, 0, 5];
const scores = (...rows: number[][]): Float32Array => Float32Array.from(rows.flat());

describe('bestPath', () => {
  it('lets I follow only B or I of its label', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.float({ min: -9, max: 9, noNaN: true }), { minLength: 5, maxLength: 5 })),
        (rows) => {
          const path = bestPath(logSoftmax(scores(...rows), 5), 5);
          path.forEach((tag, word) => {
            if (tag > 0 && tag % 2 === 0) expect([tag - 1, tag]).toContain(path[word - 1]);
          });
        },
      ),
    );
  });

  it('finds the path of the highest sum, which no greedy choice would', () => {
    // I of Dose is best for the second word alone, but cannot follow B of Drug.
    expect([...bestPath(scores(B_DRUG, [0, 0, 4, 0, 5]), 5)]).toEqual([1, 2]);
  });
});

describe('decodeEntities', () => {
  it('reads a run of B and I as one entity and scores it by the mean of its tags', () => {
    const [entity, ...others] = decodeEntities(scores(O, B_DRUG, I_DRUG), wordsOf('took beta blocker'), [
      'Drug',
      'Dose',
    ]);
    expect(entity).toMatchObject({ from: 1, to: 3, label: 'Drug' });
    expect(entity!.score).toBeCloseTo(Math.exp(5) / (Math.exp(5) + 4), 6);
    expect(others).toEqual([]);
  });

  it('leaves newlines at the ends of an entity out', () => {
    const words = wordsOf('beta\nblocker\n');
    expect(decodeEntities(scores(B_DRUG, I_DRUG, I_DRUG, I_DRUG), words, ['Drug', 'Dose'])).toMatchObject([
      { from: 0, to: 3 },
    ]);
    expect(decodeEntities(scores(O, B_DRUG, O, O), words, ['Drug', 'Dose'])).toEqual([]);
  });

  it('starts a new entity at a change of label', () => {
    const read = decodeEntities(scores(B_DRUG, [0, 0, 0, 9, 0], I_DOSE), wordsOf('aspirin 75 mg'), ['Drug', 'Dose']);
    expect(read.map(({ label }) => label)).toEqual(['Drug', 'Dose']);
  });
});
