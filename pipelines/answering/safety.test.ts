import { describe, expect, it } from 'vitest';
import type { MarkedNotes } from '#evals/datasets/marked-chart.ts';
import { markedNote } from '#evals/datasets/marked-chart.ts';
import type { IsoDate } from '../domain/ids.ts';
import { loadTerminology } from '../engines/terminology/index.ts';
import { buildChart } from '../timeline/index.ts';
import { composeAnswer } from './compose.ts';
import { prepare } from './prepare.ts';

const terminology = loadTerminology('pipelines/rules/terminology/2026.1');
const search = { search: () => Promise.resolve([]) };

/** The answer to a question about marked notes in one line: finding (or reason of abstention), then its claims. */
async function answer(
  notes: MarkedNotes,
  question: string,
  asOf?: IsoDate,
  otherNames: readonly string[] = [],
): Promise<string> {
  const annotated = notes.map(([date, text], i) => markedNote(date, text, i));
  const patient = {
    id: annotated[0]!.note.patient,
    name: 'Invented Person',
    birthDate: '1950-06-15',
    sex: 'female' as const,
    race: null,
    ethnicity: null,
    identifiers: [],
  };
  const chart = buildChart({ patient, notes: annotated, terminology, ...(asOf === undefined ? {} : { asOf }) });
  const asking = { question, asOf: asOf ?? null, chart, previous: [], otherNames };
  const given = composeAnswer(await prepare(asking, { terminology, search }, []), null);
  const head = given.status === 'answered' ? given.finding : given.reason;
  return `${head} | ${given.claims.map(({ text }) => text).join(' ')}`;
}

const PENICILLIN: MarkedNotes = [
  ['2021-03-01', 'Allergies: <M id=m1 act=allergy>penicillin</M> (<S by=m1>hives</S>).'],
  ['2022-05-02', 'On <M act=continue>amlodipine</M> <D>5 mg</D> daily.'],
];

describe('whether a drug may be given', () => {
  it.each([
    'can she have amoxicillin?',
    'can I give amoxicillin?',
    'is augmentin ok for her?',
    'safe to start ampicillin?',
  ])('says no to %s where penicillin is listed', async (question) => {
    expect(await answer(PENICILLIN, question)).toMatch(/^denied \| No: allergy to penicillin \(hives\)/);
  });
  it('says no to another member of the class of a listed drug', async () => {
    const notes: MarkedNotes = [
      ['2021-03-01', 'Allergies: <M id=m1 act=allergy>amoxicillin</M> (<S by=m1>hives</S>).'],
    ];
    expect(await answer(notes, 'can she have ampicillin?')).toMatch(/^denied \| No: allergy to amoxicillin/);
  });
  it('only warns of a cephalosporin, and is silent on other classes', async () => {
    expect(await answer(PENICILLIN, 'can she have cefazolin?')).toMatch(/^affirmed \| Caution: allergy to penicillin/);
    expect(await answer(PENICILLIN, 'can she have azithromycin?')).not.toContain('penicillin');
  });
  it('reads "sulfa" and "NSAIDs" as classes', async () => {
    const notes: MarkedNotes = [
      ['2021-03-01', 'Allergies: <M id=m1 act=allergy>sulfa</M> (<S by=m1>rash</S>), <M act=allergy>NSAIDs</M>.'],
    ];
    expect(await answer(notes, 'can she have Bactrim?')).toMatch(/^denied \| No: allergy to sulfa \(rash\)/);
    expect(await answer(notes, 'ok to give ibuprofen?')).toMatch(/^denied \| No: allergy to NSAIDs/);
  });
  it('tells a later use without harm beside the allergy', async () => {
    const notes: MarkedNotes = [...PENICILLIN, ['2023-01-09', 'Took <M>amoxicillin</M> for 7 days with no rash.']];
    expect(await answer(notes, 'can I give amoxicillin?')).toMatch(/^conflicting \| The notes disagree.*no rash/);
  });
  it('answers an allergy to a member of a listed class', async () => {
    expect(await answer(PENICILLIN, 'is she allergic to amoxicillin?')).toContain(
      'Yes, by class: allergy to penicillin',
    );
  });
});

