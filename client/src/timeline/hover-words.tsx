import { Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { RefObject } from 'react';

interface Hovered {
  readonly words: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/** The words of the bar or point under the pointer or focus: one tooltip for all of them. */
export function HoverWords({ box }: { readonly box: RefObject<HTMLElement | null> }) {
  const [hovered, setHovered] = useState<Hovered | null>(null);
  useEffect(() => {
    const element = box.current;
    const onOver = (event: Event): void => {
      const mark = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-words]') : null;
      if (!mark || !element) return setHovered(null);
      const [rect, origin] = [mark.getBoundingClientRect(), element.getBoundingClientRect()];
      const [left, top] = [rect.left - origin.left, rect.top - origin.top];
      setHovered({ words: mark.dataset.words ?? '', left, top, width: rect.width });
    };
    const onOut = (): void => setHovered(null);
    element?.addEventListener('mouseover', onOver);
    element?.addEventListener('focusin', onOver);
    element?.addEventListener('mouseleave', onOut);
    element?.addEventListener('focusout', onOut);
    return () => {
      element?.removeEventListener('mouseover', onOver);
      element?.removeEventListener('focusin', onOver);
      element?.removeEventListener('mouseleave', onOut);
      element?.removeEventListener('focusout', onOut);
    };
  }, [box]);
  if (!hovered) return null;
  const { words, ...place } = hovered;
  return (
    <Tooltip opened label={words} multiline maw={340} withArrow={false} key={`${place.left}:${place.top}`}>
      <span style={{ position: 'absolute', pointerEvents: 'none', height: 16, ...place }} />
    </Tooltip>
  );
}
