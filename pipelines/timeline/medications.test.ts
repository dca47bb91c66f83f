import { describe, expect, it } from 'vitest';
import type { MedicationFact } from '#pipelines/domain/chart.ts';
import type { MarkedNotes } from '#evals/datasets/marked-chart.ts';
import { markedChart } from '#evals/datasets/marked-chart.ts';
import { loadTerminology } from '../engines/terminology/index.ts';
import { stopMembersOfClasses } from './reconcile/class-stops.ts';

function drug(name: string, notes: MarkedNotes, asOf?: string): MedicationFact {
  const chart = markedChart(notes, asOf === undefined ? {} : { asOf });
  return chart.medications.find(({ concept }) => concept === name)!;
}

describe('the state of a medication', () => {
  it('is active from a start, with its dose and frequency verbatim', () => {
    const fact = drug('apixaban', [
      [
        '2024-01-10',
        'Start <M id=m1 act=start for=c1>apixaban</M> <D of=m1>5 mg</D> <R of=m1>PO</R> <F of=m1>BID</F> for <C id=c1>AF</C>.',
      ],
    ]);
    expect(fact).toMatchObject({ status: 'active', dose: '5 mg', route: 'PO', frequency: 'BID', indication: 'AF' });
    expect(fact.start).toMatchObject({ start: '2024-01-10', anchor: 'note-date' });
  });

  it('knows brand and generic as one drug', () => {
    const chart = markedChart([
      ['2024-01-10', 'Meds: <M id=m1 act=continue>Eliquis</M> <D of=m1>5 mg</D> <F of=m1>BID</F>'],
      ['2024-03-01', 'Meds: <M id=m1 act=continue>apixaban</M> <D of=m1>2.5 mg</D> <F of=m1>BID</F>'],
    ]);
    expect(chart.medications).toHaveLength(1);
    expect(chart.medications[0]).toMatchObject({
      dose: '2.5 mg',
      firstAsserted: '2024-01-10',
      lastAsserted: '2024-03-01',
    });
  });

  it('is stopped by a later note, with the date and the reason in its words', () => {
    const fact = drug('lisinopril', [
      ['2024-01-10', 'Home meds: <M id=m1 act=continue>lisinopril</M> <D of=m1>20 mg</D> <F of=m1>daily</F>'],
      ['2024-03-05', '<M id=m2 act=stop>Lisinopril</M> stopped <W of=m2>3/2/24</W> due to <S by=m2>dry cough</S>.'],
    ]);
    expect(fact).toMatchObject({ status: 'stopped', stopReason: 'dry cough', dose: '20 mg' });
    expect(fact.stop).toMatchObject({ start: '2024-03-02', anchor: 'stated' });
  });

  it('follows hold and restart, and a taper', () => {
    const held: MarkedNotes = [
      ['2024-01-10', 'Meds: <M id=m1 act=continue>metformin</M> <D of=m1>1000 mg</D> <F of=m1>BID</F>'],
      ['2024-02-01', 'Hold <M act=hold>metformin</M> for contrast.'],
    ];
    expect(drug('metformin', held).status).toBe('on-hold');
    const again = drug('metformin', [
      ...held,
      ['2024-02-03', 'Restart <M id=m2 act=start>metformin</M> <D of=m2>500 mg</D> <F of=m2>BID</F>.'],
    ]);
    expect(again).toMatchObject({ status: 'active', dose: '500 mg' });
    expect(again.steps.map(({ action }) => action)).toEqual(['continue', 'hold', 'resume']);
  });

  it.each([
    ['<D of=m1>100</D> -> <D of=m1>150</D> <F of=m1>BID</F>', '150', 'increase'],
    ['<D of=m1>100</D> -> 150 <F of=m1>BID</F>', '150', 'increase'],
    ['<D of=m1>10 mg</D> → 5 mg <F of=m1>daily</F>', '5 mg', 'decrease'],
    ['<D of=m1>180</D> <F of=m1>BID</F>, now 360 BID', '360', 'increase'],
    ['<D of=m1>0.2 mcg/kg/min</D> -> 0.05 mcg/kg/min', '0.05 mcg/kg/min', 'decrease'],
    ['<D of=m1>1 g</D> -> 500 <F of=m1>BID</F>', '500', 'decrease'],
    ['begun 10/30, <D of=m1>1</D> TID up to 2 TID; SBP 86 and faint at 2, so 1.5 TID now', '1.5', 'increase'],
    ['<D of=m1>5</D> to 4 mg now', '4 mg', 'decrease'],
  ])('follows the change in "%s"', (words, dose, action) => {
    const fact = drug('lacosamide', [['2024-01-10', `<M id=m1 act=decrease>Lacosamide</M> ${words}.`]]);
    expect(fact.dose).toBe(dose);
    expect(fact.steps.map((step) => step.action)).toEqual([action]);
  });

  it('takes the new dose of a change and not the former one', () => {
    const notes: MarkedNotes = [
      [
        '2024-01-10',
        'Increase <M id=m1 act=increase>atorvastatin</M> from <D of=m1>40 mg</D> to <D of=m1>80 mg</D> <F of=m1>nightly</F>.',
      ],
    ];
    expect(drug('atorvastatin', notes).dose).toBe('80 mg');
    const listed: MarkedNotes = [
      [
        '2024-01-10',
        'Meds: <M id=m1 act=continue>Lipitor</M> <D of=m1>80 mg</D> <F of=m1>nightly</F> (was <D of=m1>40 mg</D>)',
      ],
    ];
    expect(drug('atorvastatin', listed).dose).toBe('80 mg');
  });

  it('finds dose and frequency beside the drug where no relation links them', () => {
    const fact = drug('ramipril', [
      [
        '2024-01-10',
        'Meds: <M act=continue>ramipril</M> <D>5 mg</D> <F>od</F>, <M act=continue>aspirin</M> <D>75 mg</D> <F>od</F>',
      ],
    ]);
    expect(fact).toMatchObject({ dose: '5 mg', frequency: 'od' });
  });

  it('lets the plan of a note overrule its own home list', () => {
    const notes: MarkedNotes = [
      ['2024-01-10', 'Home meds: <M act=continue>naproxen</M>\n\nPlan:\n- Stop <M act=stop>naproxen</M>.'],
    ];
    expect(drug('naproxen', notes).status).toBe('stopped');
  });

  it('is not changed by an order for another day', () => {
    const start: MarkedNotes[number] = [
      '2024-01-10',
      'Meds: <M id=m1 act=continue>clopidogrel</M> <D of=m1>75 mg</D> <F of=m1>daily</F>',
    ];
    expect(
      drug('clopidogrel', [start, ['2024-02-01', 'Do not stop <M act=stop>clopidogrel</M> without calling us.']])
        .status,
    ).toBe('active');
    expect(drug('clopidogrel', [start, ['2024-02-01', 'Hold <M act=hold>clopidogrel</M> if bleeding.']]).status).toBe(
      'active',
    );
  });

  it('does not call current what is only planned, considered, denied or given once', () => {
    expect(drug('spironolactone', [['2024-01-10', 'Will consider <M act=start hyp>spironolactone</M>.']]).status).toBe(
      'planned',
    );
    expect(drug('doacs', [['2024-01-10', 'We discussed <M hyp>DOACs</M>.']]).status).toBe('considered');
    expect(drug('amiodarone', [['2024-01-10', 'Not on <M neg>amiodarone</M>.']]).status).toBe('considered');
    expect(
      drug('vitamin k', [['2024-01-10', 'Given <M id=m1 act=start>vitamin K</M> <D of=m1>2.5 mg</D> <F of=m1>x1</F>.']])
        .status,
    ).toBe('historical');
    expect(drug('sulfa', [['2024-01-10', 'Allergies: <M act=allergy>sulfa</M>']]).status).toBe('allergy');
  });

  it('ends a course of stated length', () => {
    const course: MarkedNotes[number] = [
      '2024-01-10',
      'Plan: start <M id=m1 act=start>amoxicillin</M> <D of=m1>500 mg</D> <F of=m1>TID</F> <U of=m1>x 7 days</U>.',
    ];
    expect(drug('amoxicillin', [course]).status).toBe('active');
    const later = drug('amoxicillin', [course, ['2024-03-01', 'Well today.']]);
    expect(later.status).toBe('historical');
    expect(later.stop).toMatchObject({ start: '2024-01-17', anchor: 'relative' });
  });

  it.each([
    ['through 2/21', '2024-02-21'],
    ['until Wed 21 Feb 2024', '2024-02-21'],
    ['(end date: 02/21/2024)', '2024-02-21'],
  ])('ends a course on the day that the note states: %s', (words, day) => {
    const course: MarkedNotes[number] = [
      '2024-01-10',
      `Plan: start <M id=m1 act=start>cefazolin</M> <D of=m1>2 g</D> <F of=m1>q8h</F> ${words}.`,
    ];
    expect(drug('cefazolin', [course, ['2024-02-21', 'Well today.']]).status).toBe('active');
    const later = drug('cefazolin', [course, ['2024-03-01', 'Well today.']]);
    expect(later).toMatchObject({ status: 'historical', stop: { start: day, anchor: 'stated' } });
  });

  it.each([
    ['11/06/23 1900 - 11/07/23 0700', '2023-11-07', '2023-11-06', '2023-11-07'],
    ['NIGHT SHIFT 11/06/23', '2023-11-06', '2023-11-06', '2023-11-07'],
    ['NIGHT SHIFT', '2023-11-07', '2023-11-07', '2023-11-07'],
  ])('dates the lines of a night by its head: %s', (head, note, before, after) => {
    const text = `RN NOTE ${head}\n<W of=m1>2115</W> <M id=m1 act=stop>norepinephrine</M> OFF.\n2340 confused.\n<W of=m2>0005</W> <M id=m2 act=start>haloperidol</M> given.`;
    expect(drug('norepinephrine', [[note, text]]).steps[0]!.when.start).toBe(before);
    expect(drug('haloperidol', [[note, text]]).steps[0]!.when.start).toBe(after);
  });

  it("dates an addendum to a night's log by its own day", () => {
    const text =
      'RN NOTE 11/06/23 1900 - 11/07/23 0700\n<W of=m1>2115</W> <M id=m1 act=stop>norepinephrine</M> OFF.\n0005 asleep.\nADDENDUM 11/09/23: <M id=m2 act=start>haloperidol</M> given <W of=m2>today</W>.';
    expect(drug('norepinephrine', [['2023-11-07', text]]).steps[0]!.when.start).toBe('2023-11-06');
    expect(drug('haloperidol', [['2023-11-07', text]]).steps[0]!.when.start).toBe('2023-11-09');
  });

  it.each(['until the INR is above 2', 'until 3 weeks after surgery', 'through the PICC', 'up to 2 g a day'])(
    'takes no end from "%s"',
    (words) => {
      const order: MarkedNotes[number] = [
        '2024-01-10',
        `Plan: start <M id=m1 act=start>heparin</M> <D of=m1>5000 units</D> <F of=m1>TID</F> ${words}.`,
      ];
      expect(drug('heparin', [order, ['2024-03-20', 'Well today.']]).status).toBe('active');
    },
  );

  it('takes no test with its number for a drug', () => {
    const terminology = loadTerminology('pipelines/rules/terminology/2026.1');
    const read = (text: string): readonly string[] =>
      markedChart([['2024-01-10', text]], { terminology }).medications.map(({ display }) => display);
    expect(read('<M act=continue>CEA</M> 46.2 preop.')).toEqual([]);
    expect(read('Meds: <M id=m1 act=continue>HC</M> <D of=m1>50 mg</D> q6h.')).toEqual(['HC']);
  });

  it('keeps a drug that a later list leaves out, and shows when it was last named', () => {
    const fact = drug('calcium', [
      ['2024-01-10', 'Meds: <M act=continue>calcium</M>'],
      ['2024-06-10', 'Meds: <M act=continue>aspirin</M>'],
    ]);
    expect(fact).toMatchObject({ status: 'active', lastAsserted: '2024-01-10' });
  });

  it('does not carry a drug of the stay past a discharge list without it', () => {
    const fact = drug('heparin', [
      ['2024-01-10', 'Admitted 1/10/2024. Start <M act=start>heparin</M> infusion.'],
      [
        '2024-01-14',
        'Admitted: 1/10/2024\nDischarge medications:\n<M act=continue>aspirin</M>\n<M act=continue>atorvastatin</M>\n<M act=start>metoprolol</M>',
      ],
    ]);
    expect(fact.status).toBe('historical');
  });

  it('does not let copied words undo a stop', () => {
    const hpi =
      'HPI: 62-year-old man with recurrent major depression on <M id=m1 act=continue>fluoxetine</M> <D of=m1>40 mg</D> <F of=m1>daily</F> who presents with chest pressure.';
    const fact = drug('fluoxetine', [
      ['2024-11-11', hpi],
      ['2024-11-13', '<M id=m2 act=stop>Fluoxetine</M>: stopped <W of=m2>9/30/2024</W> for <S by=m2>side effects</S>.'],
      ['2024-11-14', hpi],
    ]);
    expect(fact.status).toBe('stopped');
    expect(fact).toMatchObject({ lastAsserted: '2024-11-14', lastIndependentlyAsserted: '2024-11-13' });
  });

  it('leaves out notes after the day asked for', () => {
    const notes: MarkedNotes = [
      ['2024-01-10', 'Start <M id=m1 act=start>warfarin</M> <D of=m1>5 mg</D>.'],
      ['2024-06-10', 'Stop <M act=stop>warfarin</M>.'],
    ];
    expect(drug('warfarin', notes, '2024-03-01').status).toBe('active');
    expect(drug('warfarin', notes).status).toBe('stopped');
  });

  it('does not restart a drug because a later note recalls its beginning', () => {
    const fact = drug('warfarin', [
      ['2020-06-19', '<M act=stop>Warfarin</M> was discontinued because of a major bleed.'],
      ['2023-04-25', '<M id=m1 act=start hist>Warfarin</M> was begun <W of=m1>in 2019</W>.'],
    ]);
    expect(fact.status).toBe('stopped');
  });
});

