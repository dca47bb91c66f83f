import type { Entity } from '#pipelines/domain/entity.ts';
import type { EntityId, IsoDate } from '#pipelines/domain/ids.ts';
import type { Steps } from '#pipelines/domain/steps.ts';
import type { When } from '#pipelines/domain/timeline.ts';
import { addDays } from '../dates/partial-date.ts';
import { readTime } from '../dates/read-time.ts';
import type { TimeContext } from '../dates/time-context.ts';
import { WORDS, anyOf } from '../words.ts';
import type { WrittenOn } from './addenda.ts';
import type { NoteView } from './note-view.ts';

const PLANNED = anyOf(WORDS.time.planned);
const PLANNED_WEAK = anyOf(WORDS.time.plannedWeak);
/** Labels that a time can belong to. */
const DATABLE: ReadonlySet<string> = new Set([
  'Condition',
  'Finding',
  'Medication',
  'Procedure',
  'Test',
  'Value',
  'Habit',
  'Genotype',
]);
/** What may stand between an event and a time behind it that nothing links to it: "MI in 2014", "CABG (2019)". */
const BEFORE_TIME =
  /^[ \t]*[(,:\-–]?[ \t]*(?:dx'?d?|diagnosed|diagnosed in|in|on|since|from|quit|last|about|done|performed|was|were|started|stopped|drawn|collected|~|was done|was performed)?[ \t]*$/i;
/** Likewise between a time and an event behind it: "2019: CABG", "3/12 WBC 12". */
const AFTER_TIME = /^[ \t]*[:\-–,]?[ \t]*$/;

/** A time expression with the date that it means. */
export interface DatedTime {
  readonly time: Entity;
  readonly when: When;
}

/** Which times date which events of a note. */
export interface TimeLinks {
  /** Times of an event, in order of text; empty where the text does not date it. */
  timesOf(id: EntityId): readonly DatedTime[];
  /** The meaning of a time expression; null for an entity that is none. */
  datedTime(time: Entity | undefined): DatedTime | null;
  /** Every time of the note with its meaning, in order of text. */
  readonly times: readonly DatedTime[];
}

/** Links times to events by the model's `of` relations, and by position where it found none. */
export function* linkTimes(view: NoteView, context: TimeContext, writtenOn: WrittenOn): Steps<TimeLinks> {
  const links = new Map<EntityId, DatedTime[]>();
  const times: DatedTime[] = [];
  let previous: IsoDate | null = context.previous;
  let lineOfPrevious = -1;
  for (const time of view.entities) {
    if (time.label !== 'Time' || isBirthDate(view, time)) continue;
    yield;
    const linked = view
      .targets(time.id, 'of')
      .filter((target) => DATABLE.has(target.label) && !(target.end <= time.start && opensFor(view, time) !== null));
    const events = linked.length > 0 ? linked : neighbours(view, time);
    const when = readTime(view.words(time), {
      ...context,
      noteDate: writtenOn(time.start - 1),
      previous,
      dayOfLine: lineOfPrevious === view.lineAt(time.start).start ? previous : null,
      preceding: view.text.slice(Math.max(0, time.start - 12), time.start),
      following: view.text.slice(time.end, time.end + 12),
      planned: isPlanned(view, time, events),
      family: events.some((event) => event.flags.includes('fam')),
    });
    if (when.precision === 'day' && when.start !== null && when.start === when.end) {
      previous = when.start;
      if (when.anchor === 'stated') lineOfPrevious = view.lineAt(time.start).start;
      else lineOfPrevious = -1;
    }
    const dated = { time, when };
    times.push(dated);
    for (const event of events) links.set(event.id, [...(links.get(event.id) ?? []), dated]);
  }
  const byTime = new Map(times.map((dated) => [dated.time.id, dated]));
  return {
    times,
    timesOf: (id) => links.get(id) ?? [],
    datedTime: (time) => (time === undefined ? null : (byTime.get(time.id) ?? null)),
  };
}

/** "DOB 8/9/1971": of the patient, and of nothing that is told below it. */
function isBirthDate(view: NoteView, time: Entity): boolean {
  return /\b(?:d\.?[ \t]?o\.?[ \t]?b\.?|date of birth|birth ?date|born(?: on)?)[ \t:.(-]*$/i.test(
    view.text.slice(Math.max(0, time.start - 20), time.start),
  );
}

/** Whether the event lies ahead: what it dates is planned, or the words before it in its clause say so. */
function isPlanned(view: NoteView, time: Entity, events: readonly Entity[]): boolean {
  if (events.length > 0 && events.every((event) => event.flags.includes('hyp'))) return true;
  if (events.some((event) => event.flags.includes('hist') || event.label === 'Value' || event.label === 'Genotype'))
    return false;
  const sentence = view.sentenceAt(time.start);
  const before = view.text
    .slice(Math.max(sentence.start, time.start - 50), time.start)
    .split(/[,;.()]/)
    .at(-1)!;
  if (PLANNED.test(before)) return true;
  const happened = events.some(
    ({ label }) => label === 'Condition' || label === 'Finding' || label === 'Test' || label === 'Procedure',
  );
  if (happened) return false;
  return PLANNED_WEAK.test(before) || /^(?:from|begin|starting|until|in \d|next|recheck)\b/i.test(view.words(time));
}

/** In "7.4% (6/2021 5.7%)" the date is of the value behind it in the bracket, and of nothing before. */
function opensFor(view: NoteView, time: Entity): Entity | null {
  const line = view.lineAt(time.start);
  if (!/\([ \t]*$/.test(view.text.slice(line.start, time.start))) return null;
  const next = view.within({ start: time.end, end: line.end })[0];
  const isBehind = next?.label === 'Value' && /^[ \t]*[:,]?[ \t]*$/.test(view.text.slice(time.end, next.start));
  return isBehind ? next : null;
}

/** The event right before a time ("MI 2014", "CABG (2019)"), else the one right after it ("2019: CABG"). */
function neighbours(view: NoteView, time: Entity): readonly Entity[] {
  const inBracket = opensFor(view, time);
  if (inBracket !== null) return [inBracket];
  const line = view.lineAt(time.start);
  const around = view.within(line).filter((entity) => entity.id !== time.id);
  const before = around.filter((entity) => entity.end <= time.start && DATABLE.has(entity.label)).at(-1);
  if (before !== undefined && BEFORE_TIME.test(view.text.slice(before.end, time.start))) return [before];
  const after = around.find((entity) => entity.start >= time.end);
  if (after !== undefined && DATABLE.has(after.label) && AFTER_TIME.test(view.text.slice(time.end, after.start)))
    return [after];
  return [];
}

/** A procedure of so many days ago is still what "POD" counts from. */
const RECENT_DAYS = 90;

/** The latest day before the note on which the text dates a procedure; null where it dates none. */
export function lastProcedureDay(view: NoteView, links: TimeLinks, noteDate: IsoDate): IsoDate | null {
  const days = view.entities
    .filter(({ label, flags }) => label === 'Procedure' && !flags.includes('hyp') && !flags.includes('neg'))
    .flatMap(({ id }) => links.timesOf(id))
    .filter(({ when }) => when.precision === 'day' && when.anchor === 'stated')
    .flatMap(({ when }) => when.start ?? [])
    .filter((day) => day <= noteDate && day >= addDays(noteDate, -RECENT_DAYS));
  return days.sort().at(-1) ?? null;
}
