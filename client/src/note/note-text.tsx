import { Button } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { GetNoteResponse, NoteEntity } from '#server/contract/index.ts';
import { noteLines } from '../convert/segments.ts';
import type { NoteLine } from '../convert/segments.ts';
import { groupFolded } from '../convert/fold.ts';
import { Line } from './line.tsx';
import { MarkOverlay } from './mark-overlay.tsx';
import classes from './note.module.css';
import { centre } from './scroll.ts';
import { useMarkPointer } from './use-mark-pointer.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

interface TextProps {
  readonly patient: string;
  readonly note: GetNoteResponse;
  readonly marks: readonly NoteEntity[];
  readonly cited: Range | null;
  /** Changes whenever the citation is to be flashed again. */
  readonly flash: number;
  readonly found: readonly Range[];
  readonly current: Range | null;
  readonly active: string | null;
  readonly onActivate: (id: string | null) => void;
  readonly copied: ReadonlySet<number>;
  readonly raw: boolean;
}

/** The text exactly as it was written, line by line, with its marks in place. */
export function NoteText(props: TextProps) {
  const { note, marks, cited, flash, current, active } = props;
  const box = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => noteLines(note.note.text, marks), [note.note.text, marks]);
  const pointer = useMarkPointer(box, props.onActivate);
  useEffect(() => {
    const element = cited && box.current?.querySelector('[data-cited]');
    if (element) centre(element);
  }, [cited, flash]);
  useEffect(() => {
    const element = current && box.current?.querySelector('[data-current]');
    if (element) centre(element);
  }, [current]);
  useEffect(() => {
    const element = active && box.current?.querySelector<HTMLElement>(`[data-mark="${CSS.escape(active)}"]`);
    if (!element) return;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label="Note text">
      <div className={classes.text} ref={box} data-note-text {...pointer.handlers}>
        <Lines lines={lines} shown={props} />
        <MarkOverlay
          patient={props.patient}
          note={note}
          box={box}
          id={pointer.hovered ?? active}
          dropdown={pointer.dropdown}
          onClose={() => {
            pointer.close();
            props.onActivate(null);
          }}
        />
      </div>
    </div>
  );
}

const overlap = (line: NoteLine, range: Range | null): Range | null =>
  range && range.start < line.end && line.start < range.end ? range : null;

const NONE: readonly Range[] = [];

function Lines({ lines, shown }: { readonly lines: readonly NoteLine[]; readonly shown: TextProps }) {
  const groups = useMemo(() => groupFolded(lines, shown.copied, shown.cited), [lines, shown.copied, shown.cited]);
  return groups.map((group) => {
    const drawn = group.lines.map((line) => {
      const found = shown.found.filter((range) => overlap(line, range));
      return (
        <Line
          key={line.start}
          line={line}
          cited={overlap(line, shown.cited)}
          flash={overlap(line, shown.cited) ? shown.flash : 0}
          found={found.length > 0 ? found : NONE}
          current={overlap(line, shown.current)}
          active={line.entities.some(({ id }) => id === shown.active) ? shown.active : null}
          copied={shown.copied.has(line.start)}
        />
      );
    });
    return group.folded ? <Folded key={`fold${group.start}`} count={group.lines.length} lines={drawn} /> : drawn;
  });
}

function Folded({ count, lines }: { readonly count: number; readonly lines: React.ReactNode }) {
  const [open, setOpen] = useState(false);
  if (open) return lines;
  return (
    <Button variant="default" size="compact-xs" className={classes.folded ?? ''} onClick={() => setOpen(true)}>
      {count} {count === 1 ? 'line' : 'lines'} copied from an earlier note
    </Button>
  );
}
