import type { Note } from '#pipelines/domain/note.ts';
import { createTagger } from '#pipelines/engines/transformers/index.ts';
import { annotateNote } from '#pipelines/ingest-note.ts';
import type { Terminology } from '#pipelines/contracts/terminology.ts';
import type { Row } from './statistics.ts';
import { millisecondsOf, quantile } from './statistics.ts';

const MODEL = new URL('../../pipelines/models/clinical-extractor/1', import.meta.url).pathname;
const wordsOf = (text: string): number => text.split(/\s+/).filter(Boolean).length;

/** Notes and words a second on one and two workers, and the time of one note of 500 words. */
export async function benchReading(notes: readonly Note[], terminology: Terminology): Promise<Row[]> {
  const rows: Row[] = [];
  for (const workers of [1, 2]) {
    const tagger = await createTagger({ modelDir: MODEL, workers });
    const engines = { tagger, terminology };
    await annotateNote(notes[0]!, engines);
    const milliseconds = await millisecondsOf(() => Promise.all(notes.map((note) => annotateNote(note, engines))));
    const words = notes.reduce((sum, note) => sum + wordsOf(note.text), 0);
    rows.push({
      measure: `reading, ${workers} worker${workers > 1 ? 's' : ''}`,
      value: `${((1000 * notes.length) / milliseconds).toFixed(1)} notes/s, ${Math.round((1000 * words) / milliseconds)} words/s`,
    });
    if (workers === 1) rows.push(await oneNote(notes, (note) => annotateNote(note, engines)));
    await tagger.close();
  }
  return rows;
}

async function oneNote(notes: readonly Note[], read: (note: Note) => Promise<unknown>): Promise<Row> {
  const words = notes
    .map((note) => note.text)
    .join('\n')
    .match(/\S+\s*/g)!
    .slice(0, 500);
  const note: Note = { ...notes[0]!, text: words.join('') };
  const times: number[] = [];
  for (let i = 0; i < 12; i++) times.push(await millisecondsOf(() => read(note)));
  return {
    measure: 'a note of 500 words, one worker, p50',
    value: `${quantile(times, 0.5).toFixed(0)} ms`,
    aim: '300 ms',
  };
}
