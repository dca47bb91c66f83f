import rules from '../../rules/answering/1/summaries.json' with { type: 'json' };
import type { Entity } from '../../domain/entity.ts';
import type { Unit } from '../evidence/chart-index.ts';
import { isSaid, type Topic } from './summary-topic.ts';
import type { DraftContext } from './types.ts';

interface Sort {
  readonly weight: number;
  readonly section: RegExp | null;
  readonly words: RegExp | null;
  /** Only of a short line or a list: headings are sometimes read over the prose behind them. */
  readonly lines: boolean;
}

const SORTS: readonly Sort[] = rules.sorts.map(({ weight, section, words, lines }) => ({
  weight,
  section: section === '' ? null : new RegExp(section, 'i'),
  words: words === '' ? null : new RegExp(words, 'i'),
  lines,
}));
/** How much a mention of each kind tells of a course. */
const LABELS: Readonly<Record<string, number>> = {
  Condition: 1,
  Procedure: 1.2,
  Medication: 0.7,
  Genotype: 0.6,
  Finding: 0.2,
};
/** A test or a habit counts where it is the topic. */
const ASKED = 0.8;
const STEPS: ReadonlySet<string> = new Set(['start', 'stop', 'increase', 'decrease', 'hold']);
/** How far what is learnt to belong to a topic speaks for a sentence that does not name it. */
const LEARNT = 0.8;
const LEAST = 0.3;
/** A sentence that tells nothing that belongs to the topic by at least this is beside the point. */
const MOST = 0.4;
/** How much a procedure or drug of the topic's field of care belongs to it before the chart is asked. */
const FIELD = 0.5;

/** One thing that a sentence tells of the topic. Equal keys tell the same. */
export interface Item {
  readonly key: string;
  readonly weight: number;
  readonly entity: Entity;
}

/** A sentence as material for a summary. */
export interface Telling {
  readonly unit: Unit;
  readonly items: readonly Item[];
  /** How well its sort tells a course; 1 is plain. */
  readonly sort: number;
  /** How surely it is of the topic, 0 to 1. */
  readonly strength: number;
}

/**
 * Every sentence that tells of a topic, with what it tells. What else belongs to a topic (its drugs, procedures and
 * complications) is learnt from the chart: things that stand mostly in sentences that name it.
 */
export function tellingsOf(topic: Topic, context: DraftContext): Telling[] {
  const shares = sharesOf(topic, context);
  return context.index.units.flatMap((unit) => {
    const sort = sortOf(unit);
    if (sort === 0 || unit.words.length < 3) return [];
    const items = itemsOf(unit, topic, shares, context);
    const most = Math.max(0, ...items.map(({ entity }) => shares.of(entity, unit)));
    const strength = Math.max(topic.names(unit), LEARNT * most) * topic.time(unit);
    return most < MOST || strength < LEAST ? [] : [{ unit, items, sort, strength }];
  });
}

interface Shares {
  /** How much a mention belongs to the topic, 0 to 1. */
  readonly of: (entity: Entity, unit: Unit) => number;
  /** How central it is: the more notes tell of it, the nearer to 1. */
  readonly spread: (key: string) => number;
}

interface Seen {
  near: number;
  all: number;
  readonly notes: Set<number>;
}

/** Counts where every thing of the chart stands: in sentences that name the topic, and in all. */
function sharesOf(topic: Topic, context: DraftContext): Shares {
  const { units, chart } = context.index;
  const seen = new Map<string, Seen>();
  for (const unit of units) {
    for (const entity of unit.entities) {
      if (!isSaid(entity) || LABELS[entity.label] === undefined) continue;
      const key = keyOf(entity, unit, context);
      const counts = seen.get(key) ?? { near: 0, all: 0, notes: new Set<number>() };
      seen.set(key, counts);
      counts.all += 1;
      counts.notes.add(unit.noteIndex);
      if (topic.holds(entity, unit)) counts.near += 1.5;
      else counts.near += isLinked(entity, unit, topic, context) ? 1.2 : topic.names(unit) * topic.time(unit);
    }
  }
  return {
    of: (entity, unit) => {
      if (topic.holds(entity, unit)) return 1;
      const counts = seen.get(keyOf(entity, unit, context));
      const learnt = counts === undefined ? 0 : Math.min(1, counts.near / (counts.all + 1));
      return Math.max(learnt, topic.isOfField(entity, unit) ? FIELD : 0);
    },
    spread: (key) => {
      const notes = seen.get(key)?.notes.size ?? 0;
      return 0.6 + (0.4 * Math.log2(1 + notes)) / Math.log2(1 + chart.notes.length);
    },
  };
}

/** Whether a mention is linked with one of the topic: a drug *for* it, a complication *by* it. */
function isLinked(entity: Entity, { noteIndex }: Unit, topic: Topic, { index }: DraftContext): boolean {
  return index.relationsOf(noteIndex, entity.id).some(({ type, head, tail }) => {
    if (type === 'of') return false;
    const other = index.entityOf(noteIndex, head === entity.id ? tail : head);
    const unit = other === null ? null : index.unitOf(noteIndex, other.start);
    return other !== null && unit !== null && topic.holds(other, unit);
  });
}

function keyOf({ label, start, end }: Entity, { note }: Unit, { terminology }: DraftContext): string {
  return terminology.conceptKey(label, note.note.text.slice(start, end));
}

/** What a sentence tells: each thing once, starts and stops of drugs apart from their mentions. */
function itemsOf(unit: Unit, topic: Topic, shares: Shares, context: DraftContext): Item[] {
  const items = new Map<string, Item>();
  const add = (key: string, weight: number, entity: Entity): void => {
    if (weight > (items.get(key)?.weight ?? 0)) items.set(key, { key, weight, entity });
  };
  for (const entity of unit.entities) {
    const label = LABELS[entity.label] ?? (topic.holds(entity, unit) ? ASKED : undefined);
    if (label === undefined || !isSaid(entity)) continue;
    const key = keyOf(entity, unit, context);
    const doubt = entity.flags.includes('hyp') ? 0.3 : entity.flags.includes('unc') ? 0.6 : 1;
    const weight = label * doubt * shares.of(entity, unit) * shares.spread(key);
    add(key, weight, entity);
    if (entity.action !== null && STEPS.has(entity.action)) add(`${key}, ${entity.action}`, 0.4 * weight, entity);
  }
  return [...items.values()];
}

/** How well a sentence's sort tells a course: an assessment well, a family history not at all. */
function sortOf(unit: Unit): number {
  if (unit.text.trimEnd().endsWith('?')) return 0;
  const place = `${unit.section} ${unit.title}`;
  let sort = isOfNumbers(unit) ? 0.3 : 1;
  for (const { weight, section, words, lines } of SORTS)
    if ((!lines || isLine(unit)) && ((section?.test(place) ?? false) || (words?.test(unit.text) ?? false)))
      sort *= weight;
  return sort;
}

function isLine({ words, entities }: Unit): boolean {
  return words.length <= 12 || entities.filter(({ label }) => label === 'Medication').length >= 3;
}

/** A line of vital signs or results and of little else. */
function isOfNumbers({ entities }: Unit): boolean {
  const count = (...labels: readonly string[]): number => entities.filter(({ label }) => labels.includes(label)).length;
  return count('Value') >= 3 && count('Condition', 'Procedure', 'Medication') <= 1;
}
