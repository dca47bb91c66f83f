import { randomUUID } from 'node:crypto';
import { asId } from '#pipelines/domain/ids.ts';
import type { NoteId, PatientId } from '#pipelines/domain/ids.ts';
import type { Note } from '#pipelines/domain/note.ts';
import type { Signature } from '../flows/clock.ts';
import { receiveNote } from '../flows/receive-note.ts';
import type { Stores } from '../stores/stores.ts';
import type { DemoChart } from './read-demo-chart.ts';
import { demoFolders, readDemoChart } from './read-demo-chart.ts';

export interface DemoMeans {
  readonly stores: Pick<Stores, 'patients' | 'notes'>;
  readonly sign: Signature;
  readonly maxNoteBytes: number;
  /** Called for each note once it is stored. */
  readonly received: (note: Note) => void;
}

/**
 * Stores the demo patients and their notes, to be read like any others. Does nothing for a patient that is there, so that an
 * interrupted first start is taken up by the next one.
 *
 * @returns How many patients there are to show.
 */
export async function loadDemo(root: string, most: number, means: DemoMeans): Promise<number> {
  const folders = (await demoFolders(root)).slice(0, most);
  for (const folder of folders) await storeChart(await readDemoChart(folder), means);
  return folders.length;
}

async function storeChart(chart: DemoChart, means: DemoMeans): Promise<void> {
  const id = asId<PatientId>(chart.id);
  const { notes, id: _id, ...patient } = chart;
  if (!(await means.stores.patients.get(id))) await means.stores.patients.add(id, patient, means.sign());
  const stored = await means.stores.notes.list(id);
  const texts = new Set(stored.map((note) => note.text));
  for (const { date, type, text } of notes) {
    if (texts.has(text)) continue;
    const draft = { id: asId<NoteId>(randomUUID()), patient: id, date, type, text };
    const storing = { notes: means.stores.notes, sign: means.sign, maxNoteBytes: means.maxNoteBytes };
    means.received(await receiveNote(draft, storing));
  }
}
