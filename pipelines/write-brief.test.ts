import { describe, expect, it } from 'vitest';
import type { MarkedNotes } from '#evals/datasets/marked-chart.ts';
import { FEW_NAMES, markedChart } from '#evals/datasets/marked-chart.ts';
import { indexOf } from './answering/evidence/chart-index.ts';
import { verifyClaims } from './answering/verify/gate.ts';
import { linesOf, PAGE_LINES } from './answering/brief/page.ts';
import type { Terminology } from './contracts/terminology.ts';
import type { Chart } from './domain/chart.ts';
import type { Brief } from './write-brief.ts';
import { writeBrief } from './write-brief.ts';

const DRUGS = /^(apixaban|eliquis|lisinopril|warfarin|metformin|sertraline|amoxicillin|tramadol|drug[a-z]+)$/i;
/** The few names of the marked charts, where only drugs are drugs. */
const terminology: Terminology = {
  ...FEW_NAMES,
  medication: (words) => (DRUGS.test(words) ? FEW_NAMES.medication(words) : null),
};
const briefOf = (chart: Chart, since: string | null = null): Brief => writeBrief({ chart, since }, { terminology });
const textOf = ({ sections }: Brief): string =>
  sections.map(({ title, claims }) => [title, ...claims.map(({ text }) => `  ${text}`)].join('\n')).join('\n');
const linesUnder = ({ sections }: Brief, title: string): string[] =>
  sections.filter((section) => section.title === title).flatMap(({ claims }) => claims.map(({ text }) => text));

const NOTES: MarkedNotes = [
  ['2019-02-14', 'PMH: <C>epilepsy</C>, <C>HTN</C>.\n\nAllergies: <M id=m9>amoxicillin</M> (<S by=m9>hives</S>).'],
  [
    '2023-03-01',
    [
      '<C id=c1>HTN</C> above goal, start <M id=m1 act=start for=c1>lisinopril</M> <D of=m1>10 mg</D> <F of=m1>daily</F>.',
      'Admitted with <C>acute kidney injury</C> after vomiting.',
      'Started <M id=m2 act=start>tramadol</M> <D of=m2>50 mg</D> for pain.',
    ].join('\n\n'),
  ],
  [
    '2024-05-20',
    [
      '<C id=c1>AF</C> is rate controlled on <M id=m1 act=continue for=c1>apixaban</M> <D of=m1>5 mg</D> <F of=m1>BID</F>.',
      '<C id=c2>HTN</C> better on <M id=m2 act=increase for=c2>lisinopril</M> <D of=m2>20 mg</D> <F of=m2>daily</F>, <T id=t1>BP</T> <V of=t1>128/76</V>.',
      '<M id=m3 act=stop>Tramadol</M> stopped because of <S by=m3>confusion</S>.',
      'He has a <S>dry cough</S> and <C>pneumonia</C> was treated last week.',
    ].join('\n\n'),
  ],
];