describe('reasons and effects', () => {
  it.each([
    ['<M act=stop>Amlodipine</M> was stopped because of ankle swelling.', 'ankle swelling'],
    ['Stopped <M act=stop>amlodipine</M> 2/2 <S>edema</S>.', 'edema'],
    ['<M act=stop>amlodipine</M> stopped (<S>ankle swelling</S>)', 'ankle swelling'],
    ['d/c <M act=stop>amlodipine</M> - <S>edema</S>', 'edema'],
    ['<M act=stop>Amlodipine</M> given for <C>HTN</C> was stopped after <S>edema</S>.', 'edema'],
  ])('reads why from "%s"', (text, reason) =>
    expect(drug('amlodipine', [['2024-01-10', text]]).stopReason).toBe(reason),
  );

  it('does not take a length of time for a reason', () => {
    expect(
      drug('prednisone', [['2024-01-10', 'Stop <M act=stop>prednisone</M> after 2 weeks.']]).stopReason,
    ).toBeNull();
  });

  it('takes an effect named elsewhere in the chart where the stop gives none', () => {
    const fact = drug('codeine', [
      ['2024-01-10', '<M act=start id=m1>Codeine</M> caused <S>vomiting</S>.'],
      ['2024-01-12', 'Stop <M act=stop>codeine</M>.'],
    ]);
    expect(fact.stopReason).toBe('vomiting');
  });
});

