import type { Terminology } from '#pipelines/contracts/terminology.ts';
import type { Entity } from '#pipelines/domain/entity.ts';
import type { NoteCitation } from '#pipelines/domain/evidence.ts';
import type { Patient } from '#pipelines/domain/patient.ts';
import type { When } from '#pipelines/domain/timeline.ts';
import type { TimeContext } from '../dates/time-context.ts';
import { UNKNOWN_WHEN, at, onNoteDate } from '../dates/when.ts';
import type { WrittenOn } from './addenda.ts';
import type { Anchors } from './anchors.ts';
import type { BlockTimes } from './block-times.ts';
import { ground } from './concepts.ts';
import { assertionOfMention, readersDisagree } from './context-agreement.ts';
import type { DatedTime, TimeLinks } from './link-times.ts';
import type { NoteView } from './note-view.ts';
import type { Mention } from './reading.ts';
import type { CopyHashes } from './copy-hashes.ts';

/** Everything that the readers of one note share. */
export interface ReadingContext {
  readonly view: NoteView;
  readonly terminology: Terminology;
  readonly patient: Patient;
  readonly time: TimeContext;
  readonly anchors: Anchors;
  readonly times: TimeLinks;
  readonly blockTimes: BlockTimes;
  readonly writtenOn: WrittenOn;
  readonly copyHashes: CopyHashes;
}

/** The common part of a mention. */
export function mentionOf(
  context: ReadingContext,
  entity: Entity,
  when?: When,
  more: readonly NoteCitation[] = [],
): Mention {
  const { view, terminology, times } = context;
  const { note } = view.annotated;
  const words = view.words(entity);
  const { key, codes } = ground(terminology, entity.label, words);
  return {
    entity,
    note: note.id,
    noteDate: note.date,
    words,
    concept: key,
    codes: entity.concepts !== undefined && entity.concepts.length > 0 ? entity.concepts : codes,
    assertion: assertionOfMention(entity),
    uncertain: readersDisagree(entity),
    when: when ?? whenOf(context, entity),
    evidence: [view.cite(entity), ...times.timesOf(entity.id).map(({ time }) => view.cite(time)), ...more],
    sentence: context.copyHashes.sentenceAt(entity.start),
    paragraph: context.copyHashes.paragraphAt(entity.start),
  };
}

/** The date that the text gives an event; else the note's own for what is current, else unknown. */
export function whenOf(context: ReadingContext, entity: Entity): When {
  const dated = bestTime(context.times.timesOf(entity.id));
  if (dated !== null) return dated.when;
  const { temporality, existence, experiencer } = assertionOfMention(entity);
  if (temporality === 'historical' || experiencer === 'family' || existence === 'hypothetical') return UNKNOWN_WHEN;
  const { ofEvents, ofResults } = context.blockTimes;
  const logged =
    entity.label === 'Genotype' ? ofResults(entity.start) : happened(entity) ? ofEvents(entity.start) : null;
  if (logged !== null && logged.when.precision === 'day') return logged.when;
  return onNoteDate(context.view.annotated.note.date);
}

/** The day of the note, or of its later addendum. */
export function onWrittenDay({ view, writtenOn }: ReadingContext, offset: number): When {
  const { date } = view.annotated.note;
  const written = writtenOn(offset);
  return written === date ? onNoteDate(date) : at(written, 'stated');
}

/** What happens on a day, and does not only go on: a procedure done, a drug begun, changed or stopped. */
function happened({ label, action }: Entity): boolean {
  return label === 'Procedure' || (label === 'Medication' && action !== null && !LASTING.has(action));
}

const LASTING: ReadonlySet<string> = new Set(['continue', 'allergy']);

/** Of several times, the one that says most: a day before a month, a stated date before a reckoned one. */
export function bestTime(times: readonly DatedTime[]): DatedTime | null {
  const known = times.filter(({ when }) => when.precision !== 'unknown');
  const rank = ({ when }: DatedTime): number =>
    ({ day: 0, month: 2, year: 4, unknown: 9 })[when.precision] + (when.anchor === 'stated' ? 0 : 1);
  return known.reduce<DatedTime | null>((best, next) => (best === null || rank(next) < rank(best) ? next : best), null);
}
