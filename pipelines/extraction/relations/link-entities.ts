import type { RelationType } from '../../domain/entity.ts';
import { RELATION_TYPES } from '../../domain/entity.ts';

/** An entity as relations see it: its label and the index of its first word. */
export interface Linkable {
  readonly id: string;
  readonly label: string;
  readonly from: number;
}

/** What a release says about relations. */
export interface RelationSettings {
  /** Numbers a relation type has in a row. */
  readonly dimension: number;
  /** A row of 32 for each relation type, in the order of `RELATION_TYPES`: by signed bucket of the distance in words. */
  readonly bias: readonly (readonly number[])[];
  readonly thresholds: Readonly<Record<RelationType, number>>;
}

/** Rows of a word as dependent and as target: `dimension` numbers for each relation type, one after the other. */
export interface RelationRows {
  dependent(word: number): Float32Array;
  target(word: number): Float32Array;
}

export interface Link {
  readonly type: RelationType;
  readonly head: string;
  readonly tail: string;
  readonly score: number;
}

const MAX_DISTANCE = 120;
const ONE_TARGET: ReadonlySet<string> = new Set(['Dose', 'Route', 'Frequency', 'Form', 'Duration']);
const DATED = ['Condition', 'Finding', 'Medication', 'Procedure', 'Test', 'Habit', 'Genotype', 'Value'];
const LOCATED = ['Condition', 'Finding', 'Procedure', 'Test'];
const SYMPTOMS = ['Condition', 'Finding'];
const CAUSES = ['Medication', 'Procedure'];

/** Labels that a dependent of a label may point at, by relation. From the annotation guideline. */
const TARGETS: Readonly<Record<RelationType, Readonly<Record<string, readonly string[]>>>> = {
  of: {
    Dose: ['Medication'],
    Route: ['Medication'],
    Frequency: ['Medication'],
    Form: ['Medication'],
    Duration: ['Medication', 'Condition', 'Finding', 'Procedure'],
    Value: ['Test'],
    BodySite: LOCATED,
    Time: DATED,
  },
  for: { Medication: SYMPTOMS, Procedure: SYMPTOMS },
  by: { Condition: CAUSES, Finding: CAUSES },
  shows: { Test: SYMPTOMS },
};

/** Whether the guideline lets a dependent of one label point at a target of another. */
export function mayLink(type: RelationType, dependent: string, target: string): boolean {
  return TARGETS[type][dependent]?.includes(target) ?? false;
}

/** Labels whose mentions point at one target at most. */
export function pointsAtOne(type: RelationType, dependent: string): boolean {
  return type === 'of' && ONE_TARGET.has(dependent);
}

/**
 * Links dependents to their targets: sigmoid of the scaled product of their first words' rows plus a bias by distance.
 * Doses, routes, frequencies, forms and durations keep their best target alone.
 */
export function linkEntities(entities: readonly Linkable[], rows: RelationRows, settings: RelationSettings): Link[] {
  const near = neighbours(entities);
  const links: Link[] = [];
  for (const [index, dependent] of entities.entries()) {
    for (const [column, type] of RELATION_TYPES.entries()) {
      if (!TARGETS[type][dependent.label]) continue;
      let found: Link[] = [];
      for (const target of near(index)) {
        if (!mayLink(type, dependent.label, target.label)) continue;
        const score = linkScore(dependent, target, column, rows, settings);
        if (score > settings.thresholds[type]) found.push({ type, head: dependent.id, tail: target.id, score });
      }
      if (pointsAtOne(type, dependent.label) && found.length > 1) {
        found = [found.reduce((best, link) => (link.score > best.score ? link : best))];
      }
      links.push(...found);
    }
  }
  return links;
}

function linkScore(
  dependent: Linkable,
  target: Linkable,
  column: number,
  rows: RelationRows,
  settings: RelationSettings,
): number {
  const a = rows.dependent(dependent.from);
  const b = rows.target(target.from);
  const offset = column * settings.dimension;
  let product = 0;
  for (let i = offset; i < offset + settings.dimension; i++) product += a[i]! * b[i]!;
  const bias = settings.bias[column]![distanceBucket(target.from - dependent.from)]!;
  return 1 / (1 + Math.exp(-(product / Math.sqrt(settings.dimension) + bias)));
}

/** Signed, log-spaced bucket, 0 to 31, of a distance in words from dependent to target. */
export function distanceBucket(distance: number): number {
  const bucket = Math.min(15, Math.floor(Math.log2(Math.max(1, Math.abs(distance))) * 2));
  return distance < 0 ? bucket : bucket + 16;
}

/** Other entities within reach of one, in the order given; a long note is not searched whole for each. */
function neighbours(entities: readonly Linkable[]): (index: number) => Linkable[] {
  const order = entities.map((_, index) => index).sort((a, b) => entities[a]!.from - entities[b]!.from || a - b);
  const rank = new Array<number>(entities.length);
  order.forEach((index, position) => (rank[index] = position));
  return (index) => {
    const at = entities[index]!.from;
    const found: number[] = [];
    for (let i = rank[index]! - 1; i >= 0 && at - entities[order[i]!]!.from <= MAX_DISTANCE; i--) found.push(order[i]!);
    for (let i = rank[index]! + 1; i < order.length && entities[order[i]!]!.from - at <= MAX_DISTANCE; i++) {
      found.push(order[i]!);
    }
    return found.sort((a, b) => a - b).map((other) => entities[other]!);
  };
}
