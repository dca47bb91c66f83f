import { describe, expect, it } from 'vitest';
import type { MarkedNotes } from '#evals/datasets/marked-chart.ts';
import { markedChart } from '#evals/datasets/marked-chart.ts';
import { loadTerminology } from '../../engines/terminology/index.ts';
import { composeAnswer } from '../compose.ts';
import { prepare } from '../prepare.ts';

const terminology = loadTerminology('pipelines/rules/terminology/2026.1');

/** Answers with a ranker that is sure of the sentences that hold some words, and of no other. */
async function answer(notes: MarkedNotes, question: string, sureOf: string, how = 6): Promise<string> {
  const chart = markedChart(notes);
  const ranker = {
    release: 'sure-of-words',
    score: (_: string, sentences: readonly string[]) =>
      Promise.resolve(sentences.map((sentence) => (sentence.split(' | ').at(-1)!.includes(sureOf) ? how : -8))),
  };
  const passages = chart.notes.flatMap(({ note }) => [
    {
      passage: {
        id: `${note.id}-0`,
        patient: note.patient,
        note: note.id,
        date: note.date,
        text: note.text,
        start: 0,
        end: note.text.length,
      },
      score: 1,
    },
  ]);
  const asking = { question, asOf: null, chart, previous: [], otherNames: [] };
  const engines = { terminology, search: { search: () => Promise.resolve([]) }, ranker };
  const given = composeAnswer(await prepare(asking, engines, passages as never), null);
  expect(given.by.rules).toContain('sure-of-words');
  return `${given.status} | ${given.claims.map(({ text }) => text).join(' ')}`;
}

const notes: MarkedNotes = [
  [
    '2022-03-01',
    '<M>Apixaban</M> was stopped because of a <C>GI bleed</C>.\nSeen with her daughter.\n<M>Ramipril</M> <D>5 mg</D> daily.',
  ],
];

describe('the pair ranker', () => {
  it('brings an answer in other words than the question', async () => {
    expect(await answer(notes, 'who came along to the appointment?', 'daughter')).toMatch(
      /^answered \|.*with her daughter/,
    );
  });

  it('has no say where the chart nowhere names the drug that is asked about', async () => {
    expect(await answer(notes, 'why was clopidogrel stopped?', 'GI bleed')).toMatch(/^abstained/);
  });

  it('has none but where it is certain if the chart seems to name no drug of the class that is asked about', async () => {
    const course: MarkedNotes = [['2022-03-01', 'Started <M>darbopoeitin</M> last month.\nSeen with her daughter.']];
    expect(await answer(course, 'is she on an ESA?', 'darbopoeitin')).toMatch(/^answered \|.*darbopoeitin/);
    expect(await answer(course, 'is she on an ESA?', 'darbopoeitin', 3)).toMatch(/^abstained/);
  });

  it('takes back a yes that it sees nothing for', async () => {
    const course: MarkedNotes = [['2022-03-01', '<T>COVID</T> swab negative, chest clear.\nSeen with her daughter.']];
    expect(await answer(course, 'has she been vaccinated against covid?', 'nothing of this chart')).toMatch(
      /^abstained/,
    );
  });

  it('turns a quote that it doubts into "not documented"', async () => {
    expect(await answer(notes, 'who prescribed the ramipril?', 'nothing of this chart')).toMatch(/^abstained/);
  });
});