describe('denials', () => {
  const bleed: MarkedNotes = [
    ['2019-03-12', 'Never had a <C neg>GI bleed</C>.'],
    ['2020-06-15', 'Admitted with a major <C>GI bleed</C>.'],
  ];
  it('of an earlier note do not beat a later event', async () => {
    expect(await answer(bleed, 'has he ever had a GI bleed?')).toMatch(/^affirmed \| Yes\..*2020/);
  });
  it('hold as long as nothing else was written', async () => {
    expect(await answer(bleed, 'has he ever had a GI bleed?', '2019-12-31')).toMatch(/^denied \| No\./);
  });
  it('of what a thing does are none of the thing', async () => {
    const notes: MarkedNotes = [
      ['2021-10-12', 'Implantation of an <P>ICD</P>, left chest.'],
      ['2023-03-21', 'Denies <S neg>chest pain</S>; no <S neg>ICD discharges</S>.'],
    ];
    expect(await answer(notes, 'does she have an ICD?')).toMatch(/^affirmed \| Yes\./);
  });
  it('of one symptom are none of the illness', async () => {
    const notes: MarkedNotes = [
      ['2020-05-05', 'She denies <S neg>numbness</S>.'],
      ['2023-08-22', 'T2DM, now with diabetic <C>polyneuropathy</C>.'],
    ];
    expect(await answer(notes, 'does she have neuropathy?')).toMatch(/^affirmed \|/);
  });
  it('of what a study looked for decide what it showed', async () => {
    const notes: MarkedNotes = [
      ['2020-06-19', '<P>EGD</P> showed <C>angiodysplasia</C>; there was no <C neg>ulcer</C>.'],
    ];
    expect(await answer(notes, 'did the EGD show an ulcer?')).toMatch(/^denied \| No\./);
  });
});

describe('drugs that are not taken', () => {
  it.each([
    ['<M hyp>Duloxetine</M> offered for the <S>tingling</S>, she prefers to wait.', 'is she on duloxetine?'],
    ['These genes do not affect <M neg>apixaban</M>.', 'is she on apixaban?'],
  ])('are not affirmed: %s', async (text, question) => {
    expect(await answer([['2023-08-22', text]], question)).not.toMatch(/^affirmed|Yes/);
  });
});

describe('values', () => {
  it('are no times of day', async () => {
    const notes: MarkedNotes = [
      ['2020-06-15', '<T>INR</T> <V>6.8</V> on arrival. Repeat <T>INR</T> 2240: <V>1.6</V>.'],
    ];
    expect(await answer(notes, 'highest INR')).toContain('INR 6.8');
    expect(await answer(notes, 'last INR')).toContain('INR 1.6');
  });
  it('with thousands are compared as numbers', async () => {
    const notes: MarkedNotes = [
      ['2020-05-05', '<T>CK</T> <V>6,240</V> U/L.'],
      ['2021-03-09', '<T>CK</T> <V>124</V>.'],
    ];
    expect(await answer(notes, 'peak CK')).toContain('CK 6,240');
  });
});

describe('other people', () => {
  it('in the family keep their own illnesses', async () => {
    const notes: MarkedNotes = [
      ['2019-03-12', 'Family: mother had a <C fam>stroke</C> at age 80; older brother lives with <C fam>AF</C>.'],
    ];
    expect(await answer(notes, 'does his mother have AF?')).toMatch(/^denied \| Not stated of the mother/);
    expect(await answer(notes, 'does his brother have AF?')).toMatch(/^affirmed \| Yes/);
  });
  it.each([
    "loretta's statins",
    'What about Loretta?',
    'loreta on warfarin?',
    'What about Zelmira?',
    'Is patient 82a030ab on aspirin?',
  ])('are out of scope: %s', async (question) => {
    expect(await answer(PENICILLIN, question, undefined, ['Loretta Gaines'])).toMatch(/^out-of-scope/);
  });
  it('are not seen in the names of drugs, diseases or this patient', async () => {
    for (const question of ['What about Norvasc?', "Invented's allergies", 'What about amlodipine?', 'allergies?'])
      expect(await answer(PENICILLIN, question, undefined, ['Loretta Gaines'])).not.toMatch(/^out-of-scope/);
  });
});

describe('the day that is asked for', () => {
  it('is named apart from the last note before it', async () => {
    const notes: MarkedNotes = [['2019-08-20', 'Takes <M act=continue>warfarin</M> <D>2.5 mg</D> daily.']];
    expect(await answer(notes, 'is he on warfarin?', '2019-09-30')).toContain(
      'as of 30 Sep 2019 (last note 20 Aug 2019)',
    );
  });
});

describe('what is current', () => {
  it('is the dose that the last note changes to', async () => {
    const notes: MarkedNotes = [
      [
        '2023-01-24',
        'Takes <M act=continue>omeprazole</M> <D>20 mg</D> daily. Plan: lower <M id=m2 act=decrease>omeprazole</M> to <D of=m2>10 mg</D>.',
      ],
    ];
    expect(await answer(notes, 'omeprazole dose?')).toContain('Omeprazole 10 mg');
  });
  it('is no habit of the wife', async () => {
    const notes: MarkedNotes = [
      ['2022-02-08', 'Wife still <H>smokes</H> outdoors.'],
      ['2023-01-24', 'Still <H neg>not smoking</H>, 14 months now.'],
    ];
    expect(await answer(notes, 'is he still smoking?')).toMatch(/^denied \| No\./);
  });
});

describe('several questions in one', () => {
  it('are answered each', async () => {
    const given = await answer(
      [['2023-01-24', 'Takes <M act=continue>aspirin</M> <D>81 mg</D> daily.\n<T>LDL</T> <V>78</V>.']],
      "is he on aspirin and what's his LDL?",
    );
    expect(given).toContain('Aspirin');
    expect(given).toContain('LDL 78');
  });
});