describe('the brief of a chart', () => {
  it('tells each problem with status, what the last note says of it, treatment and last results', () => {
    const lines = linesUnder(briefOf(markedChart(NOTES)), 'HTN');
    expect(lines[0]).toBe('HTN: active, first noted 14 Feb 2019, last asserted 20 May 2024.');
    expect(lines).toContain('Treatment: Lisinopril 20 mg daily.');
    expect(lines).toContain('Last results: BP 128/76 (20 May 2024).');
  });

  it('keeps a passing illness of last year out of the present problems, and symptoms out of all', () => {
    const brief = briefOf(markedChart(NOTES));
    const problems = brief.sections.filter(({ kind }) => kind === 'problem').map(({ title }) => title);
    expect(problems).toContain('Pneumonia');
    expect(problems).not.toContain('Acute kidney injury');
    expect(textOf(brief)).not.toMatch(/dry cough:/i);
  });

  it('marks a lasting problem that no note names any more with its last day', () => {
    expect(linesUnder(briefOf(markedChart(NOTES)), 'Not mentioned for long')).toEqual([
      'Epilepsy, last asserted 14 Feb 2019.',
    ]);
  });

  it('gives a stopped drug with the reason, and does not list it as taken', () => {
    const brief = briefOf(markedChart(NOTES));
    expect(linesUnder(brief, 'Held or stopped lately')).toEqual(['Tramadol stopped 20 May 2024 (confusion).']);
    expect(linesUnder(brief, 'Current medications').join()).not.toMatch(/tramadol/i);
  });

  it('says first what came after the day that is asked for', () => {
    const brief = briefOf(markedChart(NOTES), '2023-12-31');
    expect(brief.sections[0]).toMatchObject({ kind: 'changes', title: 'Changes since 31 Dec 2023' });
    const changes = linesUnder(brief, 'Changes since 31 Dec 2023').join('\n');
    expect(changes).toMatch(/Stopped: Tramadol 20 May 2024 \(confusion\)/);
    expect(changes).toMatch(/Dose up: Lisinopril 20 mg 20 May 2024/);
    expect(changes).toMatch(/New problems: .*AF \(20 May 2024\)/);
    expect(changes).not.toMatch(/epilepsy/i);
  });

  it('has an empty section of changes where no later note is', () => {
    expect(briefOf(markedChart(NOTES), '2024-05-20').sections[0]).toMatchObject({ kind: 'changes', claims: [] });
  });

  it('lists allergies with reaction, but none that was taken off the list', () => {
    const chart = markedChart(NOTES);
    expect(linesUnder(briefOf(chart), 'Allergies')).toEqual(['Amoxicillin: hives, last asserted 14 Feb 2019.']);
    const removed = { ...chart, allergies: chart.allergies.map((fact) => ({ ...fact, status: 'removed' as const })) };
    expect(textOf(briefOf(removed))).not.toMatch(/amoxicillin/i);
  });

  it('quotes allergy text that no allergy was read from', () => {
    const chart = markedChart(NOTES);
    const unread = { ...chart, allergies: chart.allergies.map((fact) => ({ ...fact, interpreted: false })) };
    expect(linesUnder(briefOf(unread), 'Allergies')[0]).toMatch(/^Allergy text not interpreted: "/);
  });

  it('says that no allergy statement was found, and never that there is none', () => {
    const brief = briefOf(markedChart([['2024-05-20', '<C>Asthma</C> is stable on inhalers.']]));
    expect(brief.sections.find(({ kind }) => kind === 'allergies')).toEqual({
      kind: 'allergies',
      title: 'Allergies: no allergy statement found',
      claims: [],
    });
  });

  it('quotes and marks what the readers of the notes do not agree on', () => {
    const chart = markedChart(NOTES);
    const unsure = { ...chart, problems: chart.problems.map((fact) => ({ ...fact, contextUncertain: true })) };
    expect(linesUnder(briefOf(unsure), 'AF')[0]).toMatch(/^Context uncertain, 20 May 2024: "AF is rate controlled/);
  });

  it('puts both sides of a contradiction among the open questions', () => {
    const brief = briefOf(
      markedChart([
        ['2024-01-10', 'Allergies: <M id=m1>amoxicillin</M> (<S by=m1>hives</S>).'],
        ['2024-05-20', 'Start <M id=m1 act=start>amoxicillin</M> <D of=m1>500 mg</D> <F of=m1>TID</F>.'],
      ]),
    );
    expect(linesUnder(brief, 'Open questions')[0]).toMatch(
      /^The notes disagree on amoxicillin: 10 Jan 2024: ".*" against 20 May 2024: ".*amoxicillin 500 mg TID/,
    );
  });
});

const MANY: MarkedNotes = ['2023-11-02', '2024-05-20'].map((day) => [
  day,
  Array.from({ length: 45 }, (_, i) => {
    const name = String.fromCharCode(97 + (i % 26)) + String.fromCharCode(97 + Math.floor(i / 26));
    return `Chronic <C id=c${i}>${name}itis syndrome</C> is treated with <M id=m${i} act=continue for=c${i}>drug${name}</M> <D of=m${i}>10 mg</D> <F of=m${i}>daily</F> and will be seen again.`;
  }).join('\n\n'),
]);

describe.each([
  ['a short chart', NOTES, null],
  ['a short chart since a day', NOTES, '2020-01-01'],
  ['a chart of 45 problems and 45 drugs', MANY, '2024-01-01'],
  ['a chart without notes', [], null],
] as const)('the brief of %s', (_name, notes, since) => {
  it('fits a page', () => {
    expect(linesOf(briefOf(markedChart(notes), since).sections)).toBeLessThanOrEqual(PAGE_LINES);
  });

  it('holds only lines that the gate of answers lets through', () => {
    const chart = markedChart(notes);
    const claims = briefOf(chart, since).sections.flatMap((section) => section.claims);
    // The count of what a list leaves out is reckoned, not read.
    const drafts = claims.map(({ text, citations }) => ({
      text: text.replace(/; and \d+ more\.$/, '.'),
      citations,
      polarity: 'quoted' as const,
    }));
    expect(verifyClaims(drafts, indexOf(chart), terminology)).toEqual({
      claims: drafts.map(({ text, citations }) => ({ text, citations })),
      refused: [],
    });
  });

  it('is the same to the byte when written again', () => {
    const first = JSON.stringify(briefOf(markedChart(notes), since));
    expect(JSON.stringify(briefOf(markedChart(notes), since))).toBe(first);
  });
});

it('counts what a page has no room for', () => {
  expect(textOf(briefOf(markedChart(MANY)))).toMatch(/; and \d+ more\./);
});
