import { useHotkeys } from '@mantine/hooks';
import { useCallback, useMemo, useState } from 'react';
import type { NoteEntity } from '#server/contract/index.ts';
import { isStop } from '../convert/visible-marks.ts';

export interface MarkSteps {
  /** Id of the mark that was stepped to or clicked. */
  readonly active: string | null;
  readonly activate: (id: string | null) => void;
  readonly next: () => void;
  readonly previous: () => void;
  /** `12 of 80`, or how many there are. */
  readonly place: string;
}

/** Steps through the findings of a note (`j`, `k`), around its ends. */
export function useMarkSteps(marks: readonly NoteEntity[]): MarkSteps {
  const [active, setActive] = useState<string | null>(null);
  const stops = useMemo(() => marks.filter(({ label }) => isStop(label)), [marks]);
  const at = stops.findIndex(({ id }) => id === active);
  const go = useCallback(
    (by: number) => {
      if (stops.length === 0) return;
      const from = at < 0 ? (by > 0 ? -1 : 0) : at;
      setActive(stops[(from + by + stops.length) % stops.length]!.id);
    },
    [stops, at],
  );
  const next = useCallback(() => go(1), [go]);
  const previous = useCallback(() => go(-1), [go]);
  useHotkeys([
    ['j', next],
    ['k', previous],
  ]);
  const place = at < 0 ? `${stops.length} findings` : `${at + 1} of ${stops.length}`;
  return { active, activate: setActive, next, previous, place };
}
