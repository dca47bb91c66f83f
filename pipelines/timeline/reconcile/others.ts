import type { GenotypeMention, HabitFact, ProcedureFact } from '#pipelines/domain/chart.ts';
import { earliest, latest } from '../dates/when.ts';
import type { HabitMention, Mention, NoteReading, ProcedureMention } from '../reading/reading.ts';
import type { CopyIndex } from './copied.ts';
import { factOf, groupMentions, latestOf } from './fact.ts';
import { stepsOf } from '#pipelines/domain/steps.ts';
import type { Steps } from '#pipelines/domain/steps.ts';

const CERTAINTY: readonly ProcedureFact['status'][] = ['done', 'historical', 'suspected', 'planned', 'not-done'];

/** One fact for each procedure and time that it was done; what is only planned or denied, by itself. */
export function* reconcileProcedures(readings: readonly NoteReading[], copies: CopyIndex): Steps<ProcedureFact[]> {
  const mentions = readings.flatMap(({ procedures }) => procedures);
  return yield* stepsOf(
    groupMentions(mentions, ({ concept, status }) => `${concept}|${isReal(status) ? 'real' : status}`),
    ([key, group]) => occasionsOf(group).map((occasion, index) => procedureFact(`${key}|${index}`, occasion, copies)),
  );
}

function procedureFact(key: string, group: readonly ProcedureMention[], copies: CopyIndex): ProcedureFact {
  const dated = group.filter(({ when }) => when.start !== null && when.anchor !== 'note-date');
  const best = latestOf(dated, copies) ?? group[0]!;
  const status = CERTAINTY.find((option) => group.some((mention) => mention.status === option))!;
  return {
    ...factOf('procedure', key, group as [ProcedureMention, ...ProcedureMention[]], best, copies),
    status,
    when: best.when,
  };
}

/** Splits mentions by date: those of overlapping dates are one occasion; undated ones join the latest before them. */
function occasionsOf(mentions: readonly ProcedureMention[]): ProcedureMention[][] {
  const occasions: ProcedureMention[][] = [];
  for (const mention of mentions) {
    const same =
      occasions.find((occasion) => occasion.some((other) => sameTime(other, mention))) ??
      (isUndated(mention) ? occasions.at(-1) : undefined);
    if (same === undefined) occasions.push([mention]);
    else same.push(mention);
  }
  return occasions;
}

function sameTime(a: Mention, b: Mention): boolean {
  if (isUndated(a) || isUndated(b)) return isUndated(a) && isUndated(b);
  const [startA, endA, startB, endB] = [earliest(a.when), latest(a.when), earliest(b.when), latest(b.when)];
  return startA !== null && endA !== null && startB !== null && endB !== null && startA <= endB && startB <= endA;
}

function isUndated({ when }: Mention): boolean {
  return when.start === null || when.anchor === 'note-date';
}

function isReal(status: ProcedureFact['status']): boolean {
  return status === 'done' || status === 'historical';
}

/** One fact for each kind of habit, status and wording. */
export function reconcileHabits(readings: readonly NoteReading[], copies: CopyIndex): HabitFact[] {
  const mentions = readings.flatMap(({ habits }) => habits);
  return [...groupMentions(mentions, ({ habit, status, concept }) => `${habit}|${status}|${concept}`)].map(
    ([key, group]) => {
      const best: HabitMention = latestOf(group, copies)!;
      return { ...factOf('habit', key, group, best, copies), habit: best.habit, status: best.status, when: best.when };
    },
  );
}

/** One fact for each genetic result as worded. */
export function reconcileGenotypes(readings: readonly NoteReading[], copies: CopyIndex): GenotypeMention[] {
  const mentions = readings.flatMap(({ genotypes }) => genotypes);
  return [...groupMentions(mentions, ({ words }) => words.toLowerCase().replace(/\s+/g, ' '))].map(([key, group]) => {
    const best = latestOf(group, copies)!;
    const when =
      group.map((mention) => mention.when).find(({ anchor, start }) => anchor !== 'note-date' && start !== null) ??
      group[0].when;
    return { ...factOf('genotype', key, group, best, copies), text: best.words, when };
  });
}
