import type { Terminology } from '#pipelines/contracts/terminology.ts';
import type { AnnotatedNote } from '#pipelines/domain/annotated-note.ts';
import type { Chart, MedicationFact, MedicationStatus } from '#pipelines/domain/chart.ts';
import type { NoteCitation } from '#pipelines/domain/evidence.ts';
import type { TextRange } from '#pipelines/domain/span.ts';
import { overlaps } from '#pipelines/domain/span.ts';
import type { TimelineEvent, When } from '#pipelines/domain/timeline.ts';
import { buildChart, chartDateOrder, readTimes } from '#pipelines/timeline/index.ts';
import type { GoldChart, GoldNote } from '../datasets/charts.ts';
import { goldNote } from '../datasets/gold-notes.ts';
import type { GoldEntity } from '../datasets/inline-tags.ts';

/** Counts by name, of one patient or of many. */
export type Counts = Readonly<Record<string, number>>;

/** A time expression of a chart whose meaning a person has checked; null where it cannot be placed. */
export interface LabelledTime {
  readonly note: string;
  readonly start: number;
  readonly words: string;
  readonly from: string | null;
  readonly to: string | null;
}

const DATABLE: Readonly<Record<string, readonly string[]>> = {
  Condition: ['condition', 'finding'],
  Finding: ['condition', 'finding'],
  Medication: ['medication'],
  Procedure: ['procedure'],
  Test: ['result'],
  Value: ['result'],
  Habit: ['habit'],
  Genotype: ['genotype'],
};
const REASON_LABELS: ReadonlySet<string> = new Set(['Condition', 'Finding']);

/** Compares one patient's chart, built from the given layers, with the gold tags. */
export function countTimeline(
  gold: GoldChart,
  notes: readonly AnnotatedNote[],
  terminology: Terminology,
  labelled: readonly LabelledTime[],
): Counts {
  const counts = new Counter();
  const chart = buildChart({ patient: gold.patient, notes, terminology });
  countDates(counts, gold, chart, labelled);
  countStates(counts, gold, notes, terminology);
  countResults(counts, gold, chart);
  countAllergies(counts, gold, chart);
  return counts.all;
}

/** Sums counts of several patients. */
export function sumTimelineCounts(all: readonly Counts[]): Counts {
  const counts = new Counter();
  for (const each of all) for (const [name, n] of Object.entries(each)) counts.add(name, n);
  return counts.all;
}

class Counter {
  readonly all: Record<string, number> = {};
  add(name: string, n = 1): void {
    this.all[name] = (this.all[name] ?? 0) + n;
  }
}

/** An event that a gold time points at has that time's meaning; an event that none points at has only its note's date. */
function countDates(counts: Counter, gold: GoldChart, chart: Chart, labelled: readonly LabelledTime[]): void {
  const order = chartDateOrder(gold.notes);
  for (const one of gold.notes) {
    const times = readTimes(goldNote(one.note, one.gold), { patient: gold.patient, order });
    const meaning = new Map(times.map(({ time, when }) => [time.start, when]));
    countLabelled(counts, one, meaning, labelled);
    const events = chart.events.filter(({ note }) => note === one.note.id);
    const dated = new Set<string>();
    for (const { head, tail, type } of one.gold.relations) {
      const [time, event] = [entityOf(one, head), entityOf(one, tail)];
      const kinds = DATABLE[event.label];
      if (type !== 'of' || time.label !== 'Time' || kinds === undefined || event.flags.includes('fam')) continue;
      const when = meaning.get(time.start)!;
      counts.add(when.precision === 'unknown' ? 'times.unplaced' : 'times.placed');
      const found = events.filter(({ kind, evidence }) => kinds.includes(kind) && overlaps(evidence[0], event));
      for (const { id } of found) dated.add(id);
      if (when.precision === 'unknown' || isValueless(one, event)) continue;
      counts.add(found.some((candidate) => same(candidate.when, when)) ? 'dates.tp' : 'dates.fn');
    }
    for (const event of events)
      if (isDatedElsewhere(event, one) && !dated.has(event.id) && !hasDuration(one, event.evidence[0]))
        counts.add('dates.fp');
  }
}

