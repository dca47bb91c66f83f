import type { TextLayers } from '#pipelines/ingest-note.ts';
import { FLAGGED_LABELS, FLAGS } from '#pipelines/domain/entity.ts';
import { overlaps } from '#pipelines/domain/span.ts';
import type { GoldEntity, TaggedDocument } from '../datasets/inline-tags.ts';

/** Counts by name, of one document or of many: `strict.Condition.tp`, `flags.neg.fn`, `actions.right`. */
export type Counts = Readonly<Record<string, number>>;

/**
 * Counts what a reader got right on one document, by the definitions of the release's own scorer.
 *
 * @param found - What the reader found by itself.
 * @param onGold - What it read of the gold entities: flags, actions and relations.
 */
export function countExtraction(gold: TaggedDocument, found: Read, onGold: Read): Counts {
  const counts = new Counter();
  countSpans(counts, gold, found);
  countFlags(counts, gold, onGold);
  const names = (entities: readonly { readonly id: string }[]) => new Map(entities.map(({ id }) => [id, id]));
  countRelations(counts, 'relations', [gold, names(gold.entities)], [onGold, names(onGold.entities)]);
  countRelations(counts, 'relationsEndToEnd', [gold, places(gold.entities)], [found, places(found.entities)]);
  return counts.all;
}

type Read = Pick<TextLayers, 'entities' | 'relations'>;

/** Sums counts of several documents. */
export function sumCounts(documents: readonly Counts[]): Counts {
  const counts = new Counter();
  for (const document of documents) for (const [name, n] of Object.entries(document)) counts.add(name, n);
  return counts.all;
}

class Counter {
  readonly all: Record<string, number> = {};
  add(name: string, n = 1): void {
    this.all[name] = (this.all[name] ?? 0) + n;
  }
  /** Compares two sets of keys: in both `tp`, found alone `fp`, wanted alone `fn`. */
  compare(name: (key: string) => string, found: ReadonlySet<string>, wanted: ReadonlySet<string>): void {
    for (const key of found) this.add(`${name(key)}.${wanted.has(key) ? 'tp' : 'fp'}`);
    for (const key of wanted) if (!found.has(key)) this.add(`${name(key)}.fn`);
  }
}

interface Labelled {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

function countSpans(counts: Counter, gold: TaggedDocument, found: Read): void {
  const key = (entity: Labelled): string => `${entity.label} ${entity.start} ${entity.end}`;
  const label = (of: string): string => `strict.${of.split(' ')[0]!}`;
  counts.compare(label, new Set(found.entities.map(key)), new Set(gold.entities.map(key)));
  const touches = (entity: Labelled, others: readonly Labelled[]): boolean =>
    others.some((other) => other.label === entity.label && overlaps(entity, other));
  for (const entity of found.entities) {
    counts.add(`overlap.${entity.label}.${touches(entity, gold.entities) ? 'foundHit' : 'foundMissed'}`);
  }
  for (const entity of gold.entities) {
    counts.add(`overlap.${entity.label}.${touches(entity, found.entities) ? 'goldHit' : 'goldMissed'}`);
  }
}

function countFlags(counts: Counter, gold: TaggedDocument, onGold: Read): void {
  const read = new Map(onGold.entities.map((entity) => [entity.id as string, entity]));
  for (const entity of gold.entities) {
    const got = read.get(entity.id)!;
    if (FLAGGED_LABELS.has(entity.label)) countFlagsOf(counts, entity, new Set(got.flags));
    if (entity.label === 'Medication') counts.add(`actions.${got.action === entity.action ? 'right' : 'wrong'}`);
  }
}

function countFlagsOf(counts: Counter, gold: GoldEntity, got: ReadonlySet<string>): void {
  const wanted: ReadonlySet<string> = new Set(gold.flags);
  const same = FLAGS.every((flag) => wanted.has(flag) === got.has(flag));
  counts.add(`allFlags.${same ? 'right' : 'wrong'}`);
  counts.compare((flag) => `flags.${flag}`, got, wanted);
}

type Named = readonly [
  { readonly relations: readonly { readonly type: string; readonly head: string; readonly tail: string }[] },
  ReadonlyMap<string, string>,
];

function countRelations(counts: Counter, name: string, [gold, goldNames]: Named, [found, foundNames]: Named): void {
  const keys = (of: Named[0], names: ReadonlyMap<string, string>): Set<string> =>
    new Set(of.relations.map(({ type, head, tail }) => `${type} ${names.get(head)!} ${names.get(tail)!}`));
  counts.compare((key) => `${name}.${key.split(' ')[0]!}`, keys(found, foundNames), keys(gold, goldNames));
}

function places(entities: readonly (Labelled & { readonly id: string })[]): Map<string, string> {
  return new Map(entities.map(({ id, start, end, label }) => [id, `${start}-${end}-${label}`]));
}
