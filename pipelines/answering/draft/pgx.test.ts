import { describe, expect, it } from 'vitest';
import type { AllergyFact, Chart } from '../../domain/chart.ts';
import type { FactId } from '../../domain/ids.ts';
import { asId } from '../../domain/ids.ts';
import { loadPgxRules } from '../../engines/pgx-rules/index.ts';
import { loadTerminology } from '../../engines/terminology/index.ts';
import { recommendTherapy } from '../../recommend-therapy.ts';
import { prepare } from '../prepare.ts';
import { chartOf, markedNote, medicationOf } from '../test-chart.ts';
import { verifyClaims } from '../verify/gate.ts';
import { draftPgx } from './pgx.ts';
import { wordCount } from './wording.ts';

const pgx = loadPgxRules();
const terminology = loadTerminology('pipelines/rules/terminology/2026.1');

/** What the drafter answers and the gate lets through; null where it leaves the question to others. */
async function ask(question: string, chart: Chart) {
  const therapy = (drugs?: string[]) =>
    recommendTherapy({ chart, uploads: [], ...(drugs === undefined ? {} : { drugs }) }, { pgx, terminology });
  const search = { search: () => Promise.resolve([]) };
  const asking = { question, asOf: null, chart, previous: [], otherNames: [] };
  const { context } = await prepare(asking, { terminology, search, therapy }, []);
  const draft = draftPgx(context);
  if (draft === null) return null;
  const { claims, refused } = verifyClaims(draft.claims, context.index, terminology);
  return { texts: claims.map(({ text }) => text), claims, refused, finding: draft.finding };
}

const note = (text: string, date = '2024-03-01') => markedNote(`n${date}`, date, 'clinic note', text);
const clopidogrelNote = note('CYP2C19 *2/*2, poor metabolizer.\nTakes [clopidogrel]{Medication continue} 75 mg daily.');
const onClopidogrel = chartOf([clopidogrelNote], {
  medications: [medicationOf(clopidogrelNote, 'clopidogrel', 'clopidogrel', 'active', '75 mg')],
});

function allergyTo(substance: string, reaction: string, chart: Chart): AllergyFact {
  const { note: first } = chart.notes[0]!;
  const start = first.text.indexOf(substance);
  const citation = { kind: 'note', noteId: first.id, start, end: start + substance.length, quote: substance } as const;
  return {
    id: asId<FactId>(substance),
    concept: substance,
    display: substance,
    codes: [],
    evidence: [citation],
    firstAsserted: first.date,
    lastAsserted: first.date,
    lastIndependentlyAsserted: first.date,
    contextUncertain: false,
    substance,
    reaction,
    interpreted: true,
    classes: [],
  };
}

describe('may a drug be given', () => {
  it('leads with no, the guideline and the genotype, in few words, from note and rule', async () => {
    const answer = (await ask('can she take clopidogrel?', onClopidogrel))!;
    expect(answer.texts[0]).toMatch(/^No: avoid .*prasugrel or ticagrelor.*\(CPIC \d{4}-\d{2}-\d{2}, strong\)/);
    expect(answer.texts).toContain('CYP2C19 *2/*2: poor metabolizer.');
    expect(answer.texts.join(' ')).toContain('Not checked: renal function, pregnancy, interactions.');
    expect([answer.finding, answer.refused]).toEqual(['denied', []]);
    expect(wordCount(answer.texts.join(' '))).toBeLessThanOrEqual(60);
    expect(new Set(answer.claims.flatMap(({ citations }) => citations.map(({ kind }) => kind)))).toEqual(
      new Set(['rule', 'note']),
    );
  });

  it('is led by an allergy, which genes never override', async () => {
    const only = note('Allergies: codeine (anaphylaxis). CYP2D6 *1/*1.');
    const chart = chartOf([only]);
    const answer = (await ask('could he have codeine?', {
      ...chart,
      allergies: [allergyTo('codeine', 'anaphylaxis', chart)],
    }))!;
    expect(answer.texts[0]).toBe('No: allergy to codeine: anaphylaxis.');
    expect(answer.finding).toBe('denied');
  });

  it('says what a drug that is taken now makes of the genotype', async () => {
    const only = note('CYP2D6 *1/*1.\nOn [bupropion]{Medication continue} 150 mg daily.');
    const chart = chartOf([only], { medications: [medicationOf(only, 'bupropion', 'bupropion', 'active', '150 mg')] });
    const answer = (await ask('can he have codeine?', chart))!;
    expect(answer.texts[0]).toMatch(/^No: avoid codeine/);
    expect(answer.texts).toContain(
      'CYP2D6 *1/*1: normal metabolizer by genotype, but poor metabolizer with bupropion (strong inhibitor).',
    );
  });

  it('holds a named dose of warfarin against the label', async () => {
    const only = note('CYP2C9 *1/*3, VKORC1 -1639 A/A. Warfarin considered.');
    const answer = (await ask('is 5 mg of warfarin too much for him?', chartOf([only])))!;
    expect(answer.texts[0]).toMatch(/^Too high by genotype: expected maintenance dose of warfarin 0\.5-2 mg a day/);
  });

  it('quotes a note that forbids a drug where no gene decides', async () => {
    const only = note('[Penicillin]{Medication} must not be given.\nSeen today.');
    expect((await ask('can she have penicillin?', chartOf([only])))?.texts[0]).toMatch(/^No\. .*must not be given/);
  });
});

describe('why a drug did what it did', () => {
  const before = note('CYP2D6 *1/*1.\nTakes [bupropion]{Medication continue} and [codeine]{Medication}.', '2023-01-01');
  const after = note('[Bupropion]{Medication stop} was stopped.', '2023-06-01');
  const chart = chartOf([before, after], {
    medications: [medicationOf(after, 'Bupropion', 'bupropion', 'stopped', null)],
  });

  it('is explained by an inhibitor that was taken then', async () => {
    expect((await ask('why did codeine not work for her?', chart))?.texts).toContain(
      'CYP2D6 *1/*1: normal metabolizer by genotype, but poor metabolizer while on bupropion (strong inhibitor).',
    );
  });

  it('does not count the past against giving it now', async () => {
    const answer = (await ask('can she have codeine now?', chart))!;
    expect(answer.texts[0]).toMatch(/^Yes by genotype: /);
    expect(answer.texts).toContain('CYP2D6 *1/*1: normal metabolizer.');
  });
});

describe('how the genes stand', () => {
  it('gives a result and the drug of the chart that it matters for', async () => {
    const { texts } = (await ask("what's her CYP2C19 status?", onClopidogrel))!;
    expect(texts[0]).toBe('CYP2C19 *2/*2: poor metabolizer.');
    expect(texts[1]).toMatch(/^Avoid .*clopidogrel/);
  });

  it('answers yes or no where a phenotype is named', async () => {
    expect((await ask('is she a poor metaboliser?', onClopidogrel))?.texts[0]).toMatch(/^Yes: CYP2C19 \*2\/\*2/);
    expect((await ask('is she an ultrarapid metaboliser?', onClopidogrel))?.texts[0]).toMatch(/^No: CYP2C19/);
  });

  it('names the drugs taken now that clash', async () => {
    expect((await ask('does any of her drugs clash with her genes?', onClopidogrel))?.texts[0]).toMatch(
      /^Yes: .*clopidogrel/i,
    );
  });

  it('has nothing to say of a gene that no source reports', async () => {
    expect(await ask("what's her CYP2D6 status?", onClopidogrel)).toBeNull();
    expect(await ask('was she tested for TPMT?', onClopidogrel)).toBeNull();
  });
});
