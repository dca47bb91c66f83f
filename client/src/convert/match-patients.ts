import type { PatientSummary } from '#server/contract/index.ts';

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Patients whose name or id holds every typed word, in any order, accents and case ignored; by last note, newest first. */
export function matchPatients(patients: readonly PatientSummary[], words: string): PatientSummary[] {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  return patients
    .filter(({ name, id }) => wanted.every((word) => plain(`${name} ${id}`).includes(word)))
    .sort((a, b) => (b.lastNote ?? '').localeCompare(a.lastNote ?? '') || a.name.localeCompare(b.name));
}
