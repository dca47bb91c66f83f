import { describe, expect, it } from 'vitest';
import { confidenceOf } from './confidence.ts';
import type { Draft, DraftContext } from './types.ts';

const unit = { start: 0, end: 20, note: { note: { id: 'n1' } } };
const context = (chance: number, documented: number | null): DraftContext =>
  ({ documented, ranked: [{ unit, features: { chance } }] }) as unknown as DraftContext;
const draft = {
  claims: [{ text: 'K 4.1.', citations: [{ kind: 'note', noteId: 'n1', start: 3, end: 9 }] }],
  confidence: 0.8,
} as unknown as Draft;

describe('confidence', () => {
  it('rises with the chance that the cited sentence answers', () => {
    expect(confidenceOf(draft, context(0.9, 0.9))).toBeGreaterThan(confidenceOf(draft, context(0.1, 0.9)));
    expect(confidenceOf(draft, context(0.9, 0.9))).toBeGreaterThan(0.9);
  });

  it('stays between 0 and 1 at both ends', () => {
    for (const confidence of [0, 1])
      for (const chance of [0, 1]) {
        const found = confidenceOf({ ...draft, confidence }, context(chance, 1));
        expect(found).toBeGreaterThan(0);
        expect(found).toBeLessThan(1);
      }
  });

  it("is the rule's own where no model read the sentences", () => {
    expect(confidenceOf(draft, context(0, null))).toBe(0.8);
  });
});
