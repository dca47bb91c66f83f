import type { Chart, ResultFact } from '../../domain/chart.ts';
import type { NoteId } from '../../domain/ids.ts';
import type { TimelineEvent } from '../../domain/timeline.ts';

interface ByNote {
  readonly events: ReadonlyMap<NoteId, readonly TimelineEvent[]>;
  readonly results: ReadonlyMap<NoteId, readonly ResultFact[]>;
}

const known = new WeakMap<Chart, ByNote>();

/** The events that a note tells, in the chart's order. */
export function eventsIn(chart: Chart, note: NoteId): readonly TimelineEvent[] {
  return byNote(chart).events.get(note) ?? [];
}

/** The results that a note is evidence of, in the chart's order. */
export function resultsIn(chart: Chart, note: NoteId): readonly ResultFact[] {
  return byNote(chart).results.get(note) ?? [];
}

/** Made once a chart: a chart of a thousand notes has tens of thousands of events. */
function byNote(chart: Chart): ByNote {
  let found = known.get(chart);
  if (found === undefined) {
    found = {
      events: grouped(chart.events, ({ note }) => [note]),
      results: grouped(chart.results, ({ evidence }) => evidence.map(({ noteId }) => noteId)),
    };
    known.set(chart, found);
  }
  return found;
}

function grouped<Value>(
  values: readonly Value[],
  notesOf: (value: Value) => readonly NoteId[],
): ReadonlyMap<NoteId, readonly Value[]> {
  const groups = new Map<NoteId, Value[]>();
  for (const value of values) {
    for (const note of new Set(notesOf(value))) {
      const group = groups.get(note);
      if (group === undefined) groups.set(note, [value]);
      else group.push(value);
    }
  }
  return groups;
}