/** Whether the event has a date of its own that is not the note's day anyway ("today", a time of day). */
function isDatedElsewhere({ when }: TimelineEvent, one: GoldNote): boolean {
  return (
    when.anchor !== 'note-date' && when.start !== null && !(when.start === one.note.date && when.end === one.note.date)
  );
}

/** A test without a value gives no result and so no event. */
function isValueless(one: GoldNote, event: GoldEntity): boolean {
  return (
    event.label === 'Test' &&
    !one.gold.relations.some(({ tail, head }) => tail === event.id && entityOf(one, head).label === 'Value')
  );
}

/** Onset reckoned from a stated duration is a date of its own right. */
function hasDuration(one: GoldNote, range: TextRange): boolean {
  return one.gold.relations.some(
    ({ head, tail }) => entityOf(one, head).label === 'Duration' && overlaps(entityOf(one, tail), range),
  );
}

function countLabelled(
  counts: Counter,
  one: GoldNote,
  meaning: ReadonlyMap<number, When>,
  labelled: readonly LabelledTime[],
): void {
  for (const label of labelled.filter(({ note }) => note === one.note.id)) {
    const when = meaning.get(label.start);
    counts.add(
      when !== undefined && when.start === label.from && when.end === label.to ? 'labelled.right' : 'labelled.wrong',
    );
  }
}

/** At each note's date, the drug of each gold action stands as the note's last action on it leaves it. */
function countStates(
  counts: Counter,
  gold: GoldChart,
  notes: readonly AnnotatedNote[],
  terminology: Terminology,
): void {
  for (const [index, one] of gold.notes.entries()) {
    const chart = buildChart({ patient: gold.patient, notes: notes.slice(0, index + 1), terminology });
    for (const [key, { mention, status }] of goldStates(one, terminology)) {
      const fact = chart.medications.find(({ concept }) => concept === key);
      counts.add(fact !== undefined && agrees(fact, status) ? 'states.right' : 'states.wrong');
      if (fact !== undefined && status === 'active') countDose(counts, one, mention, fact);
      if (mention.action === 'stop' || mention.action === 'hold') countReason(counts, one, mention, fact);
    }
  }
}

function goldStates(
  one: GoldNote,
  terminology: Terminology,
): Map<string, { mention: GoldEntity; status: MedicationStatus }> {
  const states = new Map<string, { mention: GoldEntity; status: MedicationStatus }>();
  for (const mention of one.gold.entities) {
    const status = statusOf(mention);
    if (status === null) continue;
    const key = terminology.conceptKey('Medication', textOf(one, mention));
    const known = states.get(key);
    if (known !== undefined && mention.action === 'continue' && known.mention.action !== 'continue') continue;
    states.set(key, { mention, status });
  }
  return states;
}

function statusOf({ action, flags }: GoldEntity): MedicationStatus | null {
  if (action === null || flags.includes('hyp') || flags.includes('neg') || flags.includes('fam')) return null;
  if (action === 'allergy') return 'allergy';
  if (flags.includes('hist')) return 'historical';
  return action === 'stop' ? 'stopped' : action === 'hold' ? 'on-hold' : 'active';
}

/** A drug that is past is past, whether it was stopped or its course is over; an allergy may stand beside a stopped drug. */
function agrees(fact: MedicationFact, status: MedicationStatus): boolean {
  const past = (value: MedicationStatus): boolean => value === 'stopped' || value === 'historical';
  return fact.status === status || (past(fact.status) && (past(status) || status === 'allergy'));
}

