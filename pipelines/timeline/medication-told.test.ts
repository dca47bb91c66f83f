import { describe, expect, it } from 'vitest';
import type { MedicationFact } from '#pipelines/domain/chart.ts';
import type { MarkedNotes } from '#evals/datasets/marked-chart.ts';
import { markedChart } from '#evals/datasets/marked-chart.ts';

function drug(name: string, notes: MarkedNotes, asOf?: string): MedicationFact {
  const chart = markedChart(notes, asOf === undefined ? {} : { asOf });
  return chart.medications.find(({ concept }) => concept === name)!;
}

describe('what is only told, planned or written apart', () => {
  it('joins a combination that the reader cut in two, and leaves a list of two drugs apart', () => {
    const chart = markedChart([
      [
        '2024-01-10',
        'Meds: <M act=continue>sacubitril/</M><M id=m1 act=continue>valsartan</M> <D of=m1>49/51 mg</D> <F of=m1>BID</F>',
      ],
      ['2024-01-11', 'Allergic to <M act=allergy>codeine</M>/<M act=allergy>tramadol</M>.'],
    ]);
    expect(chart.medications.map(({ concept, dose }) => [concept, dose])).toEqual([
      ['sacubitril/valsartan', '49/51 mg'],
      ['codeine', null],
      ['tramadol', null],
    ]);
  });

  it('goes on with a drug whose stop lies ahead', () => {
    const likely = drug('prasugrel', [
      ['2024-01-10', 'Meds: <M id=m1 act=continue>prasugrel</M> <D of=m1>10 mg</D> <F of=m1>daily</F>'],
      ['2024-02-10', 'Two antiplatelets until June, then likely stop <M act=stop>prasugrel</M>.'],
    ]);
    expect(likely.status).toBe('active');
    const until = drug('clopidogrel', [
      ['2024-01-10', 'Plan: <M id=m1 act=stop>clopidogrel</M> <D of=m1>75 mg</D> daily through 4/10/2024, then stop.'],
    ]);
    expect(until.status).toBe('active');
  });

  it('does not change a drug by what will be tried or waits for something', () => {
    const tried = drug('clobazam', [
      ['2024-01-10', 'Meds: <M id=m1 act=continue>clobazam</M> <D of=m1>10 mg</D> <F of=m1>nightly</F>'],
      ['2024-02-10', 'Before a pregnancy we will try to drop <M act=stop>clobazam</M> first.'],
    ]);
    expect(tried.status).toBe('active');
    const waiting = drug('sertraline', [
      ['2024-01-10', 'Meds: <M id=m1 act=continue>sertraline</M> <D of=m1>100 mg</D> <F of=m1>daily</F>'],
      [
        '2024-02-10',
        'If still well in June will step down to <M id=m1 act=decrease>sertraline</M> <D of=m1>50 mg</D>.',
      ],
    ]);
    expect(waiting).toMatchObject({ status: 'active', dose: '100 mg' });
  });

  it('takes the strength of an insulin neither for its name nor for its dose', () => {
    const fact = drug('tresiba', [
      [
        '2024-01-10',
        'Meds: <M id=m1 act=continue>Tresiba U-</M><D of=m1>100</D> <D of=m1>34 units</D> <F of=m1>daily</F>',
      ],
    ]);
    expect(fact).toMatchObject({ status: 'active', dose: '34 units' });
  });

  it('ends with a report of a stop after an earlier start', () => {
    const fact = drug('amlodipine', [
      ['2024-01-10', 'Started on <M act=start>amlodipine</M>, then stopped <M act=stop>amlodipine</M> for swelling.'],
    ]);
    expect(fact.status).toBe('stopped');
  });

  it('takes a drug off that a later note says was never taken, and of one dose only that dose', () => {
    const filled = drug('gabapentin', [
      ['2024-01-10', 'Meds: <M id=m1 act=continue>gabapentin</M> <D of=m1>300 mg</D> <F of=m1>nightly</F>'],
      ['2024-06-10', 'Reconciled.\n- <M>Gabapentin</M>: on our list since January. She never filled it.'],
    ]);
    expect(filled.status).toBe('considered');
    const dose = drug('atorvastatin', [
      ['2024-01-10', 'Meds: <M id=m1 act=continue>atorvastatin</M> <D of=m1>40 mg</D> <F of=m1>nightly</F>'],
      ['2024-06-10', '<M id=m1>Atorvastatin</M> <D of=m1>80 mg</D> was never filled.'],
    ]);
    expect(dose).toMatchObject({ status: 'active', dose: '40 mg' });
    const other = drug('rivaroxaban', [
      ['2024-01-10', 'She takes <M id=m1 act=continue>rivaroxaban</M> <D of=m1>20 mg</D>. She never had a stroke.'],
    ]);
    expect(other.status).toBe('active');
  });

  it('lets the list of a note overrule a hold of an earlier day that its story tells', () => {
    const fact = drug('metformin', [
      [
        '2024-01-10',
        '<M id=m1 act=hold>Metformin</M> was held <W of=m1>1/3/24</W> before the scan.\n\nMedications:\n<M id=m2 act=continue>metformin</M> <D of=m2>500 mg</D> <F of=m2>BID</F>',
      ],
    ]);
    expect(fact.status).toBe('active');
  });

  it('takes an amount in the blood for no dose', () => {
    const chart = markedChart([
      [
        '2025-09-10',
        'On <M id=m1 act=continue>clozapine</M> <D of=m1>50 mg</D> <F of=m1>mane</F>.\n<M id=m2 act=continue>Clozapine</M> <D of=m2>0.41 mg/L</D>.',
      ],
    ]);
    expect(chart.medications.map(({ concept, dose }) => [concept, dose])).toEqual([['clozapine', '50 mg']]);
  });

  it('takes the dose that a sentence ends with for the one in force', () => {
    const now = drug('mirtazapine', [
      [
        '2025-10-15',
        '<M id=m1 act=increase>Mirtazapine</M> up to <D of=m1>22.5 mg</D> in <W>May</W> for low mood; now 30 mg hs since 9/3.',
      ],
    ]);
    expect(now).toMatchObject({ status: 'active', dose: '30 mg' });
  });

  it("reads a letter's paragraphs as no part of the list that heads it", () => {
    const letter = drug('carbamazepine', [
      [
        '2022-06-09',
        'Medications\n<M id=m1 act=continue>levetiracetam</M> <D of=m1>500 mg</D> bd\n\nThank you for asking me to see her, who was well and is back at work. My colleague had mentioned <M>carbamazepine</M> and I have said no.',
      ],
    ]);
    expect(letter.status).not.toBe('active');
  });

  it.each([
    '<D of=m1>12.5</D> (on the Linden list - not taking; told them to strike it)',
    '<D of=m1>5 mg</D> <F of=m1>BID</F> (old list, no longer taking)',
  ])('does not take for taken what a bracket says is listed only: "%s"', (words) => {
    expect(drug('losartan', [['2024-01-10', `Meds: <M id=m1 act=continue>losartan</M> ${words}`]]).status).toBe(
      'stopped',
    );
  });

  it('lets a bracket speak of its own drug alone', () => {
    const words =
      'Meds: <M id=m1 act=continue>losartan</M> <D of=m1>25</D>, <M id=m2 act=continue>apixaban</M> (not taking)';
    expect(drug('losartan', [['2024-01-10', words]]).status).toBe('active');
  });

  it('takes the number of a test before "now" for no dose', () => {
    const words =
      'Continue <M id=m1 act=continue>metformin</M> <D of=m1>500 mg</D> BID, <T id=t1>lactate</T> <V of=t1>4</V> mmol now.';
    expect(drug('metformin', [['2024-01-10', words]]).dose).toBe('500 mg');
  });
});
