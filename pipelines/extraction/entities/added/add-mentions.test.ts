import { describe, expect, it } from 'vitest';
import { loadTerminology } from '#pipelines/engines/terminology/index.ts';
import type { TaggedEntity, TaggedText } from '../../../contracts/token-tagger.ts';
import { findSections } from '../../../text/index.ts';
import { addMentions } from './add-mentions.ts';

const terminology = loadTerminology('pipelines/rules/terminology/2026.1');
const NOTHING: TaggedText = { entities: [], relations: [] };

const read = (text: string, tagged = NOTHING): TaggedText =>
  addMentions(tagged, { text, sections: findSections(text) }, terminology);

/** What is added, as `Label: words`. */
function added(text: string, tagged = NOTHING): string[] {
  const known = new Set(tagged.entities);
  return read(text, tagged)
    .entities.filter((entity) => !known.has(entity))
    .map(({ label, start, end }) => `${label}: ${text.slice(start, end)}`);
}

/** What the model might have read of a text. */
function entity(text: string, label: string, words: string, flags: TaggedEntity['flags'] = []): TaggedEntity {
  const start = text.indexOf(words);
  return { id: words, label, start, end: start + words.length, score: 0.9, flags, action: null };
}

describe('results that the model has passed over', () => {
  it.each([
    ['Labs: Na 138 K 4.2 Cr 1.9', ['Test: Na', 'Value: 138', 'Test: K', 'Value: 4.2', 'Test: Cr', 'Value: 1.9']],
    ['He had a hemoglobin of 8.8 g/dL.', ['Test: hemoglobin', 'Value: 8.8 g/dL']],
    ['BP158/92, HR91, RR16', ['Test: BP', 'Value: 158/92', 'Test: HR', 'Value: 91', 'Test: RR', 'Value: 16']],
    ['WBC14.3K', ['Test: WBC', 'Value: 14.3K']],
    ['Vitals: T 98.6, sats 97% RA', ['Test: T', 'Value: 98.6', 'Test: sats', 'Value: 97% RA']],
    ['EF 35-40% on echo', ['Test: EF', 'Value: 35-40%']],
    ['Her weight is 207 pounds.', ['Test: weight', 'Value: 207 pounds']],
    ['Troponin: negative.', ['Test: Troponin', 'Value: negative']],
    ['Hgb 8.8 (12-16)', ['Test: Hgb', 'Value: 8.8']],
  ])('reads %s', (text, expected) => {
    expect(added(text)).toEqual(expected);
  });

  it.each([
    ['goal A1c <7'],
    ['Call if SBP > 160'],
    ['Keep INR 2.5'],
    ['PT 3 times weekly'],
    ['Pt: 63F, seen with BP cuff'],
    ['potassium 20 mEq daily was due'],
    ['K 900'],
    ['Sodium 12/3/2021'],
  ])('takes no result from %s', (text) => {
    expect(added(text).filter((line) => /^(?:Test|Value)/.test(line))).toEqual([]);
  });

  it('adds the value beside a test of the model and points it at the test', () => {
    const text = 'Creatinine 1.4 today';
    const { entities, relations } = read(text, { entities: [entity(text, 'Test', 'Creatinine')], relations: [] });
    expect(entities.map(({ label }) => label)).toEqual(['Test', 'Value']);
    expect(relations).toMatchObject([{ type: 'of', head: entities[1]!.id, tail: 'Creatinine' }]);
  });

  it('adds no value to a test that is only planned', () => {
    const text = 'Recheck INR 2.4';
    expect(added(text, { entities: [entity(text, 'Test', 'INR', ['hyp'])], relations: [] })).toEqual([]);
  });

  it('reads an earlier value in brackets, but no limit of the reference', () => {
    expect(added('Hgb 8.2 (last week 9.0)')).toContain('Value: 9.0');
    expect(added('D-dimer 290 (<500)')).not.toContain('Value: <500');
  });
});

describe('medications of lists', () => {
  const drugs = (text: string): (string | null)[][] =>
    read(text)
      .entities.filter(({ label }) => label === 'Medication')
      .map(({ start, end, action }) => [text.slice(start, end), action]);

  it('reads bare names of a home list as taken', () => {
    expect(drugs('MEDS: Vasotec and Dyazide\n')).toEqual([
      ['Vasotec', 'continue'],
      ['Dyazide', 'continue'],
    ]);
    expect(drugs('DH: metformin, lisinopril , aspirin\n').map(([name]) => name)).toEqual([
      'metformin',
      'lisinopril',
      'aspirin',
    ]);
  });

  it('reads names of an allergy list as allergies', () => {
    expect(drugs('Allergies: penicillin, codeine')).toEqual([
      ['penicillin', 'allergy'],
      ['codeine', 'allergy'],
    ]);
  });

  it('reads dose, route and frequency behind a name', () => {
    expect(added('Medications:\n- metoprolol 25 mg PO BID')).toEqual([
      'Medication: metoprolol',
      'Dose: 25 mg',
      'Route: PO',
      'Frequency: BID',
    ]);
  });

  it('takes no drug from a denial', () => {
    expect(drugs('Medications: no aspirin')).toEqual([]);
  });
});

describe('conditions and dates', () => {
  it('reads a whole item of a problem list, and no symptom', () => {
    expect(added('PMH: HTN, GERD, cough')).toEqual(['Condition: HTN', 'Condition: GERD']);
  });

  it('reads a date, but no date of birth', () => {
    expect(added('Seen 3/12/2024.')).toEqual(['Time: 3/12/2024']);
    expect(added('DOB: 3/12/1950')).toEqual([]);
  });
});

describe('beside the model', () => {
  it('changes nothing of the model and touches none of its entities', () => {
    const text = 'BP158/92 noted';
    const model = { entities: [entity(text, 'Test', 'BP158')], relations: [] };
    expect(read(text, model).entities[0]).toBe(model.entities[0]);
    expect(added(text, model)).toEqual([]);
  });

  it('gives back what it was given where there is nothing to add', () => {
    expect(read('Feels well.')).toBe(NOTHING);
  });
});
