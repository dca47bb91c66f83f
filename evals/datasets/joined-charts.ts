import { createHash } from 'node:crypto';
import type { NoteId, PatientId } from '#pipelines/domain/ids.ts';
import { asId } from '#pipelines/domain/ids.ts';
import type { Note } from '#pipelines/domain/note.ts';
import type { Patient } from '#pipelines/domain/patient.ts';
import type { GoldChart } from './charts.ts';

const DAY = 86_400_000;

/**
 * Joins open charts into one invented patient of a wanted size, for measuring speed: each round through the charts is
 * moved back in time, and each note gets a last line of its own so that no two are the same text. Says nothing about
 * quality, since the joined patient contradicts himself.
 *
 * @param size - Number of notes, at least 1.
 */
export function joinCharts(
  charts: readonly GoldChart[],
  size: number,
): { readonly patient: Patient; readonly notes: readonly Note[] } {
  const patient: Patient = {
    id: asId<PatientId>(`joined-${size}`),
    name: 'Joined Patient',
    birthDate: '1950-01-01',
    sex: 'female',
    race: null,
    ethnicity: null,
    identifiers: [],
  };
  const source = charts.flatMap((chart) => chart.notes.map((item) => item.note));
  const notes = Array.from({ length: size }, (_, i): Note => {
    const from = source[i % source.length]!;
    const round = Math.floor(i / source.length);
    const text = `${from.text.trimEnd()}\nDocument ${i + 1}.\n`;
    return {
      id: asId<NoteId>(`${patient.id}-${i + 1}`),
      patient: patient.id,
      type: from.type,
      date: new Date(Date.parse(from.date) - round * 400 * DAY).toISOString().slice(0, 10),
      text,
      sha256: createHash('sha256').update(text).digest('hex'),
    };
  });
  return { patient, notes: notes.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)) };
}
