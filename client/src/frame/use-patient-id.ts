import { useMatch } from 'react-router';

/** Id of the patient whose chart is open, from the address; null on pages without one. */
export function usePatientId(): string | null {
  return useMatch('/patients/:patient/*')?.params.patient ?? null;
}
