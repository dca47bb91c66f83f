import { expect, it } from 'vitest';
import { markedChart } from '#evals/datasets/marked-chart.ts';
import { loadTerminology } from '#pipelines/engines/terminology/index.ts';

const terminology = loadTerminology('pipelines/rules/terminology/2026.1');
const listed = (text: string): string[] =>
  markedChart([['2024-05-20', text]], { terminology }).allergies.map(
    ({ substance, reaction, interpreted }) => `${substance}|${reaction ?? ''}|${interpreted ? 'read' : 'verbatim'}`,
  );

it.each([
  ['No ACE inhibitor, given the newly recorded <C>lisinopril angioedema</C>.', ['lisinopril|angioedema|read']],
  ['Ceclor: serum sickness-like reaction as a toddler.', ['Ceclor|serum sickness|read']],
  ['Past history: asthma.\ncodeine nausea\n', ['codeine nausea||verbatim']],
  ['Difene - ulcer bleed 2010', ['Difene - ulcer bleed 2010||verbatim']],
  ['Penicillin gave her a rash as a child.', ['Penicillin gave her a rash as a child.||verbatim']],
  ['Says codeine makes him vomit.', ['Says codeine makes him vomit.||verbatim']],
  ['Bad reaction to morphine after the hip.', ['Bad reaction to morphine after the hip.||verbatim']],
  ['Cannot take aspirin.', ['Cannot take aspirin.||verbatim']],
  ['Known phenytoin toxicity 9/2021', ['Known phenytoin toxicity 9/2021||verbatim']],
])('loses no reaction that stands beside its drug without a word of allergy: "%s"', (text, expected) =>
  expect(listed(text)).toEqual(expected),
);

it.each([
  'Ondansetron - nausea',
  'Warfarin bleeding risk was discussed.',
  'No lisinopril angioedema.',
  'Loperamide: diarrhea',
  'Her grandfather lost sheets of skin on allopurinol (SJS).',
  'Magnesium toxicity, calcium gluconate 1 g given.',
  'No rash with penicillin.',
  'Call for fever or rash on the sulfa.',
  'Hydrocortisone cream for itch',
  'She takes codeine and nausea has settled since the dose was cut in the spring.',
])('takes no allergy from a drug beside what it treats, a denial or a story: "%s"', (text) =>
  expect(listed(text)).toEqual([]),
);
