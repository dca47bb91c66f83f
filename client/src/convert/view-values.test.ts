import { describe, expect, it } from 'vitest';
import type { Banner, GeneResultView, GetPatientResponse } from '#server/contract/index.ts';
import { aCitation, anAbstention, anAnswer, anEntity } from '../testing/fixtures.ts';
import { formsOf, markWords } from './assertion.ts';
import { allergyLine, identityParts } from './banner.ts';
import { contextOf } from './context.ts';
import { copiedLineStarts } from './copied-lines.ts';
import { groupFolded } from './fold.ts';
import { matchPatients } from './match-patients.ts';
import { diplotypeWords, phenotypeWords } from './pgx.ts';
import { noteLines } from './segments.ts';
import { scopedQuestion } from './scopes.ts';
import { modelRelease } from './verdict.ts';
import { staleWords, valueWords } from './summary.ts';
import { statusParts } from './status.ts';
import { asOfWords, durationWords, searchedWords, verdictOf } from './verdict.ts';

const banner: Banner = {
  asOf: '2022-03-12',
  age: null,
  allergyStatement: 'no allergy statement found',
  allergies: [],
  unread: 0,
};

describe('the banner', () => {
  it('says that no allergy statement was found, which is not the same as none', () => {
    expect(allergyLine(banner)).toMatchObject({ danger: false, text: 'No allergy statement found' });
  });

  it('shows allergy text that could not be interpreted word for word, as danger', () => {
    const allergies = [
      { display: 'bad turn with the sulphur tablets', reaction: null, interpreted: false, evidence: [] },
    ];
    const line = allergyLine({ ...banner, allergyStatement: 'allergies listed', allergies });
    expect(line.danger).toBe(true);
    expect(line.full).toBe('Allergies: “bad turn with the sulphur tablets” (not interpreted)');
  });

  it('says how many notes were not read yet', () => {
    expect(allergyLine({ ...banner, unread: 3 }).full).toContain('3 notes not read yet');
  });

  it('gives the age on the day of the last note, not today’s', () => {
    const patient: GetPatientResponse = {
      id: 'p',
      name: 'Ada Invented',
      birthDate: '1950-06-01',
      sex: 'female',
      race: null,
      ethnicity: null,
      identifiers: [{ system: 'urn:local', value: 'H 12' }],
      notes: 1,
      lastNote: '2022-03-12',
      banner,
    };
    expect(identityParts(patient, false)).toEqual(['born 1 Jun 1950 (71 y)', 'female', 'H 12']);
    expect(identityParts(patient, true)).toEqual(['71 y', 'female']);
  });
});

describe('a mark in words', () => {
  it('names every form that holds', () => {
    const assertion = { existence: 'absent', temporality: 'historical', experiencer: 'family' } as const;
    expect(formsOf(assertion)).toEqual(['denied', 'historical', 'family']);
    expect(markWords(anEntity('cough', { label: 'Condition', assertion }))).toBe(
      'Condition, denied, historical, family',
    );
  });

  it('drops "present" beside another form', () => {
    expect(formsOf({ existence: 'present', temporality: 'historical', experiencer: 'patient' })).toEqual([
      'historical',
    ]);
  });
});

describe('an answer in words', () => {
  it('tells the four negatives apart', () => {
    const kinds = [
      verdictOf(anAnswer({ finding: 'denied' })),
      verdictOf(anAnswer({ finding: 'conflicting' })),
      verdictOf(anAbstention('not-documented')),
      verdictOf(anAbstention('out-of-scope')),
    ].map(({ title }) => title);
    expect(new Set(kinds).size).toBe(4);
    expect(verdictOf(anAnswer({}))).toEqual({ kind: 'affirmed', title: null });
  });

  it('says what was searched, as of when, and how long it took', () => {
    const searched = { notes: 6, from: '2019-03-12', to: '2023-04-25', terms: [] };
    expect(searchedWords(anAnswer({ searched }))).toBe('6 notes, 12 Mar 2019 to 25 Apr 2023');
    expect(searchedWords(anAnswer({ searched: { ...searched, unread: 2 } }))).toBe(
      '6 notes, 12 Mar 2019 to 25 Apr 2023; 2 more not read yet',
    );
    expect(asOfWords('2022-03-12', null)).toBe('as of 12 Mar 2022, the last note');
    expect(asOfWords('2022-03-12', '2022-03-12')).toBe('as of 12 Mar 2022, as asked');
    expect([durationWords(38.2), durationWords(1234), durationWords(null)]).toEqual(['38 ms', '1.2 s', null]);
  });
});

it('previews a citation with the line before and after it', () => {
  const text = 'one\ntwo\nthree four five\nsix\nseven';
  const start = text.indexOf('four');
  expect(contextOf(text, { start, end: start + 4 })).toEqual({
    before: 'two\nthree ',
    quote: 'four',
    after: ' five\nsix',
  });
});

