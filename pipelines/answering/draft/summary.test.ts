import { expect, it } from 'vitest';
import { claimsFor } from '#evals/datasets/ask-marked.ts';

it('an overview tells a section of both assessment and plan once', async () => {
  const text =
    'ASSESSMENT AND PLAN\nLikely <C>tension headache</C>, no red flags today.\nKeep a diary of the headaches.';
  const told = (await claimsFor([['2024-05-02', text]], 'summarise this patient')).join(' ');
  expect(told.match(/tension headache/g)).toHaveLength(1);
  expect(told).toContain('Keep a diary');
});
