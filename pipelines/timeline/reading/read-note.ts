import type { Terminology } from '#pipelines/contracts/terminology.ts';
import type { AnnotatedNote } from '#pipelines/domain/annotated-note.ts';
import type { Patient } from '#pipelines/domain/patient.ts';
import type { Steps } from '#pipelines/domain/steps.ts';
import { finish } from '#pipelines/domain/steps.ts';
import type { DateOrder, TimeContext } from '../dates/time-context.ts';
import { findAddenda } from './addenda.ts';
import { findAnchors } from './anchors.ts';
import { findBlockTimes } from './block-times.ts';
import { copyHashesOf } from './copy-hashes.ts';
import { dateOrderOf, dateOrderVotes } from './date-order.ts';
import { eventsOf } from './events.ts';
import type { DatedTime } from './link-times.ts';
import { lastProcedureDay, linkTimes } from './link-times.ts';
import type { ReadingContext } from './mention.ts';
import { nightShift } from './night-shift.ts';
import type { NoteView } from './note-view.ts';
import { viewNote } from './note-view.ts';
import { readAllergies } from './read-allergies.ts';
import { readMedications } from './read-medications.ts';
import { readGenotypes, readHabits, readProcedures } from './read-others.ts';
import { readProblems } from './read-problems.ts';
import { readResults } from './read-results.ts';
import type { NoteReading } from './reading.ts';

const AFTER_SURGERY = /\b(?:pod|post-?op|pre-?op|p\.o\.d|surgery|operation)\b/i;

/** What a note is read with. */
export interface ReadOptions {
  readonly patient: Patient;
  readonly terminology: Terminology;
  /** Order of numeric dates in the chart; judged from the note alone where absent. */
  readonly order?: DateOrder;
}

/**
 * Reads one note: every mention with its date, its state and what qualifies it. Depends on nothing but its arguments, so
 * that a reading can be kept and reused until the note's layers change.
 */
export function readNote(annotated: AnnotatedNote, options: ReadOptions): NoteReading {
  return finish(readNoteInSteps(annotated, options));
}

/** Likewise in small steps, for a caller that has other things to do in between. */
export function* readNoteInSteps(annotated: AnnotatedNote, options: ReadOptions): Steps<NoteReading> {
  const context = yield* contextOf(annotated, options);
  const { allergies, none } = readAllergies(context);
  yield;
  const readings = {
    medications: yield* readMedications(context),
    problems: yield* readProblems(context),
    results: yield* readResults(context),
    procedures: readProcedures(context),
    habits: readHabits(context),
    genotypes: readGenotypes(context),
  };
  return {
    annotated,
    anchors: context.anchors,
    ...readings,
    allergies,
    noKnownAllergies: none,
    events: eventsOf(options.patient.id, readings),
    hashes: context.copyHashes.all,
  };
}

/** The time expressions of a note with what they mean, in order of text. */
export function readTimes(
  annotated: AnnotatedNote,
  options: Pick<ReadOptions, 'patient' | 'order'>,
): readonly DatedTime[] {
  return finish(placeInTime(viewNote(annotated), options)).times.times;
}

function* contextOf(annotated: AnnotatedNote, options: ReadOptions): Steps<ReadingContext> {
  const view = viewNote(annotated);
  yield;
  const { patient, terminology } = options;
  const placed = yield* placeInTime(view, options);
  yield;
  const blockTimes = findBlockTimes(view, placed.times);
  return { view, terminology, patient, ...placed, blockTimes, copyHashes: copyHashesOf(view) };
}

/** Reads the note's times; where it counts from an operation that only its own text dates, a second time with that day. */
function* placeInTime(
  view: NoteView,
  { patient, order }: Pick<ReadOptions, 'patient' | 'order'>,
): Steps<Pick<ReadingContext, 'time' | 'anchors' | 'times' | 'writtenOn'>> {
  const { note } = view.annotated;
  const bare: TimeContext = {
    noteDate: note.date,
    birthDate: patient.birthDate,
    order: order ?? dateOrderOf(dateOrderVotes(note)),
    admission: null,
    discharge: null,
    surgery: null,
    previous: null,
    dayOfLine: null,
    preceding: '',
    following: '',
    planned: false,
    family: false,
  };
  const stated = findAnchors(note.text, bare);
  const writtenOn = findAddenda(note.text, bare, nightShift(note.text, bare));
  const first = yield* linkTimes(view, { ...bare, ...stated }, writtenOn);
  const surgery = stated.surgery ?? (AFTER_SURGERY.test(note.text) ? lastProcedureDay(view, first, note.date) : null);
  const anchors = { ...stated, surgery };
  const time = { ...bare, ...anchors };
  const times = surgery === stated.surgery ? first : yield* linkTimes(view, time, writtenOn);
  return { time, anchors, times, writtenOn };
}
