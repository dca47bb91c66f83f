import { describe, expect, it } from 'vitest';
import type { NoteCitation } from '../../domain/evidence.ts';
import { citeNote } from '../../domain/evidence.ts';
import type { NoteId } from '../../domain/ids.ts';
import { asId } from '../../domain/ids.ts';
import type { DraftClaim } from '../draft/types.ts';
import { indexOf } from '../evidence/chart-index.ts';
import { chartOf, markedNote, smallTerminology } from '../test-chart.ts';
import { verifyClaims } from './gate.ts';

const note = markedNote(
  'n1',
  '2022-05-02',
  'clinic note',
  'Denies [fever]{Finding neg}. [Creatinine]{Test} [1.4]{Value} on 4/18/22.\nMother had a [stroke]{Condition fam}.',
);
const index = indexOf(chartOf([note]));

function cite(words: string): NoteCitation {
  const start = note.note.text.indexOf(words);
  return citeNote(note.note, { start, end: start + words.length });
}
function refusals(claim: Partial<DraftClaim> & Pick<DraftClaim, 'text' | 'citations'>): readonly string[] {
  return verifyClaims([{ polarity: 'quoted', ...claim }], index, smallTerminology).refused;
}

describe('the gate', () => {
  it('lets a claim through whose number and date stand in the cited sentence', () => {
    expect(refusals({ text: 'Creatinine 1.4 on 18 Apr 2022.', citations: [cite('Creatinine 1.4')] })).toEqual([]);
  });
  it('refuses a number that the cited words do not hold', () => {
    expect(refusals({ text: 'Creatinine 1.9.', citations: [cite('Creatinine 1.4')] })).toEqual(['number-not-cited']);
  });
  it('refuses a date that neither the note nor its date gives', () => {
    expect(refusals({ text: 'Creatinine 1.4 on 18 Apr 2020.', citations: [cite('Creatinine 1.4')] })).toEqual([
      'number-not-cited',
    ]);
  });
  it('refuses a drug that is not cited', () => {
    expect(refusals({ text: 'Takes warfarin.', citations: [cite('Creatinine 1.4')] })).toEqual(['drug-not-cited']);
  });
  it('takes a drug in the name of the note for none, and only there', () => {
    const clinic = markedNote('n2', '2022-06-01', 'warfarin clinic note', '[INR]{Test} [2.4]{Value} today.');
    const place = citeNote(clinic.note, { start: 0, end: 7 });
    const claim = (text: string): DraftClaim => ({ text, citations: [place], polarity: 'quoted' });
    const refused = (text: string): readonly string[] =>
      verifyClaims([claim(text)], indexOf(chartOf([clinic])), smallTerminology).refused;
    expect(refused('Warfarin clinic note, 1 Jun 2022: "INR 2.4"')).toEqual([]);
    expect(refused('Takes warfarin: INR 2.4.')).toEqual(['drug-not-cited']);
  });
  it('refuses to assert what the cited words deny', () => {
    expect(refusals({ text: 'Has fever.', citations: [cite('fever')], polarity: 'present' })).toEqual([
      'polarity-disagrees',
    ]);
  });
  it('refuses a denial without a cue or a denied mention', () => {
    expect(refusals({ text: 'No stroke.', citations: [cite('stroke')], polarity: 'denied' })).toEqual([
      'polarity-disagrees',
    ]);
  });
  it('refuses a relative’s illness as the patient’s', () => {
    expect(refusals({ text: 'Had a stroke.', citations: [cite('stroke')], polarity: 'present' })).toEqual([
      'experiencer-disagrees',
    ]);
  });
  it('refuses a quote that does not stand at its span', () => {
    expect(refusals({ text: 'x', citations: [{ ...cite('fever'), quote: 'chills' }] })).toEqual(['quote-not-at-span']);
  });
  it('refuses a note of another patient', () => {
    expect(refusals({ text: 'x', citations: [{ ...cite('fever'), noteId: asId<NoteId>('other') }] })).toEqual([
      'note-of-other-patient',
    ]);
  });
});
