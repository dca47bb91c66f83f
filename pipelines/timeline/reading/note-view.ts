import type { AnnotatedNote } from '#pipelines/domain/annotated-note.ts';
import type { Entity, Relation, RelationType } from '#pipelines/domain/entity.ts';
import type { NoteCitation } from '#pipelines/domain/evidence.ts';
import { citeNote } from '#pipelines/domain/evidence.ts';
import type { EntityId } from '#pipelines/domain/ids.ts';
import { asId } from '#pipelines/domain/ids.ts';
import type { TextRange } from '#pipelines/domain/span.ts';
import { lastAtOrBefore } from '#pipelines/domain/span.ts';
import { findHeadings } from './headings.ts';
import { trustedRelations } from './trusted-relations.ts';

/** One note with the look-ups that every reader of it needs; made once per note. */
export interface NoteView {
  readonly annotated: AnnotatedNote;
  readonly text: string;
  /** In order of start. */
  readonly entities: readonly Entity[];
  entity(id: EntityId): Entity | undefined;
  words(range: TextRange): string;
  cite(range: TextRange): NoteCitation;
  /** Entities that point at this one. */
  dependents(id: EntityId, type: RelationType): readonly Entity[];
  /** Entities that this one points at. */
  targets(id: EntityId, type: RelationType): readonly Entity[];
  sentenceAt(offset: number): TextRange;
  lineAt(offset: number): TextRange;
  /** Lower-case words of the heading or label that a place stands under; empty where there is none. */
  headingAt(offset: number): string;
  /** Category of the section that a place lies in. */
  categoryAt(offset: number): string;
  /** Entities that start inside a range, in order. */
  within(range: TextRange): readonly Entity[];
}

/** Indexes a note. */
export function viewNote(annotated: AnnotatedNote): NoteView {
  const { note } = annotated;
  const { text } = note;
  const entities = annotated.entities
    .flatMap((entity) => columnsOf(entity, text))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const byId = new Map(entities.map((entity) => [entity.id, entity]));
  const relations = trustedRelations(annotated, byId);
  const byHead = groupBy(relations, 'head');
  const byTail = groupBy(relations, 'tail');
  const lines = linesOf(text);
  const headings = findHeadings(text, lines);
  const pick = (relations: readonly Relation[] | undefined, type: RelationType, end: 'head' | 'tail'): Entity[] =>
    (relations ?? []).flatMap((relation) => (relation.type === type ? (byId.get(relation[end]) ?? []) : []));
  return {
    annotated,
    text,
    entities,
    entity: (id) => byId.get(id),
    words: ({ start, end }) => text.slice(start, end),
    cite: (range) => citeNote(note, range),
    dependents: (id, type) => pick(byTail.get(id), type, 'head'),
    targets: (id, type) => pick(byHead.get(id), type, 'tail'),
    sentenceAt: (offset) =>
      rangeAt(annotated.sentences, offset) ?? rangeAt(lines, offset) ?? { start: 0, end: text.length },
    lineAt: (offset) => rangeAt(lines, offset) ?? { start: 0, end: text.length },
    headingAt: (offset) => headings[lastAtOrBefore(headings, offset)]?.words ?? '',
    categoryAt: (offset) => annotated.sections[lastAtOrBefore(annotated.sections, offset)]?.category ?? '',
    within: (range) => {
      const first = lastAtOrBefore(entities, range.start - 1) + 1;
      const found: Entity[] = [];
      for (let i = first; i < entities.length && entities[i]!.start < range.end; i++) found.push(entities[i]!);
      return found;
    },
  };
}

/** Dates over several columns that the extractor took for one time ("9/24     2/20/25") are a time each. */
function columnsOf(entity: Entity, text: string): Entity[] {
  if (entity.label !== 'Time') return [entity];
  const words = text.slice(entity.start, entity.end);
  const cells = [...words.matchAll(/[^\s|]+(?: (?! )[^\s|]+)*/g)];
  if (cells.length < 2 || !/\d(?: {2,}|[\t|])/.test(words) || !cells.every(([cell]) => /\d/.test(cell)))
    return [entity];
  return cells.map((cell, i) => {
    const start = entity.start + cell.index;
    return {
      ...entity,
      id: i === 0 ? entity.id : asId<EntityId>(`${entity.id}.${i}`),
      start,
      end: start + cell[0].length,
    };
  });
}

/** Lines of a text without their line ends. */
export function linesOf(text: string): TextRange[] {
  const lines: TextRange[] = [];
  let start = 0;
  for (const match of text.matchAll(/\r\n|\r|\n|$/g)) {
    lines.push({ start, end: match.index });
    start = match.index + match[0].length;
  }
  return lines;
}

function groupBy(relations: readonly Relation[], end: 'head' | 'tail'): Map<EntityId, Relation[]> {
  const groups = new Map<EntityId, Relation[]>();
  for (const relation of relations) {
    const group = groups.get(relation[end]);
    if (group === undefined) groups.set(relation[end], [relation]);
    else group.push(relation);
  }
  return groups;
}

function rangeAt(ranges: readonly TextRange[], offset: number): TextRange | null {
  const range = ranges[lastAtOrBefore(ranges, offset)];
  return range !== undefined && offset <= range.end ? range : null;
}
