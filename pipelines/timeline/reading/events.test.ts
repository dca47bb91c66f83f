import { expect, it } from 'vitest';
import { asId } from '#pipelines/domain/ids.ts';
import type { PatientId } from '#pipelines/domain/ids.ts';
import { eventsOf } from './events.ts';
import type { Readings } from './events.ts';

it('gives two genes that stand in one mention an id each', () => {
  const gene = (words: string, start: number) => ({
    note: 'n1',
    entity: { id: 'e1' },
    words,
    concept: words.toLowerCase(),
    codes: [],
    evidence: [{ kind: 'note', noteId: 'n1', start, end: start + words.length, quote: words }],
  });
  const none = { problems: [], medications: [], results: [], procedures: [], habits: [] };
  const readings = { ...none, genotypes: [gene('CYP2C9 *1/*3', 0), gene('VKORC1 A/A', 15)] } as unknown as Readings;
  expect(eventsOf(asId<PatientId>('p1'), readings).map((event) => event.id)).toEqual(['n1/e1', 'n1/e1/2']);
});
