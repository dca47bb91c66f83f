import { useCallback, useState } from 'react';
import { lastDays, panned, zoomed } from '../convert/time-scale.ts';
import type { Window } from '../convert/time-scale.ts';

export interface TimeView {
  readonly window: Window;
  readonly extent: Window;
  readonly zoom: (factor: number, about?: number) => void;
  readonly pan: (share: number) => void;
  /** Something stands before the first day shown. */
  readonly earlier: boolean;
  /** The last days of the chart; null shows all of it. */
  readonly show: (days: number | null) => void;
}

/** Which days the timeline shows: at first those of the notes, whatever older things they tell of. */
export function useWindow(extent: Window, home: Window): TimeView {
  const [chosen, setChosen] = useState<Window | null>(null);
  const window = chosen ?? home;
  const zoom = useCallback(
    (factor: number, about?: number) =>
      setChosen((was) => {
        const now = was ?? home;
        return zoomed(now, factor, about ?? (now.from + now.to) / 2, extent);
      }),
    [extent, home],
  );
  const pan = useCallback((share: number) => setChosen((was) => panned(was ?? home, share, extent)), [extent, home]);
  const show = useCallback(
    (days: number | null) => setChosen(days === null ? extent : lastDays(days, extent)),
    [extent],
  );
  return { window, extent, zoom, pan, show, earlier: window.from > extent.from };
}
