import { useSyncExternalStore } from 'react';

let open: string | null = null;
const listeners = new Set<() => void>();

function set(patient: string | null): void {
  open = patient;
  listeners.forEach((listener) => listener());
}

/** Opens the dialog that adds a note, from anywhere. */
export function openAddNote(patient: string): void {
  set(patient);
}

export function closeAddNote(): void {
  set(null);
}

/** The patient for whom a note is being added; null while the dialog is shut. */
export function useAddNotePatient(): string | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
}
