import type { AnnotatedNote, Section } from '../../domain/annotated-note.ts';
import type { Chart } from '../../domain/chart.ts';
import type { Entity, Relation } from '../../domain/entity.ts';
import type { IsoDate } from '../../domain/ids.ts';
import type { TextRange } from '../../domain/span.ts';
import type { Word } from '../text/words.ts';
import { wordsOf } from '../text/words.ts';

/** A sentence of a note, or a line of a list: the smallest thing that an answer quotes. */
export interface Unit extends TextRange {
  readonly index: number;
  readonly note: AnnotatedNote;
  readonly noteIndex: number;
  readonly date: IsoDate;
  readonly text: string;
  readonly words: readonly Word[];
  readonly entities: readonly Entity[];
  readonly section: string;
  /** The words of the section's header, in lower case. */
  readonly title: string;
}

export interface Posting {
  readonly unit: number;
  readonly position: number;
}

/** Everything of a chart that answering looks things up in. Made once per chart value and kept with it. */
export interface ChartIndex {
  readonly chart: Chart;
  readonly units: readonly Unit[];
  /** Stem to the places where it stands. */
  readonly postings: ReadonlyMap<string, readonly Posting[]>;
  /** Relations of a note's entity, by note index and entity id, in both directions. */
  readonly relationsOf: (noteIndex: number, entity: string) => readonly Relation[];
  readonly entityOf: (noteIndex: number, entity: string) => Entity | null;
  readonly unitOf: (noteIndex: number, offset: number) => Unit | null;
  readonly noteIndexOf: ReadonlyMap<string, number>;
}

const indices = new WeakMap<Chart, ChartIndex>();

/** The index of a chart; a chart is immutable, so it is made once. */
export function indexOf(chart: Chart): ChartIndex {
  const known = indices.get(chart);
  if (known !== undefined) return known;
  const index = buildIndex(chart);
  indices.set(chart, index);
  return index;
}

function buildIndex(chart: Chart): ChartIndex {
  const units: Unit[] = [];
  for (const [noteIndex, note] of chart.notes.entries())
    for (const unit of unitsOf(note)) units.push({ ...unit, index: units.length, noteIndex });
  const postings = new Map<string, Posting[]>();
  for (const unit of units) {
    unit.words.forEach((word, position) => {
      const list = postings.get(word.stem);
      if (list === undefined) postings.set(word.stem, [{ unit: unit.index, position }]);
      else list.push({ unit: unit.index, position });
    });
  }
  const links = chart.notes.map(linksOf);
  const byNote = units.reduce<Unit[][]>((lists, unit) => {
    (lists[unit.noteIndex] ??= []).push(unit);
    return lists;
  }, []);
  return {
    chart,
    units,
    postings,
    relationsOf: (noteIndex, entity) => links[noteIndex]?.relations.get(entity) ?? [],
    entityOf: (noteIndex, entity) => links[noteIndex]?.entities.get(entity) ?? null,
    unitOf: (noteIndex, offset) => byNote[noteIndex]?.find((unit) => unit.start <= offset && offset < unit.end) ?? null,
    noteIndexOf: new Map(chart.notes.map(({ note }, i) => [note.id, i])),
  };
}

function linksOf(note: AnnotatedNote): { relations: Map<string, Relation[]>; entities: Map<string, Entity> } {
  const relations = new Map<string, Relation[]>();
  for (const relation of note.relations) {
    for (const end of [relation.head, relation.tail]) {
      const list = relations.get(end);
      if (list === undefined) relations.set(end, [relation]);
      else list.push(relation);
    }
  }
  return { relations, entities: new Map(note.entities.map((entity) => [entity.id as string, entity])) };
}

/** A unit before its note stands in a chart. */
type NoteUnit = Omit<Unit, 'index' | 'noteIndex'>;

const unitsByNote = new WeakMap<AnnotatedNote, readonly NoteUnit[]>();

/** The units of a note; made once, whatever charts it stands in. To be called ahead where a whole chart would take long. */
export function unitsOf(note: AnnotatedNote): readonly NoteUnit[] {
  let units = unitsByNote.get(note);
  if (units === undefined) unitsByNote.set(note, (units = readUnits(note)));
  return units;
}

function readUnits(note: AnnotatedNote): NoteUnit[] {
  const ranges = note.sentences.flatMap((range) => linesOf(note.note.text, range));
  let entity = 0;
  return ranges.map((range) => {
    const { start, end } = range;
    while (entity < note.entities.length && note.entities[entity]!.end <= start) entity++;
    const entities: Entity[] = [];
    for (let k = entity; k < note.entities.length && note.entities[k]!.start < end; k++) {
      if (note.entities[k]!.end > start) entities.push(note.entities[k]!);
    }
    const section = sectionAt(note.sections, start);
    const text = note.note.text.slice(start, end);
    return {
      note,
      date: note.note.date,
      start,
      end,
      text,
      words: wordsOf(text),
      entities,
      section: section?.category ?? '',
      title: section?.title == null ? '' : note.note.text.slice(section.title.start, section.title.end).toLowerCase(),
    };
  });
}

function sectionAt(sections: readonly Section[], offset: number): Section | null {
  let found: Section | null = null;
  for (const section of sections) if (section.start <= offset && offset < section.end) found = section;
  return found;
}

/** Parts a sentence at blank lines and trims it, so that a quote never starts or ends in white space. */
function linesOf(text: string, range: TextRange): TextRange[] {
  const ranges: TextRange[] = [];
  const pattern = /[^\n\r]+(?:\r?\n(?!\s*(?:\r?\n|[-*•\d]))[^\n\r]+)*/g;
  const body = text.slice(range.start, range.end);
  for (const match of body.matchAll(pattern)) {
    const lead = /^\s*/.exec(match[0])![0].length;
    const trimmed = match[0].trim();
    if (trimmed === '') continue;
    const start = range.start + match.index + lead;
    ranges.push({ start, end: start + trimmed.length });
  }
  return ranges;
}
