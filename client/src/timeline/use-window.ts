import { useCallback, useState } from 'react';
import { lastDays, panned, zoomed } from '../convert/time-scale.ts';
import type { Window } from '../convert/time-scale.ts';

export interface TimeView {
  readonly window: Window;
  readonly extent: Window;
  readonly zoom: (factor: number, about?: number) => void;
  readonly pan: (share: number) => void;
  /** The last days of the chart; null shows all of it. */
  readonly show: (days: number | null) => void;
}

/** Which days the timeline shows. */
export function useWindow(extent: Window): TimeView {
  const [chosen, setChosen] = useState<Window | null>(null);
  const window = chosen ?? extent;
  const zoom = useCallback(
    (factor: number, about?: number) =>
      setChosen((was) => {
        const now = was ?? extent;
        return zoomed(now, factor, about ?? (now.from + now.to) / 2, extent);
      }),
    [extent],
  );
  const pan = useCallback((share: number) => setChosen((was) => panned(was ?? extent, share, extent)), [extent]);
  const show = useCallback((days: number | null) => setChosen(days === null ? null : lastDays(days, extent)), [extent]);
  return { window, extent, zoom, pan, show };
}
