import { useMemo } from 'react';
import { resources } from '../api/resources.ts';
import { useResource } from '../api/use-resource.ts';
import type { Loaded } from '../api/use-resource.ts';
import type { ListNotesResponse } from '#server/contract/index.ts';
import { numberNotes } from '../convert/citations.ts';
import type { NumberedNote } from '../convert/citations.ts';

/** A patient's notes with their numbers, in order of date. */
export function useChartNotes(patient: string): { notes: readonly NumberedNote[]; loaded: Loaded<ListNotesResponse> } {
  const loaded = useResource(resources.notes(patient));
  const list = loaded.data?.notes;
  const notes = useMemo(() => numberNotes(list ?? []), [list]);
  return { notes, loaded };
}
