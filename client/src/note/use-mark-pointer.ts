import { useCallback, useEffect, useRef, useState } from 'react';
import type { MouseEvent, RefObject } from 'react';

const OPEN_AFTER = 220;
const CLOSE_AFTER = 260;

function markUnder(event: MouseEvent): string | null {
  const mark = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-entity]') : null;
  return mark?.dataset.entity ?? null;
}

/** Which mark the pointer rests on. One listener for all marks; the card stays open while the pointer is in it. */
export function useMarkPointer(box: RefObject<HTMLElement | null>, onActivate: (id: string | null) => void) {
  const [hovered, setHovered] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const later = useCallback((id: string | null, after: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setHovered(id), after);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  const close = useCallback(() => {
    clearTimeout(timer.current);
    setHovered(null);
  }, []);
  const handlers = {
    onMouseOver: (event: MouseEvent) => {
      if (!box.current?.contains(event.target as Node)) return;
      const id = markUnder(event);
      later(id, id === null ? CLOSE_AFTER : OPEN_AFTER);
    },
    onMouseLeave: () => later(null, CLOSE_AFTER),
    onClick: (event: MouseEvent) => {
      const id = markUnder(event);
      // Selecting words in order to copy them is not a click on a mark.
      if (id !== null && window.getSelection()?.isCollapsed !== false) onActivate(id);
    },
  };
  const dropdown = {
    onMouseEnter: () => clearTimeout(timer.current),
    onMouseLeave: () => later(null, CLOSE_AFTER),
  };
  return { hovered, close, handlers, dropdown };
}