describe('classes and words that are no drugs', () => {
  const states = (notes: readonly (readonly [string, string])[]): string[] =>
    markedChart(notes.map(([date, text]) => [date, text])).medications.map(
      ({ display, status }) => `${display} ${status}`,
    );

  it('stops the one member of a class that is stopped, and none where several could be meant', () => {
    const [iron, sulfate] = markedChart([
      ['2024-01-05', '<M id=m1 act=start>ferrous sulfate</M> <D of=m1>325 mg</D>'],
      ['2024-05-20', '<M act=stop>Iron</M> finished.'],
    ]).medications.toSorted((a, b) => b.concept.localeCompare(a.concept));
    const named = { ...iron!, concept: 'iron', ingredients: [] };
    const member = { ...sulfate!, ingredients: ['ferrous sulfate'], classes: ['iron'] };
    expect(stopMembersOfClasses([named, member]).map(({ status }) => status)).toEqual(['stopped', 'stopped']);
    const other = { ...member, concept: 'ferrous gluconate', ingredients: ['ferrous gluconate'] };
    expect(stopMembersOfClasses([named, member, other]).map(({ status }) => status)).toEqual([
      'stopped',
      'active',
      'active',
    ]);
  });

  it('takes "OTC" and "PCI" for no drug', () => {
    expect(
      states([['2024-05-20', 'Takes <M act=continue>OTC</M> <M act=continue>omeprazole</M>; <M>PCI</M> in 2021.']]),
    ).toEqual(['omeprazole active']);
  });
});
