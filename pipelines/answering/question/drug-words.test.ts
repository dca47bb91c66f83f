import { describe, expect, it } from 'vitest';
import { loadTerminology } from '../../engines/terminology/index.ts';
import { indexOf } from '../evidence/chart-index.ts';
import { chartOf, markedNote, resultOf } from '../test-chart.ts';
import { findSubjects } from './subjects.ts';

const terminology = loadTerminology('pipelines/rules/terminology/2026.1');
const note = markedNote(
  'n1',
  '2021-03-01',
  'clinic note',
  '[Lithium]{Test} 0.7. [Gabapentin]{Medication continue} 300 mg nightly. [Spiriva]{Medication continue} daily.',
);
const index = indexOf(chartOf([note], { results: [resultOf(note, '0.7', 'lithium level', '0.7')] }));
const kindsOf = (text: string): string[] =>
  findSubjects(text, index, terminology).map(({ kind, key }) => `${kind} ${key}`);

describe('drugs and classes as they are asked for', () => {
  it('knows a class by what its tablets are called at the bedside', () => {
    expect(kindsOf('Is he still on the water tablet?')).toEqual(['class diuretic']);
    expect(kindsOf('current anti-seizure meds')).toEqual(['class antiepileptic']);
    expect(kindsOf('lipid lowering meds')).toEqual(['class lipid-lowering agent']);
  });

  it('takes a drug with its form for the drug', () => {
    expect(kindsOf('was the tiotropium inhaler ever used?')[0]).toBe('medication tiotropium');
  });

  it('takes a drug for a blood test only where its level is asked or was measured', () => {
    expect(kindsOf('does gabapentin help?')[0]).toBe('medication gabapentin');
    expect(kindsOf('latest potassium')[0]).toMatch(/^test/);
    expect(kindsOf('vancomycin trough')[0]).toMatch(/^test/);
    expect(kindsOf('dose of lithium')[0]).toBe('medication lithium');
  });
});
