import { Popover } from '@mantine/core';
import { useLayoutEffect, useState } from 'react';
import type { MouseEventHandler, RefObject } from 'react';
import type { GetNoteResponse } from '#server/contract/index.ts';
import { relationsOf } from '../convert/relations.ts';
import { MarkCard } from './mark-card.tsx';
import classes from './note.module.css';

interface OverlayProps {
  readonly patient: string;
  readonly note: GetNoteResponse;
  readonly box: RefObject<HTMLDivElement | null>;
  /** The mark that is hovered or stepped to. */
  readonly id: string | null;
  readonly dropdown: { readonly onMouseEnter: MouseEventHandler; readonly onMouseLeave: MouseEventHandler };
  readonly onClose: () => void;
}

interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function placeOf(box: HTMLElement, id: string): Place | null {
  const mark = box.querySelector(`[data-entity="${CSS.escape(id)}"]`);
  const rect = mark?.getClientRects()[0];
  if (!rect) return null;
  const origin = box.getBoundingClientRect();
  return { left: rect.left - origin.left, top: rect.top - origin.top, width: rect.width, height: rect.height };
}

/** A gentle arc from under one mark to under another. */
function arc(from: Place, to: Place): string {
  const [x1, y1] = [from.left + from.width / 2, from.top + from.height];
  const [x2, y2] = [to.left + to.width / 2, to.top + to.height];
  const sag = Math.min(26, 8 + Math.abs(x2 - x1) / 14);
  return `M${x1},${y1} C${x1},${y1 + sag} ${x2},${y2 + sag} ${x2},${y2}`;
}

/** The card of one mark, and lines to the marks that it is related to. */
export function MarkOverlay({ patient, note, box, id, dropdown, onClose }: OverlayProps) {
  const [drawn, setDrawn] = useState<{ place: Place; lines: string[] } | null>(null);
  const entity = note.entities.find((candidate) => candidate.id === id) ?? null;
  useLayoutEffect(() => {
    const place = box.current && id && entity ? placeOf(box.current, id) : null;
    if (!place) return setDrawn(null);
    const others = relationsOf(note, id!).flatMap(({ other }) => placeOf(box.current!, other.id) ?? []);
    setDrawn({ place, lines: others.map((other) => arc(place, other)) });
  }, [box, id, entity, note]);
  if (!drawn || !entity) return null;
  return (
    <>
      <svg className={classes.lines} aria-hidden>
        {drawn.lines.map((path) => (
          <path key={path} d={path} />
        ))}
      </svg>
      <Popover
        key={entity.id}
        opened
        onDismiss={onClose}
        position="bottom-start"
        offset={drawn.lines.length > 0 ? 16 : 6}
        width={320}
        withRoles={false}
        trapFocus={false}
        returnFocus={false}
      >
        <Popover.Target>
          <span className={classes.anchor} style={drawn.place} />
        </Popover.Target>
        <Popover.Dropdown p="sm" {...dropdown}>
          <MarkCard patient={patient} note={note} entity={entity} />
        </Popover.Dropdown>
      </Popover>
    </>
  );
}
