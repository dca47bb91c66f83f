import { describe, expect, it } from 'vitest';
import { findSections } from './sections.ts';

const read = (text: string): string[] =>
  findSections(text).map(({ category, title }) => `${title ? text.slice(title.start, title.end) : '-'}: ${category}`);

describe('findSections', () => {
  it('knows headers in title case, capitals and as abbreviations', () => {
    expect(read('Allergies: NKDA\nPMH:\nHTN\n\nASSESSMENT AND PLAN\n1. HTN')).toEqual([
      'Allergies: allergies',
      'PMH: past_medical_history',
      'ASSESSMENT AND PLAN: observation_and_plan',
    ]);
  });

  it('knows British headers', () => {
    expect(read('PC: SOB\nHPC: 3/7 cough\nDHx: ramipril\nO/E: creps\nIx: CXR\nImp: CAP')).toEqual([
      'PC: chief_complaint',
      'HPC: history_of_present_illness',
      'DHx: medications',
      'O/E: physical_exam',
      'Ix: labs_and_studies',
      'Imp: observation_and_plan',
    ]);
  });

  it('reads S, O, A and P as headers at the start of a line alone', () => {
    expect(read('S: well\nO: BP 120/80, O: none\nA: HTN\nP: continue')).toEqual([
      'S: history_of_present_illness',
      'O: physical_exam',
      'A: observation_and_plan',
      'P: observation_and_plan',
    ]);
  });

  it('finds several headers on one telegraphic line', () => {
    expect(read('62F w/ cough. PMH: COPD. Meds: Spiriva. FHx: father MI.')).toEqual([
      '-: other',
      'PMH: past_medical_history',
      'Meds: medications',
      'FHx: family_history',
    ]);
  });

  it('reads an unknown title by a telling word, and a line in capitals as a section of its own', () => {
    expect(read('Meds on transfer:\nheparin\n\nBEDSIDE SWALLOW TRIALS\nthin liquids')).toEqual([
      'Meds on transfer: medications',
      'BEDSIDE SWALLOW TRIALS: other',
    ]);
  });

  it('takes no result, list item or shouted sentence for a header', () => {
    expect(read('Na: 140\n- HTN\nBP: 120/80')).toEqual(['-: other']);
    expect(read('PT SEEN AND EXAMINED.\n\nDENIES CHEST PAIN\n\nWILL CONTINUE ASPIRIN')).toEqual(['-: other']);
  });

  it('adjoins its sections and covers the whole text', () => {
    const text = 'Seen in clinic.\r\n\r\nMEDS\r\naspirin 😀\r\nPlan: stop';
    const sections = findSections(text);
    expect(sections.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
    expect(read(text)).toEqual(['-: other', 'MEDS: medications', 'Plan: observation_and_plan']);
  });

  it('finds nothing in white space', () => {
    expect(findSections(' \n\t')).toEqual([]);
  });
});
