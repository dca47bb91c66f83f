import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { stripTags } from './strip-tags.ts';

/** All that the demo takes of a chart: who the patient is, and the notes as a clinician would have them. */
export interface DemoChart {
  readonly id: string;
  readonly name: string;
  readonly birthDate: string;
  readonly sex: 'female' | 'male';
  readonly race: string;
  readonly ethnicity: string;
  readonly notes: readonly DemoNote[];
}

export interface DemoNote {
  readonly date: string;
  readonly type: string;
  readonly text: string;
}

/** The schema drops every other key of the file. */
const demographics = z.object({
  id: z.string(),
  name: z.string(),
  birthDate: z.iso.date(),
  sex: z.enum(['female', 'male']),
  race: z.string(),
  ethnicity: z.string(),
});

const NOTE_FILE = /^\d+_(\d{4}-\d{2}-\d{2})_(.+)\.txt$/;

/**
 * Reads one chart folder of the guideline's format as a demo patient: two kinds of files in it are opened, the patient's and
 * the notes', and of these the demographics and the text without tags are taken.
 */
export async function readDemoChart(folder: string): Promise<DemoChart> {
  const patient = demographics.parse(JSON.parse(await readFile(join(folder, 'patient.json'), 'utf8')));
  const files = (await readdir(join(folder, 'notes'))).filter((file) => NOTE_FILE.test(file)).sort();
  const notes = await Promise.all(files.map((file) => readDemoNote(join(folder, 'notes'), file)));
  return { ...patient, notes };
}

async function readDemoNote(folder: string, file: string): Promise<DemoNote> {
  const [, date, type] = NOTE_FILE.exec(file)!;
  return { date: date!, type: type!.replaceAll('-', ' '), text: stripTags(await readFile(join(folder, file), 'utf8')) };
}

/** Folders of the longitudinal charts (two notes or more), in order of batch and patient. */
export async function demoFolders(root: string): Promise<readonly string[]> {
  const folders: string[] = [];
  for (const batch of await subfolders(root)) {
    for (const chart of await subfolders(join(root, batch))) {
      const notes = await readdir(join(root, batch, chart, 'notes'));
      if (notes.filter((file) => NOTE_FILE.test(file)).length >= 2) folders.push(join(root, batch, chart));
    }
  }
  return folders;
}

async function subfolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}
