import { expect, it } from 'vitest';
import { surenessWords } from './sureness.ts';

it('says in round numbers how often answers rated alike were right, and never always or never', () => {
  expect(surenessWords(0.77)).toMatch(/^about 75 of 100 answers/);
  expect(surenessWords(0.999)).toMatch(/^about 90 of 100/);
  expect(surenessWords(0.3)).toMatch(/^fewer than half/);
});

it('says nothing of an answer without a rating', () => {
  expect(surenessWords(undefined)).toBeNull();
});
