import type { Terminology } from '#pipelines/contracts/terminology.ts';

const DRUGS = ['lisinopril', 'warfarin', 'metoprolol', 'penicillin'];
const TESTS = ['inr', 'potassium'];
const CONDITIONS = ['atrial fibrillation', 'hypertension', 'dry cough', 'chest pain'];

/** A terminology of a few concepts, so that tests of the server stand on no rule data. */
export const fakeTerminology: Terminology = {
  releases: ['fake-terminology/1'],
  medication: (words) => {
    const name = words.toLowerCase();
    return DRUGS.includes(name) ? { name, ingredients: [name], classes: [], codes: [], isClass: false } : null;
  },
  condition: (words) => {
    const name = words.toLowerCase();
    return CONDITIONS.includes(name) ? { name, codes: [] } : null;
  },
  test: (words) => {
    const name = words.toLowerCase();
    return TESTS.includes(name) ? { name, codes: [], units: [], referenceRange: null } : null;
  },
  conceptKey: (_label, words) => words.toLowerCase(),
  expansions: () => [],
  synonyms: () => [],
  membersOfClass: () => [],
  membersOfPanel: () => [],
};
