import type { ResultFact } from '#pipelines/domain/chart.ts';
import { daysBetween } from '../dates/partial-date.ts';
import { compareWhen, earliest, latest } from '../dates/when.ts';
import type { NoteReading, ResultMention } from '../reading/reading.ts';
import type { CopyIndex } from './copied.ts';
import type { Group } from './fact.ts';
import { factOf, groupMentions } from './fact.ts';
import { stepsOf } from '#pipelines/domain/steps.ts';
import type { Steps } from '#pipelines/domain/steps.ts';

/** A value quoted in prose within so many days of the same value reported is that value. */
const QUOTE_DAYS = 60;

/** One fact for each measurement: a value quoted again in a later note joins the first report of it. */
export function* reconcileResults(readings: readonly NoteReading[], copies: CopyIndex): Steps<ResultFact[]> {
  const mentions = readings.flatMap(({ results }) => results);
  const facts = yield* stepsOf(groupMentions(mentions, ({ test }) => test).values(), (ofTest) =>
    factsOfTest(ofTest, copies),
  );
  return facts
    .map((fact, index) => ({ fact, index, placed: placed(fact) }))
    .sort((a, b) => compareWhen(a.placed, b.placed) || compareText(a.fact, b.fact) || a.index - b.index)
    .map(({ fact }) => fact);
}

function factsOfTest(mentions: Group<ResultMention>, copies: CopyIndex): ResultFact[] {
  // Only equal values can be one measurement: each is compared with those of its own value alone.
  const byValue = [...groupMentions(mentions, valueKey).values()];
  return byValue.flatMap((equal) => {
    const measurements: [ResultMention, ...ResultMention[]][] = [];
    for (const mention of equal) {
      const same = measurements.find(([first]) => isSame(first, mention, copies));
      if (same === undefined) measurements.push([mention]);
      else same.push(mention);
    }
    return measurements.map((group) => resultFact(group, copies));
  });
}

function valueKey({ numbers, value }: ResultMention): string {
  return numbers.length > 0 ? numbers.join('/') : value.toLowerCase();
}

function resultFact(group: Group<ResultMention>, copies: CopyIndex): ResultFact {
  const best = group.find(({ quoted }) => !quoted) ?? group[0];
  const dated = [...group].sort((a, b) => precision(a) - precision(b))[0]!;
  const key = `${best.test}/${best.note}/${best.evidence[0].start}-${best.evidence[0].end}`;
  return {
    ...factOf('result', key, group, best, copies),
    test: best.test,
    value: best.value,
    numbers: best.numbers,
    quantity: best.quantity ?? group.find(({ quantity }) => quantity !== null)?.quantity ?? null,
    unit: best.unit ?? group.find(({ unit }) => unit !== null)?.unit ?? null,
    when: dated.when,
    referenceRange:
      best.referenceRange ?? group.find(({ referenceRange }) => referenceRange !== null)?.referenceRange ?? null,
    flag: best.flag ?? group.find(({ flag }) => flag !== null)?.flag ?? null,
  };
}

/** Whether equal values of one test are one measurement: at one time; a copied or quoted value where an earlier note reports the same. */
function isSame(first: ResultMention, next: ResultMention, copies: CopyIndex): boolean {
  if (first.note === next.note) return overlap(first, next) || next.quoted || first.quoted;
  if (copies.isCopied(next)) return true;
  if (next.when.precision === 'unknown') return true;
  const stated = next.when.anchor !== 'note-date';
  if (stated) return overlap(first, next);
  return next.quoted && Math.abs(daysBetween(first.noteDate, next.noteDate)) <= QUOTE_DAYS;
}

function overlap(a: ResultMention, b: ResultMention): boolean {
  const [startA, endA, startB, endB] = [earliest(a.when), latest(a.when), earliest(b.when), latest(b.when)];
  if (startA === null || endA === null || startB === null || endB === null) return true;
  return startA <= endB && startB <= endA;
}

function precision({ when }: ResultMention): number {
  return { day: 0, month: 1, year: 2, unknown: 3 }[when.precision] + (when.anchor === 'note-date' ? 0.5 : 0);
}

/** A value of unknown date stands before what its own note reports. */
function placed(fact: ResultFact): ResultFact['when'] {
  return fact.when.start !== null ? fact.when : { ...fact.when, start: fact.firstAsserted, end: '0000-00-00' };
}

/** Of one day, in order of the note and of its text. */
function compareText(a: ResultFact, b: ResultFact): number {
  const [x, y] = [a.evidence[0], b.evidence[0]];
  if (a.firstAsserted !== b.firstAsserted) return a.firstAsserted < b.firstAsserted ? -1 : 1;
  return x.noteId === y.noteId ? x.start - y.start || x.end - y.end : 0;
}
