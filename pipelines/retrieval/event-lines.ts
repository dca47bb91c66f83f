import type { IndexedLine } from '#pipelines/contracts/stores.ts';
import type { TimelineEvent } from '#pipelines/domain/timeline.ts';

/** A line as it is before its vector is made. */
export type UnembeddedLine = Omit<IndexedLine, 'vector'>;

/** Id of the line of an event, and back. */
const PREFIX = 'event:';

/**
 * Writes each event as one line for the cohort index: date, kind, concept, the words themselves, status and value. The line
 * has the offsets of the mention, so that a hit can be cited.
 *
 * @param noteDate - Date of the note of an event whose own date is not known.
 */
export function eventLines(events: readonly TimelineEvent[], noteDate = ''): UnembeddedLine[] {
  return events.map((event) => {
    const [mention] = event.evidence;
    return {
      id: `${PREFIX}${event.id}`,
      patient: event.patient,
      note: event.note,
      date: event.when.start ?? noteDate,
      kind: event.kind,
      text: lineOf(event, noteDate),
      start: mention.start,
      end: mention.end,
    };
  });
}

/** The event's id of a line's id; null for the line of a passage. */
export function eventOfLine(lineId: string): string | null {
  return lineId.startsWith(PREFIX) ? lineId.slice(PREFIX.length) : null;
}

/** For example `2021-06-01 medication warfarin (Coumadin) stop 5 mg daily`. */
function lineOf(event: TimelineEvent, noteDate: string): string {
  const { existence, temporality, experiencer } = event.assertion;
  const named = event.concept === event.display.toLowerCase() ? event.concept : `${event.concept} (${event.display})`;
  return [
    event.when.start ?? noteDate,
    event.kind,
    named,
    experiencer === 'family' ? 'family' : '',
    existence === 'present' ? '' : existence,
    temporality === 'historical' ? 'history' : '',
    event.action ?? '',
    event.dose ?? '',
    event.frequency ?? '',
    event.value ?? '',
    event.unit !== undefined && event.value?.includes(event.unit) !== true ? event.unit : '',
    event.reason === undefined ? '' : `because ${event.reason}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}
