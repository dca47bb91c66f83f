import { Text } from '@mantine/core';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, MouseEvent } from 'react';
import { formatDate, isoOfDay } from '../convert/dates.ts';
import { percent, ticksOf } from '../convert/time-scale.ts';
import { LANES, takenOn } from '../convert/timeline-rows.ts';
import type { Lane, Row } from '../convert/timeline-rows.ts';
import { HoverWords } from './hover-words.tsx';
import { TimelineRow } from './timeline-row.tsx';
import classes from './timeline.module.css';
import type { TimeView } from './use-window.ts';

interface LanesProps {
  readonly rows: readonly Row[];
  /** Also those filtered out: the cursor's sentence speaks of all medications. */
  readonly all: readonly Row[];
  readonly view: TimeView;
}

const TITLES: Readonly<Record<Lane, string>> = {
  encounters: 'Encounters',
  problems: 'Problems',
  findings: 'Findings',
  medications: 'Medications',
  procedures: 'Procedures',
  results: 'Results',
};

/** The rows under one axis of time. */
export function Lanes({ rows, all, view }: LanesProps) {
  const box = useRef<HTMLDivElement>(null);
  const axis = useRef<HTMLDivElement>(null);
  const { ref: sized, width } = useElementSize<HTMLDivElement>();
  const axisRef = useMergedRef(axis, sized);
  const [cursor, setCursor] = useState<number | null>(null);
  useWheelZoom(box, axis, view);
  const dayAt = (event: MouseEvent): number | null => {
    const rect = axis.current?.getBoundingClientRect();
    if (!rect || event.clientX < rect.left) return null;
    return view.window.from + ((event.clientX - rect.left) / rect.width) * (view.window.to - view.window.from);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const step = event.shiftKey ? 30 : 1;
    setCursor((day) => Math.min(view.window.to, Math.max(view.window.from, (day ?? view.window.to) + by * step)));
  };
  return (
    <div
      ref={box}
      className={classes.lanes}
      onMouseMove={(event) => setCursor(dayAt(event))}
      onMouseLeave={() => setCursor(null)}
    >
      <CursorSentence day={cursor} rows={all} earlier={view.earlier} />
      <div className={classes.axisRow}>
        <span className={classes.label} />
        <div
          ref={axisRef}
          className={classes.axis}
          role="slider"
          tabIndex={0}
          aria-label="Cursor date"
          aria-valuemin={Math.round(view.window.from)}
          aria-valuemax={Math.round(view.window.to)}
          aria-valuenow={Math.round(cursor ?? view.window.to)}
          aria-valuetext={formatDate(isoOfDay(cursor ?? view.window.to))}
          onKeyDown={onKeyDown}
        >
          {ticksOf(view.window).map(({ day, text }) => (
            <span key={day} className={classes.tick} style={{ insetInlineStart: `${percent(day, view.window)}%` }}>
              {text}
            </span>
          ))}
        </div>
      </div>
      {cursor !== null && (
        <div className={classes.cursorTrack} aria-hidden>
          <div className={classes.cursor} style={{ insetInlineStart: `${percent(cursor, view.window)}%` }} />
        </div>
      )}
      {LANES.map((lane) => {
        const inLane = rows.filter((row) => row.lane === lane);
        if (inLane.length === 0) return null;
        return (
          <section key={lane} aria-label={TITLES[lane]}>
            {lane !== 'encounters' && <div className={classes.laneTitle}>{TITLES[lane]}</div>}
            {inLane.map((row) => (
              <TimelineRow key={row.id} row={row} window={view.window} width={width} onZoom={view.zoom} />
            ))}
          </section>
        );
      })}
      <HoverWords box={box} />
    </div>
  );
}

interface SentenceProps {
  readonly day: number | null;
  readonly rows: readonly Row[];
  readonly earlier: boolean;
}

/** "On 3 May 2021: apixaban 5 mg BID, …" */
function CursorSentence({ day, rows, earlier }: SentenceProps) {
  const taken = day === null ? [] : takenOn(rows, day);
  return (
    <Text size="xs" c="dimmed" className={classes.sentence ?? ''}>
      {day === null
        ? `Point at a day to see what was taken then; the wheel on the axis zooms.${earlier ? ' Earlier entries: All.' : ''}`
        : `On ${formatDate(isoOfDay(day))}: ${taken.length > 0 ? taken.join(', ') : 'no medication documented'}`}
    </Text>
  );
}

/** The wheel zooms about the pointer on the axis, and anywhere with Ctrl; elsewhere it scrolls. */
function useWheelZoom(
  box: React.RefObject<HTMLElement | null>,
  axis: React.RefObject<HTMLElement | null>,
  { window, zoom }: TimeView,
): void {
  const latest = useRef({ window, zoom });
  latest.current = { window, zoom };
  useEffect(() => {
    const element = box.current;
    const onWheel = (event: WheelEvent): void => {
      const rect = axis.current?.getBoundingClientRect();
      if (!rect || !(event.ctrlKey || axis.current?.contains(event.target as Node))) return;
      event.preventDefault();
      const { from, to } = latest.current.window;
      const about = from + ((event.clientX - rect.left) / rect.width) * (to - from);
      latest.current.zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2, about);
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [box, axis]);
}
