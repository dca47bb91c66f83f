import { describe, expect, it } from 'vitest';
import { namesSomeoneElse } from './sample-name.ts';

const patient = { name: 'Anna María Lindqvist', identifiers: ['MRN-0048213'] };

describe('the sample name of a VCF', () => {
  it.each([
    'Lindqvist_Anna',
    'ANNA MARIA LINDQVIST',
    'MRN0048213',
    '0048213-A',
    'NA12878',
    'S1',
    'tumor_normal',
    'Sample_A',
  ])('%s does not speak against the patient', (sample) => {
    expect(namesSomeoneElse(sample, patient)).toBe(false);
  });
  it.each(['Ortega_Luis', 'Luis Ortega', 'MRN0048999'])('%s names someone else', (sample) => {
    expect(namesSomeoneElse(sample, patient)).toBe(true);
  });
  it('says nothing of a patient whose name is not known', () => {
    expect(namesSomeoneElse('Luis Ortega', { name: '', identifiers: [] })).toBe(false);
  });
});
