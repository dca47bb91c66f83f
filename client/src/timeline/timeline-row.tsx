import { memo } from 'react';
import { useSearchParams } from 'react-router';
import type { NoteCitation } from '#server/contract/index.ts';
import { percent } from '../convert/time-scale.ts';
import type { Window } from '../convert/time-scale.ts';
import { clustered } from '../convert/timeline-rows.ts';
import type { Bar, Cluster, Lane, Row } from '../convert/timeline-rows.ts';
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

/** Smallest width of what can be pressed, in pixels (WCAG 2.2, target size). */
const SMALLEST = 24;

interface RowProps {
  readonly row: Row;
  readonly window: Window;
  /** Of the track, in pixels. */
  readonly width: number;
  readonly onZoom: (factor: number, about: number) => void;
}

/** One thing through time. */
export const TimelineRow = memo(function TimelineRow({ row, window, width, onZoom }: RowProps) {
  const hue = HUES[row.lane];
  const nearest = (SMALLEST / Math.max(1, width)) * (window.to - window.from);
  return (
    <div className={classes.row}>
      <RowLabel row={row} />
      <div className={classes.track} style={{ '--hue': `var(--hue-${hue})`, '--tint': `var(--tint-${hue})` } as object}>
        {row.bars.map((bar) => (
          <BarMark key={bar.from} bar={bar} window={window} width={width} />
        ))}
        {clustered(row.points, nearest).map((cluster) => (
          <ClusterMark key={cluster.at} cluster={cluster} window={window} onZoom={onZoom} />
        ))}
      </div>
    </div>
  );
});

/** Names the row; opens the plot of a test, else the evidence of the latest entry. */
function RowLabel({ row }: { readonly row: Row }) {
  const [params, setParams] = useSearchParams();
  const evidence = (row.bars.at(-1) ?? row.points.at(-1))?.evidence;
  const open = useOpen(evidence);
  const plot = (): void => {
    const next = new URLSearchParams(params);
    next.set('test', row.test!);
    setParams(next);
  };
  return (
    <button
      type="button"
      className={classes.label}
      title={row.test === null ? row.label : `Plot ${row.label}`}
      onClick={row.test === null ? open : plot}
    >
      {row.label}
    </button>
  );
}

function useOpen(evidence: NoteCitation | undefined): () => void {
  const { open, openCitation } = useEvidence();
  return () => {
    if (!evidence) return;
    // A whole note has no span of its own.
    if (evidence.end > evidence.start) openCitation(evidence);
    else open({ note: evidence.noteId });
  };
}

function BarMark({ bar, window, width }: { readonly bar: Bar; readonly window: Window; readonly width: number }) {
  const open = useOpen(bar.evidence);
  const [left, right] = [Math.max(0, percent(bar.from, window)), Math.min(100, percent(bar.to, window))];
  if (right < 0 || left > 100) return null;
  const look = {
    className: classes.bar,
    'data-form': bar.form,
    'data-open-start': bar.openStart || undefined,
    'data-open-end': bar.openEnd || undefined,
    'data-words': bar.words,
    style: { insetInlineStart: `${left}%`, width: `max(5px, ${right - left}%)` },
  };
  // Too short to be pressed without missing: the row's name opens it, or zooming in.
  if (((right - left) / 100) * width < SMALLEST) return <span {...look} role="img" aria-label={bar.words} />;
  return (
    <button type="button" {...look} aria-label={bar.words} onClick={open}>
      <span className={classes.barText}>{bar.text}</span>
    </button>
  );
}

interface ClusterProps {
  readonly cluster: Cluster;
  readonly window: Window;
  readonly onZoom: (factor: number, about: number) => void;
}

/** A point, or several too close to tell apart: these zoom in. */
function ClusterMark({ cluster, window, onZoom }: ClusterProps) {
  const [first] = cluster.points;
  const open = useOpen(first.evidence);
  const at = percent(cluster.at, window);
  if (at < 0 || at > 100) return null;
  const count = cluster.points.length;
  // Several on one day cannot be zoomed apart.
  const apart = count > 1 && cluster.points.at(-1)!.at > first.at;
  const words = cluster.points.map((point) => point.words).join('; ');
  return (
    <button
      type="button"
      className={classes.point}
      data-words={words}
      aria-label={apart ? `${words}; zoom in` : words}
      style={{ insetInlineStart: `${at}%` }}
      onClick={apart ? () => onZoom(0.35, cluster.at) : open}
    >
      {count > 1 && count}
    </button>
  );
}
