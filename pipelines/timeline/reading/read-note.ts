import type { Terminology } from '#pipelines/contracts/terminology.ts';
import type { AnnotatedNote } from '#pipelines/domain/annotated-note.ts';
import type { Patient } from '#pipelines/domain/patient.ts';
import type { DateOrder, TimeContext } from '../dates/time-context.ts';
import { findAnchors } from './anchors.ts';
import { dateOrderOf, dateOrderVotes } from './date-order.ts';
import { eventsOf } from './events.ts';
import { linkTimes } from './link-times.ts';
import type { ReadingContext } from './mention.ts';
import { hashesOf, paragraphsOf } from './mention.ts';
import { viewNote } from './note-view.ts';
import { readAllergies } from './read-allergies.ts';
import { readMedications } from './read-medications.ts';
import { readGenotypes, readHabits, readProcedures } from './read-others.ts';
import { readProblems } from './read-problems.ts';
import { readResults } from './read-results.ts';
import type { NoteReading } from './reading.ts';

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
  const context = contextOf(annotated, options);
  const { allergies, none } = readAllergies(context);
  const readings = {
    medications: readMedications(context),
    problems: readProblems(context),
    results: readResults(context),
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
    hashes: hashesOf(context.view, context.paragraphs),
  };
}

function contextOf(annotated: AnnotatedNote, { patient, terminology, order }: ReadOptions): ReadingContext {
  const { note } = annotated;
  const view = viewNote(annotated);
  const bare: TimeContext = {
    noteDate: note.date,
    birthDate: patient.birthDate,
    order: order ?? dateOrderOf(dateOrderVotes(note)),
    admission: null,
    discharge: null,
    surgery: null,
    previous: null,
    planned: false,
    family: false,
  };
  const anchors = findAnchors(note.text, bare);
  const time = { ...bare, ...anchors };
  return {
    view,
    terminology,
    patient,
    time,
    anchors,
    times: linkTimes(view, time),
    paragraphs: paragraphsOf(note.text),
  };
}