function countDose(counts: Counter, one: GoldNote, mention: GoldEntity, fact: MedicationFact): void {
  const doses = dependents(one, mention.id, 'Dose').map((dose) => textOf(one, dose));
  if (doses.length === 1) counts.add(fact.dose === doses[0] ? 'doses.right' : 'doses.wrong');
}

/** The cause that the gold tags give for a stop occurs in the stated reason. */
function countReason(counts: Counter, one: GoldNote, mention: GoldEntity, fact: MedicationFact | undefined): void {
  const causes = one.gold.relations
    .filter(({ type, tail }) => type === 'by' && tail === mention.id)
    .map(({ head }) => entityOf(one, head))
    .filter(({ label }) => REASON_LABELS.has(label));
  if (causes.length === 0) return;
  const reason = (fact?.stopReason ?? '').toLowerCase();
  counts.add(
    causes.some((cause) => reason.includes(textOf(one, cause).toLowerCase())) ? 'reasons.right' : 'reasons.wrong',
  );
}

function countResults(counts: Counter, gold: GoldChart, chart: Chart): void {
  for (const one of gold.notes) {
    const pairs = one.gold.relations.flatMap(({ head, tail, type }) => {
      const [value, test] = [entityOf(one, head), entityOf(one, tail)];
      return type === 'of' &&
        value.label === 'Value' &&
        test.label === 'Test' &&
        !test.flags.includes('hyp') &&
        !test.flags.includes('fam')
        ? [{ value, test }]
        : [];
    });
    const found = chart.events.filter(({ note, kind }) => note === one.note.id && kind === 'result');
    for (const { value, test } of pairs) {
      const hit = found.some(
        ({ evidence, value: words }) => overlaps(evidence[0], test) && textOf(one, value).includes(words ?? '\u0000'),
      );
      counts.add(hit ? 'results.tp' : 'results.fn');
    }
    for (const { evidence, value: words } of found) {
      const hit = pairs.some(
        ({ value, test }) => overlaps(evidence[0], test) && textOf(one, value).includes(words ?? '\u0000'),
      );
      if (!hit) counts.add('results.fp');
    }
  }
}

function countAllergies(counts: Counter, gold: GoldChart, chart: Chart): void {
  const said = [...chart.allergies.flatMap(({ evidence }) => evidence), ...chart.allergyStatementEvidence];
  for (const one of gold.notes) {
    for (const mention of one.gold.entities.filter(
      ({ action, flags }) => action === 'allergy' && !flags.includes('fam'),
    )) {
      const sentence = lineOf(one.note.text, mention);
      counts.add(
        said.some((citation) => isIn(citation, one, sentence)) ? 'allergySentences.right' : 'allergySentences.wrong',
      );
      const read = chart.allergies.some(
        ({ interpreted, evidence }) => interpreted && evidence.some((citation) => isIn(citation, one, mention)),
      );
      counts.add(read ? 'allergyFacts.right' : 'allergyFacts.wrong');
    }
  }
}

function isIn(citation: NoteCitation, one: GoldNote, range: TextRange): boolean {
  return citation.noteId === one.note.id && overlaps(citation, range);
}

function lineOf(text: string, { start, end }: TextRange): TextRange {
  const from = Math.max(text.lastIndexOf('\n', start), text.lastIndexOf('. ', start)) + 1;
  const stop = /\n|[.;](?=\s)|$/.exec(text.slice(end))!;
  return { start: from, end: end + stop.index };
}

function same(a: When, b: When): boolean {
  return a.start === b.start && a.end === b.end;
}

function dependents(one: GoldNote, id: string, label: string): readonly GoldEntity[] {
  return one.gold.relations
    .filter(({ tail, type }) => tail === id && type === 'of')
    .map(({ head }) => entityOf(one, head))
    .filter((entity) => entity.label === label);
}

function entityOf(one: GoldNote, id: string): GoldEntity {
  return one.gold.entities[Number(id.slice(1)) - 1]!;
}

function textOf(one: GoldNote, { start, end }: TextRange): string {
  return one.note.text.slice(start, end);
}
