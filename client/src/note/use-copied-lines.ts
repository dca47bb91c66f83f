import { useEffect, useMemo, useState } from 'react';
import type { GetNoteResponse } from '#server/contract/index.ts';
import { request } from '../api/request.ts';
import { resources } from '../api/resources.ts';
import { copiedLineStarts } from '../convert/copied-lines.ts';
import { useChartNotes } from './use-chart-notes.ts';

const EARLIER_NOTES = 60;

interface CopiedInput {
  readonly patient: string;
  readonly note: GetNoteResponse['note'];
  readonly on: boolean;
}

/** Starts of the lines that stand word for word in an earlier note (of the last 60); empty while off or still looking. */
export function useCopiedLines({ patient, note, on }: CopiedInput): ReadonlySet<number> {
  const { notes } = useChartNotes(patient);
  const [earlier, setEarlier] = useState<readonly string[]>([]);
  const ids = useMemo(() => {
    const at = notes.findIndex(({ id }) => id === note.id);
    return notes.slice(Math.max(0, at - EARLIER_NOTES), Math.max(0, at)).map(({ id }) => id);
  }, [notes, note.id]);
  useEffect(() => {
    if (!on) return setEarlier([]);
    const abort = new AbortController();
    const read = (id: string): Promise<GetNoteResponse> =>
      request<GetNoteResponse>(resources.note(patient, id).path, { signal: abort.signal });
    Promise.all(ids.map(read)).then(
      (all) => setEarlier(all.map((one) => one.note.text)),
      () => setEarlier([]),
    );
    return () => abort.abort();
  }, [on, ids, patient]);
  return useMemo(() => copiedLineStarts(note.text, earlier), [note.text, earlier]);
}
