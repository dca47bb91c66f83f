import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ClinicalError } from '#pipelines/errors.ts';
import type { NoteId, PatientId } from '#pipelines/domain/ids.ts';
import { asId } from '#pipelines/domain/ids.ts';
import type { Note } from '#pipelines/domain/note.ts';
import type { Patient, Sex } from '#pipelines/domain/patient.ts';
import type { TaggedDocument } from './inline-tags.ts';
import { parseInlineTags } from './inline-tags.ts';

export interface GoldQuestion {
  readonly id: string;
  readonly type: string;
  readonly after?: string;
  readonly question: string;
  readonly answer: string;
  readonly accept: readonly string[];
  readonly acceptAll?: readonly string[];
  readonly reject?: readonly string[];
  readonly evidence: readonly { readonly note: string; readonly quote: string }[];
}

export interface GoldNote {
  /** `01`, `02`, … as in the file name; gold evidence names it so. */
  readonly number: string;
  readonly note: Note;
  readonly gold: TaggedDocument;
}

/** A chart of the guideline's format: notes with gold tags (none where the notes are plain text), questions, and what the tags do not say. */
export interface GoldChart {
  readonly patient: Patient;
  readonly folder: string;
  readonly notes: readonly GoldNote[];
  readonly questions: readonly GoldQuestion[];
  readonly genotype: readonly { readonly gene: string; readonly result: string; readonly source: string }[];
  /** Ids ending in p5, p05, p15, p25, p35: kept from training. */
  readonly dev: boolean;
}

/** Where the open charts lie in the project. */
export const CHARTS = 'corpora/charts';

/**
 * Reads every chart below a folder, in order of id. A folder of `<patient>.jsonl` files holds further questions of the open
 * charts: those charts are read, with these questions in place of their own.
 *
 * @throws ClinicalError `CORPUS_NOT_FOUND`
 */
export function readCharts(root: string): readonly GoldChart[] {
  if (!existsSync(root)) throw new ClinicalError('CORPUS_NOT_FOUND', { name: root });
  const asked = readdirSync(root).filter((file) => file.endsWith('.jsonl'));
  if (asked.length > 0 && !existsSync(join(root, 'notes'))) return withQuestions(root, asked);
  return chartFolders(root)
    .map(readChart)
    .sort((a, b) => (a.patient.id < b.patient.id ? -1 : 1));
}

function withQuestions(root: string, files: readonly string[]): readonly GoldChart[] {
  return readCharts(CHARTS).flatMap((chart) => {
    const file = `${chart.patient.id}.jsonl`;
    return files.includes(file) ? [{ ...chart, questions: readLines(join(root, file)) as GoldQuestion[] }] : [];
  });
}

/** SHA-256 over the texts of the charts, to tell whether two runs saw the same data. */
export function hashOfCharts(charts: readonly GoldChart[]): string {
  const hash = createHash('sha256');
  for (const chart of charts) for (const { note } of chart.notes) hash.update(note.sha256);
  return hash.digest('hex');
}

function chartFolders(root: string): string[] {
  if (existsSync(join(root, 'notes'))) return [root];
  return readdirSync(root)
    .map((name) => join(root, name))
    .filter((path) => statSync(path).isDirectory())
    .flatMap(chartFolders);
}

function readChart(folder: string): GoldChart {
  const name = folder.split('/').at(-1)!;
  const file = readJson(join(folder, 'patient.json')) ?? {};
  const patient = patientOf(name, file);
  const notes = readdirSync(join(folder, 'notes'))
    .filter((file_) => file_.endsWith('.txt'))
    .sort()
    .map((file_) => readNote(join(folder, 'notes', file_), patient.id));
  const questions = readLines(join(folder, 'questions.jsonl')) as GoldQuestion[];
  const genotype = (file['genotype'] ?? []) as GoldChart['genotype'];
  return { patient, folder, notes, questions, genotype, dev: /p0?5$|p[123]5$/.test(name) };
}

function readNote(path: string, patient: PatientId): GoldNote {
  const [, number, date, type] = /(\d\d)_(\d{4}-\d\d-\d\d)_([^/]+)\.txt$/.exec(path)!;
  const gold = parseInlineTags(readFileSync(path, 'utf8'));
  const note: Note = {
    id: asId<NoteId>(`${patient}-${number!}`),
    patient,
    type: type!.replaceAll('-', ' '),
    date: date!,
    text: gold.text,
    sha256: createHash('sha256').update(gold.text).digest('hex'),
  };
  return { number: number!, note, gold };
}

function patientOf(name: string, file: Record<string, unknown>): Patient {
  const text = (key: string): string | null => (typeof file[key] === 'string' ? file[key] : null);
  return {
    id: asId<PatientId>(name),
    name: text('name') ?? name,
    birthDate: text('birthDate'),
    sex: text('sex') as Sex | null,
    race: text('race'),
    ethnicity: text('ethnicity'),
    identifiers: [],
  };
}

function readJson(path: string): Record<string, unknown> | null {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>) : null;
}

function readLines(path: string): unknown[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as unknown);
}
