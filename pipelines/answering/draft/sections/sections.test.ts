import { describe, expect, it } from 'vitest';
import type { AnnotatedNote } from '../../../domain/annotated-note.ts';
import type { Chart } from '../../../domain/chart.ts';
import { findSections } from '../../../text/index.ts';
import { prepare } from '../../prepare.ts';
import { chartOf, markedNote, medicationOf, smallTerminology } from '../../test-chart.ts';

const search = { search: () => Promise.resolve([]) };

function noteOf(type: string, marked: string, id = 'n1', date = '2022-05-02'): AnnotatedNote {
  const note = markedNote(id, date, type, marked);
  return { ...note, sections: findSections(note.note.text) };
}

/** The claims of an answer in one string; null where the chart does not say. */
async function answer(
  notes: readonly AnnotatedNote[],
  question: string,
  facts: Partial<Chart> = {},
): Promise<string | null> {
  const asking = { question, asOf: null, chart: chartOf(notes, facts), previous: [], otherNames: [] };
  const { verified, outOfScope } = await prepare(asking, { terminology: smallTerminology, search }, []);
  return outOfScope !== null || verified.claims.length === 0
    ? null
    : verified.claims.map(({ text }) => text).join('\n');
}

const gp = noteOf(
  'gp consultation',
  `PC: [Cough]{Finding}
HPC: 4/7 hx of [cough]{Finding} and green sputum.
PMH: [asthma]{Condition}
DH: [metformin]{Medication}, [lisinopril]{Medication}
SH: Works as a florist.
Lives with sister.
Imp: likely [chest infection]{Condition unc}
Plan: [amoxicillin]{Medication} 5/7.
Review in 1/52 or sooner if worse.`,
);

const operation = noteOf(
  'operative note',
  `PREOPERATIVE DIAGNOSIS: [Carpal tunnel syndrome]{Condition}.
OPERATION PERFORMED: [Carpal tunnel release]{Procedure}.
INDICATION FOR SURGERY: Numb fingers for a year from [carpal tunnel syndrome]{Condition}.
ANESTHESIA: Regional.
COMPLICATIONS: None.
TOURNIQUET TIME: minutes.
DESCRIPTION OF PROCEDURE: The tourniquet was inflated to 250 mmHg.
The palmar fascia was divided.
She was taken to the recovery room in stable condition.`,
);

describe('questions that name no concept', () => {
  it.each([
    ['dx?', 'chest infection'],
    ['plan?', 'amoxicillin'],
    ['when is f/u?', '1/52'],
    ['occupation?', 'florist'],
    ['who does she live with?', 'sister'],
    ['pmh', 'asthma'],
    ['home meds?', 'metformin'],
    ["why's she here?", 'Cough'],
    ["how long's she been ill?", '4/7'],
  ])('answers "%s" from the section of a short consultation', async (question, words) => {
    expect(await answer([gp], question)).toContain(words);
  });

  it.each([
    ['complications?', 'None'],
    ['which operation?', 'Carpal tunnel release'],
    ['what anaesthetic?', 'Regional'],
    ['indication for surgery?', 'Numb fingers'],
    ['where did she go after?', 'recovery room'],
  ])('answers "%s" from an operative note', async (question, words) => {
    expect(await answer([operation], question)).toContain(words);
  });

  it('keeps to sixty words and five claims, and quotes the note to the letter', async () => {
    const claims = (await answer([gp], 'plan?'))!;
    expect(claims.split(/\s+/).length).toBeLessThanOrEqual(60);
    expect(claims.split('\n').length).toBeLessThanOrEqual(5);
    expect(claims).toContain('"Plan: amoxicillin 5/7."');
  });

  it('reads the last note for what no longer holds later', async () => {
    const later = noteOf('gp consultation', 'Imp: [otitis]{Condition}\nPlan: ear drops.', 'n2', '2022-09-01');
    expect(await answer([gp, later], 'dx?')).toContain('otitis');
    expect(await answer([gp, later], 'dx?')).not.toContain('chest infection');
  });

  it('leaves a question with a subject of its own to that subject', async () => {
    expect(await answer([gp], 'plan for diabetes?')).toBeNull();
  });

  it('does not take "no other medications" for no medications', async () => {
    const note = noteOf('letter', 'She takes [warfarin]{Medication}.\nShe takes no other prescribed medications.');
    expect((await answer([note], 'current meds?')) ?? '').not.toContain('no other');
  });
});

describe('values beside their subject', () => {
  it('finds a pressure near the thing it is of', async () => {
    expect(await answer([operation], 'tourniquet pressure?')).toContain('250 mmHg');
  });
  it('does not answer with a label whose value was left out', async () => {
    expect(await answer([operation], 'tourniquet time?')).toBeNull();
  });
  it('finds where the tip of a tube lies, whichever name the note uses', async () => {
    const film = noteOf('chest film', 'The [NG tube]{Procedure} passes down with its tip in the stomach.');
    expect(await answer([film], 'where is the tip of the NGT?')).toContain('in the stomach');
  });
});

describe('reasons', () => {
  it('gives the impression before a short plan as the reason for its drug', async () => {
    expect(await answer([gp], 'why amoxicillin?')).toContain('chest infection');
  });
  it('quotes what an ordered study is for', async () => {
    const visit = noteOf(
      'visit note',
      'We will order an [ultrasound]{Test hyp} to rule out [gallstones]{Condition unc}.',
    );
    expect(await answer([visit], 'why the ultrasound?')).toContain('gallstones');
  });
});

describe('a detail that no sentence gives is not documented', () => {
  it('gives no dose for a drug that is only listed', async () => {
    const facts = { medications: [medicationOf(gp, 'metformin', 'metformin', 'active', null)] };
    expect(await answer([gp], 'metformin dose?', facts)).toBeNull();
  });
  it('gives no dose that belongs to the next drug', async () => {
    const note = noteOf(
      'letter',
      'Takes [lisinopril]{Medication} 10 mg daily for pressure; [metformin]{Medication} as before.',
    );
    expect(await answer([note], 'metformin dose?')).toBeNull();
  });
  it('gives no reaction where only the allergy is stated', async () => {
    const note = noteOf('letter', 'She does have an allergy to [warfarin]{Medication allergy}.');
    expect(await answer([note], 'what reaction did she have to warfarin?')).toBeNull();
  });
  it('gives no result for a study that is only ordered', async () => {
    const note = noteOf('letter', 'I have ordered an [echocardiogram]{Test hyp} for next month.');
    expect(await answer([note], 'what did the echocardiogram show?')).toBeNull();
  });
  it('gives no reason for a drug that a sentence only lists', async () => {
    const note = noteOf(
      'letter',
      'The mass was inoperable and she went home on [warfarin]{Medication} and [metformin]{Medication}.',
    );
    expect(await answer([note], 'why is she on warfarin?')).toBeNull();
  });
});
