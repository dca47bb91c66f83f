import { describe, expect, it } from 'vitest';
import { indexOf } from '../evidence/chart-index.ts';
import { chartOf, markedNote, smallTerminology } from '../test-chart.ts';
import { readQuestion } from './read-question.ts';
import { outOfScope } from './scope.ts';

const chart = chartOf([
  markedNote(
    'n1',
    '2021-03-01',
    'clinic note',
    'Had a [stroke]{Condition}.\nMRI: old [stroke]{Condition}.\nOn [warfarin]{Medication}.',
  ),
]);
const index = indexOf(chart);
const scope = (text: string, others: readonly string[] = []) =>
  outOfScope(readQuestion(text, { index, terminology: smallTerminology, previous: [] }), index, others);

describe('the scope of a chart', () => {
  it.each([
    'does the MRI show a stroke as the cause?',
    'which type of stroke?',
    'does stroke run in the family?',
    'fracture on the film?',
    'is an x-ray film planned?',
    'what explains his very high warfarin level, and what would guidelines do?',
    'discharge warfarin: which dose?',
    "what's the indication for the warfarin?",
    'which relative is pregnant and what was advised?',
    'what did you tell her about her valve?',
    'which vessel is blocked and how badly?',
    'is mother immune to rubella?',
    'what did the MR show?',
    'why order MR arthrograms?',
    'repeat INR?',
    "what's the warfarin for",
    'what is warfarin for?',
    'how often per day should the warfarin be taken?',
    'sign that the stroke was old?',
  ])('holds "%s"', (text) => {
    expect(scope(text)).toBeNull();
  });

  it.each([
    "what's the usual starting dose of warfarin in adults?",
    'what are the side effects of warfarin?',
    "what's the max daily dose of warfarin in a 70 year old, asking for another pt",
    'can you put in an order for warfarin 5 mg now?',
    'what are the driving rules after a stroke in Germany?',
    'best stimulant for a six year old?',
    'recommend a good film',
    'discharge her today',
    'what do guidelines say about stroke?',
  ])('is left by "%s"', (text) => {
    expect(scope(text)).not.toBeNull();
  });

  it('is left by a name of the store and by one of nobody alike, with a capital or without', () => {
    for (const text of [
      'what about ottoline?',
      "ottoline's warfarin?",
      'is ottoline on warfarin?',
      'is Ottoline on warfarin?',
    ])
      expect([scope(text, ['Ottoline Vantongeren']), scope(text)]).toEqual(['another person', 'another person']);
  });

  it('takes a shortened drug, an abbreviation and a common word for no name', () => {
    expect(scope("now that warf's stopped, what next?")).toBeNull();
    expect(scope('has CPAP been tried?')).toBeNull();
    expect(scope('what about smoking?')).toBeNull();
  });
});
