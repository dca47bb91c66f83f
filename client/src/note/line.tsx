import { memo } from 'react';
import { formsOf, markWords } from '../convert/assertion.ts';
import { lineSegments } from '../convert/segments.ts';
import type { NoteLine, Segment } from '../convert/segments.ts';
import { hueOf, isQualifier } from '../theme/label-hues.ts';
import marks from './marks.module.css';
import classes from './note.module.css';

interface Range {
  readonly start: number;
  readonly end: number;
}

interface LineProps {
  readonly line: NoteLine;
  readonly cited: Range | null;
  /** Changes when the citation is opened again; 0 never flashes. */
  readonly flash: number;
  readonly found: readonly Range[];
  readonly current: Range | null;
  readonly active: string | null;
  readonly copied: boolean;
}

/** One line of the note; drawn again only when something on it changes. */
export const Line = memo(function Line({ line, cited, flash, found, current, active, copied }: LineProps) {
  return (
    <div className={classes.line} data-start={line.start} data-copied={copied || undefined}>
      {lineSegments(line, cited, found).map((segment) => (
        <Piece
          key={segment.cited ? `${segment.start}:${flash}` : segment.start}
          segment={segment}
          flash={flash > 0}
          first={segment.start === cited?.start}
          last={segment.end === cited?.end}
          active={segment.entity !== null && segment.entity.id === active}
          current={current !== null && segment.start >= current.start && segment.end <= current.end}
        />
      ))}
    </div>
  );
});

interface PieceProps {
  readonly segment: Segment;
  readonly flash: boolean;
  /** Whether the cited words begin, and end, with this piece. */
  readonly first: boolean;
  readonly last: boolean;
  readonly active: boolean;
  readonly current: boolean;
}

function Piece({ segment, flash, first, last, active, current }: PieceProps) {
  const { found, cited, text } = segment;
  const inner = segment.entity ? <Mark segment={segment} active={active} /> : text;
  const sought = found ? (
    <span className={`${marks.found} ${current ? marks.foundCurrent : ''}`} data-current={current || undefined}>
      {inner}
    </span>
  ) : (
    inner
  );
  if (!cited) return sought;
  return (
    <span
      className={marks.cited}
      data-cited
      data-first={first || undefined}
      data-last={last || undefined}
      data-flash={flash || undefined}
    >
      {sought}
    </span>
  );
}

function Mark({ segment, active }: { readonly segment: Segment; readonly active: boolean }) {
  const entity = segment.entity!;
  return (
    <span
      className={marks.mark}
      data-entity={entity.id}
      data-mark={segment.head ? entity.id : undefined}
      data-hue={hueOf(entity.label)}
      data-qualifier={isQualifier(entity.label) || undefined}
      data-forms={formsOf(entity.assertion).join(' ')}
      data-inner={segment.end < entity.end || undefined}
      data-active={active || undefined}
      role="button"
      tabIndex={-1}
      aria-label={`${segment.text.trim()}: ${markWords(entity)}`}
    >
      {segment.text}
    </span>
  );
}
