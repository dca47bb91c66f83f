import { memo } from 'react';
import { useSearchParams } from 'react-router';
import type { NoteCitation } from '#server/contract/index.ts';
import { percent } from '../convert/time-scale.ts';
import type { Window } from '../convert/time-scale.ts';
import type { Bar, Lane, Point, Row } from '../convert/timeline-rows.ts';
import { useEvidence } from '../frame/use-evidence.ts';
import type { HueName } from '../theme/label-hues.ts';
import classes from './timeline.module.css';

const HUES: Readonly<Record<Lane, HueName>> = {
  encounters: 'time',
  problems: 'condition',
  findings: 'finding',
  medications: 'medication',
  procedures: 'procedure',
  results: 'test',
};

interface RowProps {
  readonly row: Row;
  readonly window: Window;
}

/** One thing through time. */
export const TimelineRow = memo(function TimelineRow({ row, window }: RowProps) {
  const hue = HUES[row.lane];
  return (
    <div className={classes.row}>
      <RowLabel row={row} />
      <div className={classes.track} style={{ '--hue': `var(--hue-${hue})`, '--tint': `var(--tint-${hue})` } as object}>
        {row.bars.map((bar) => (
          <BarMark key={bar.from} bar={bar} window={window} />
        ))}
        {row.points.map((point, index) => (
          <PointMark key={index} point={point} window={window} />
        ))}
      </div>
    </div>
  );
});

function RowLabel({ row }: { readonly row: Row }) {
  const [params, setParams] = useSearchParams();
  const plot = (): void => {
    const next = new URLSearchParams(params);
    next.set('test', row.test!);
    setParams(next);
  };
  return (
    <span className={classes.label} title={row.label}>
      {row.test === null ? (
        row.label
      ) : (
        <button type="button" className="link" onClick={plot} title={`Plot ${row.label}`}>
          {row.label}
        </button>
      )}
    </span>
  );
}

function useOpen(evidence: NoteCitation): () => void {
  const { open, openCitation } = useEvidence();
  // A whole note has no span of its own.
  return () => (evidence.end > evidence.start ? openCitation(evidence) : open({ note: evidence.noteId }));
}

function BarMark({ bar, window }: { readonly bar: Bar; readonly window: Window }) {
  const open = useOpen(bar.evidence);
  const [left, right] = [Math.max(0, percent(bar.from, window)), Math.min(100, percent(bar.to, window))];
  if (right < 0 || left > 100) return null;
  return (
    <button
      type="button"
      className={classes.bar}
      data-form={bar.form}
      data-open-start={bar.openStart || undefined}
      data-open-end={bar.openEnd || undefined}
      data-words={bar.words}
      aria-label={bar.words}
      style={{ insetInlineStart: `${left}%`, width: `max(6px, ${right - left}%)` }}
      onClick={open}
    >
      {bar.text}
    </button>
  );
}

function PointMark({ point, window }: { readonly point: Point; readonly window: Window }) {
  const open = useOpen(point.evidence);
  const at = percent(point.at, window);
  if (at < 0 || at > 100) return null;
  return (
    <button
      type="button"
      className={classes.point}
      data-words={point.words}
      aria-label={point.words}
      style={{ insetInlineStart: `${at}%` }}
      onClick={open}
    />
  );
}
