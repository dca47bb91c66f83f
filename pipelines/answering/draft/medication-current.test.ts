import { describe, expect, it } from 'vitest';
import type { MarkedNotes } from '#evals/datasets/marked-chart.ts';
import { claimsFor } from '#evals/datasets/ask-marked.ts';

describe('what is taken now', () => {
  it('tells a regimen of two doses to its end', async () => {
    const notes: MarkedNotes = [
      [
        '2024-03-01',
        'Medications:\n<M id=m1 act=continue>warfarin</M> <D of=m1>3 mg</D> <F of=m1>daily</F> except <D of=m1>4.5 mg</D> <F of=m1>Mondays</F>\n<M id=m2 act=continue>ramipril</M> <D of=m2>5 mg</D>',
      ],
    ];
    expect((await claimsFor(notes, 'warfarin dose?'))[0]).toContain('Warfarin 3 mg daily except 4.5 mg Mondays');
  });

  it('quotes the stop and takes no other effect of the drug for its reason', async () => {
    const notes: MarkedNotes = [
      [
        '2024-01-10',
        'Meds: <M id=m1 act=continue>clopidogrel</M> <D of=m1>75 mg</D>. <S by=m1>Bruises</S> on both arms.',
      ],
      ['2024-06-10', 'No longer on <M id=m1 act=stop>clopidogrel</M> (since <W of=m1>April</W>).'],
    ];
    const [text] = await claimsFor(notes, 'is she still on clopidogrel?');
    expect(text).toMatch(/^No: Clopidogrel stopped/);
    expect(text).toContain('"No longer on clopidogrel (since April)');
    expect(text).not.toContain('ruises');
  });

  it('does not answer the loading dose with the dose in force', async () => {
    const notes: MarkedNotes = [
      ['2024-01-10', 'Given <M id=m1 act=start>prasugrel</M> <D of=m1>60 mg</D> load.'],
      ['2024-06-10', 'Meds: <M id=m1 act=continue>prasugrel</M> <D of=m1>10 mg</D> <F of=m1>daily</F>'],
    ];
    expect((await claimsFor(notes, 'what loading dose of prasugrel was given?'))[0]).toContain('60 mg');
  });

  it('tells each of two drugs that are asked for, whatever note named it last', async () => {
    const notes: MarkedNotes = [
      ['2024-01-10', 'Meds: <M id=m1 act=continue>metformin</M> <D of=m1>500 mg</D> <F of=m1>BID</F>'],
      ['2024-06-10', 'Meds: <M id=m1 act=continue>ramipril</M> <D of=m1>5 mg</D> <F of=m1>daily</F>'],
    ];
    const texts = (await claimsFor(notes, 'dose of metformin and ramipril?')).join(' ');
    expect(texts).toContain('500 mg');
    expect(texts).toContain('5 mg daily');
  });

  it('says that the list is empty where a note says so', async () => {
    const notes: MarkedNotes = [
      ['2024-01-10', 'Well child visit.\nCURRENT MEDICATIONS: None.\nExam: <S neg>fever</S>.'],
    ];
    expect((await claimsFor(notes, 'is the baby on any regular meds?'))[0]).toMatch(
      /^No \(.*CURRENT MEDICATIONS: None/,
    );
  });

  it('says so where a later list leaves the drug out', async () => {
    const listed = (names: readonly string[]): string =>
      `Meds: ${names.map((name, i) => `<M id=m${i} act=continue>${name}</M> <D of=m${i}>5 mg</D>`).join(', ')}`;
    const notes: MarkedNotes = [
      ['2022-01-10', listed(['prednisolone', 'ramipril'])],
      ['2024-06-10', listed(['ramipril', 'bisoprolol', 'apixaban', 'metformin'])],
    ];
    const [text] = await claimsFor(notes, 'is he still on prednisolone?');
    expect(text).toMatch(/^Not on the list of 10 Jun 2024\. Last mentioned: Prednisolone 5 mg, 10 Jan 2022/);
    expect((await claimsFor(notes, 'is he still on ramipril?'))[0]).toMatch(/^Yes: Ramipril 5 mg, as of 10 Jun 2024/);
  });

  it('tells by drug class what is taken for a purpose, apart from a drug that is named', async () => {
    const notes: MarkedNotes = [
      [
        '2024-06-11',
        'Medications:\n<M id=m1 act=continue>lisinopril</M> <D of=m1>10 mg</D> <F of=m1>daily</F>\n<M id=m2 act=continue>amlodipine</M> <D of=m2>5 mg</D> <F of=m2>daily</F>\n<M id=m3 act=continue>atorvastatin</M> <D of=m3>40 mg</D>',
      ],
    ];
    const all = await claimsFor(notes, 'what is she taking for her blood pressure these days?');
    expect(all.join(' ')).toMatch(/Lisinopril 10 mg daily.*by drug class; no note says what for.*Amlodipine 5 mg/);
    expect(all.join(' ')).not.toContain('torvastatin');
    const other = await claimsFor(notes, 'anything for blood pressure apart from the lisinopril now?');
    expect(other.join(' ')).toMatch(/^Amlodipine 5 mg daily/);
  });

  it('says no where the last note denies the class', async () => {
    const notes: MarkedNotes = [
      ['2024-01-10', 'Start <M id=m1 act=start>amoxicillin</M> <D of=m1>500 mg</D> <F of=m1>TID</F>.'],
      ['2024-06-10', 'Knee quiet. No antibiotics. Review in 6 months.'],
    ];
    expect((await claimsFor(notes, 'is she still on any antibiotic?'))[0]).toMatch(/^No\. .*"No antibiotics\."$/);
  });
});
