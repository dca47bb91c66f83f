import type { IndexedLine } from '#pipelines/contracts/stores.ts';
import type { TimelineEvent } from '#pipelines/domain/timeline.ts';

/** Version of passages and event lines; raised whenever either is cut or written differently. */
export const RETRIEVAL_RELEASE = 'passages-and-lines/2';

/** A line as it is before its vector is made. */
export type UnembeddedLine = Omit<IndexedLine, 'vector'>;

/** Id of the line of an event, and back. */
const PREFIX = 'event:';

/**
 * Writes each event that cohort search can find as one line for its index: kind and concept with the words themselves. What
 * is denied, uncertain or only planned is never a hit and gets no line. Date, dose and value are left out: they make a line
 * less like the words that it is looked for by, and equal lines of a chart share one vector. The line has the offsets of the
 * mention, so that a hit can be cited.
 *
 * @param noteDate - Date of the note of an event whose own date is not known.
 */
export function eventLines(events: readonly TimelineEvent[], noteDate = ''): UnembeddedLine[] {
  return events.filter(isFindable).map((event) => {
    const [mention] = event.evidence;
    return {
      id: `${PREFIX}${event.id}`,
      patient: event.patient,
      note: event.note,
      date: event.when.start ?? noteDate,
      kind: event.kind,
      text: lineOf(event),
      start: mention.start,
      end: mention.end,
    };
  });
}

/** The event's id of a line's id; null for the line of a passage. */
export function eventOfLine(lineId: string): string | null {
  return lineId.startsWith(PREFIX) ? lineId.slice(PREFIX.length) : null;
}

function isFindable({ assertion }: TimelineEvent): boolean {
  return assertion.existence === 'present';
}

/** For example `medication warfarin (coumadin)`. */
function lineOf({ kind, concept, display }: TimelineEvent): string {
  const words = display.toLowerCase();
  return words === concept ? `${kind} ${concept}` : `${kind} ${concept} (${words})`;
}