describe('copied text', () => {
  const line = 'Hypertension, well controlled on lisinopril 20 mg daily.';

  it('is found by whole long lines only', () => {
    const text = `${line}\nBP 120/80\nNew cough today, dry, worse at night and after meals.`;
    expect([...copiedLineStarts(text, [`${line}\r\nBP 120/80`])]).toEqual([0]);
  });

  it('stays open where it holds the cited words', () => {
    const lines = noteLines(`${line}\nnew`, []);
    const copied = new Set([0]);
    expect(groupFolded(lines, copied, null)[0]!.folded).toBe(true);
    expect(groupFolded(lines, copied, { start: 5, end: 9 })[0]!.folded).toBe(false);
  });
});

it('finds a patient by any part of the name, accents and case ignored', () => {
  const patients = ['Saoirse McAnulty', 'José Núñez'].map((name, i) => ({
    id: `p${i}`,
    name,
    birthDate: null,
    sex: null,
    notes: 1,
    lastNote: null,
  }));
  expect(matchPatients(patients, 'nunez jose').map(({ name }) => name)).toEqual(['José Núñez']);
  expect(matchPatients(patients, 'x')).toEqual([]);
});

it('says when a fact was last asserted in words of its own', () => {
  const fact = { lastAsserted: '2022-03-12', lastIndependentlyAsserted: '2019-02-14' };
  expect(staleWords(fact)).toBe('last asserted independently 14 Feb 2019');
  expect(staleWords({ ...fact, lastIndependentlyAsserted: '2022-03-12' })).toBeNull();
});

it('does not repeat a unit that stands in the value', () => {
  expect(valueWords({ value: '79 kg', unit: 'kg' })).toBe('79 kg');
  expect(valueWords({ value: '1.9', unit: 'mg/dL' })).toBe('1.9 mg/dL');
  expect(valueWords({ value: '8.2', unit: '%' })).toBe('8.2%');
});

describe('a gene in words', () => {
  const gene: GeneResultView = {
    gene: 'CYP2D6',
    diplotypes: [
      ['*1', '*4'],
      ['*1', '*10'],
    ],
    components: [],
    phenotype: ['Intermediate Metabolizer'],
    activityScore: ['1'],
    lookupKeys: ['1'],
    clinicalPhenotype: null,
    callable: true,
    warnings: [],
    source: { kind: 'note', evidence: aCitation('cough'), date: '2022-03-12' },
  };

  it('shows all tied diplotypes', () => expect(diplotypeWords(gene)).toBe('*1/*4 or *1/*10'));

  it('shows what the medicines taken now make of the phenotype, and which', () => {
    const paroxetine = {
      drug: 'paroxetine',
      effect: 'inhibitor',
      strength: 'strong',
      verified: true,
      source: 'FDA',
    } as const;
    const clinicalPhenotype = {
      phenotype: 'Poor Metabolizer',
      activityScore: '0',
      perpetrators: [paroxetine],
      whatIf: [],
    };
    expect(phenotypeWords({ ...gene, clinicalPhenotype })).toBe(
      'Intermediate Metabolizer → Poor Metabolizer (with paroxetine)',
    );
  });

  it('never words an untested gene as normal', () => {
    expect(phenotypeWords({ ...gene, phenotype: [] })).toBe('not determined');
  });
});

describe('the status line', () => {
  const status = {
    version: '0.1.0',
    releases: ['clinical-extractor/1'],
    notes: { queued: 0, read: 36, failed: 0 },
    reading: null,
    outboundConnections: 0,
    languageModel: null,
    actor: 'local user',
  };
  const given = { status, progress: null, connected: true, unreachable: false, narrow: false };
  const texts = (input: Parameters<typeof statusParts>[0]): string[] =>
    statusParts(input).texts.map(({ text }) => text);

  it('says what was read, by what, and that nothing leaves the machine', () => {
    expect(texts(given)).toEqual(['36 notes read', 'clinical-extractor/1', 'local only: 0 outbound connections']);
  });

  it('shows progress while notes wait', () => {
    const progress = { queued: 3, read: 9, failed: 0, wordsPerSecond: 1234.5 };
    expect(statusParts({ ...given, progress }).share).toBe(0.75);
    expect(texts({ ...given, progress })[0]).toBe('reading: 9 of 12 notes · 1,235 words/s');
  });

  it('says offline, and warns of outbound connections and unread notes', () => {
    expect(texts({ ...given, unreachable: true })[0]).toContain('offline');
    const warned = statusParts({
      ...given,
      status: { ...status, outboundConnections: 2, notes: { ...status.notes, failed: 1 } },
    });
    expect(warned.texts.filter(({ tone }) => tone === 'look').map(({ text }) => text)).toEqual([
      '1 note could not be read',
      '2 outbound connections',
    ]);
  });
});

describe('a narrowed question', () => {
  it('says its scope in words, before the question mark', () => {
    expect(scopedQuestion('what was the INR?', ['last 12 months'])).toBe('what was the INR in the last 12 months?');
    expect(scopedQuestion('meds', ['at discharge', 'last 12 months'])).toBe('meds at discharge in the last 12 months');
  });

  it('does not say it twice', () => {
    expect(scopedQuestion('meds at discharge?', ['at discharge'])).toBe('meds at discharge?');
  });
});

it('names the model’s release out of a pipeline’s', () => {
  expect(modelRelease('reading/1+clinical-extractor/1+sections/1')).toBe('clinical-extractor/1');
  expect(modelRelease('pipeline/1')).toBe('pipeline/1');
});
