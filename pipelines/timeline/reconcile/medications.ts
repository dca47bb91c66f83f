import type { MedicationFact, MedicationStatus, MedicationStep } from '#pipelines/domain/chart.ts';
import type { IsoDate } from '#pipelines/domain/ids.ts';
import type { When } from '#pipelines/domain/timeline.ts';
import { at, earliest } from '../dates/when.ts';
import type { MedicationMention, NoteReading } from '../reading/reading.ts';
import type { CopyIndex } from './copied.ts';
import { courseEnd } from './course.ts';
import type { Group } from './fact.ts';
import { factOf, groupMentions, latestOf } from './fact.ts';
import { stepsOf } from '#pipelines/domain/steps.ts';
import type { Steps } from '#pipelines/domain/steps.ts';
import { findDischarges, leftOutAtDischarge } from './discharges.ts';
import type { Discharge } from './discharges.ts';
import { decisiveMention, isStateful, stateOf, whenOfStep } from './medication-state.ts';

/** A drug given into a vein and not heard of for so many days is not being given any more. */
const INPATIENT_DAYS = 14;
const NON_ORAL = /^(?:iv|i\.v\.|intravenous\w*|ivpb|iv push|ivp|epidural|im|intrathecal|infusion)\b/i;

/** Reconciles every mention of every drug into one fact for each set of ingredients, with its dated course. */
export function* reconcileMedications(
  readings: readonly NoteReading[],
  copies: CopyIndex,
  asOf: IsoDate,
): Steps<MedicationFact[]> {
  const mentions = readings.flatMap((reading) => reading.medications);
  const discharges = findDischarges(readings);
  return yield* stepsOf(
    groupMentions(mentions, ({ concept }) => concept),
    ([key, group]) => [medicationFact(key, group, copies, asOf, discharges)],
  );
}

function medicationFact(
  key: string,
  group: Group<MedicationMention>,
  copies: CopyIndex,
  asOf: IsoDate,
  discharges: readonly Discharge[],
): MedicationFact {
  const fresh = group.filter((mention) => !copies.isCopied(mention));
  const usable = fresh.some(isStateful) ? fresh : group;
  const decisive = decisiveMention(usable);
  const steps = courseOf(usable);
  const end = decisive === null ? null : courseEnd(decisive, usable);
  const status = statusOf(group, usable, decisive, end, asOf, discharges);
  const regimen = regimenInForce(usable, decisive);
  const named =
    latestOf(
      group.filter((mention) => mention.assertion.existence === 'present' && mention.action !== 'allergy'),
      copies,
    ) ?? group.at(-1)!;
  const best = decisive ?? named;
  const lastStop = steps.filter(({ action }) => action === 'stop').at(-1) ?? null;
  const away = status === 'stopped' || status === 'historical' || status === 'on-hold';
  return {
    ...factOf('medication', key, supporting(group), best, copies),
    status,
    dose: regimen?.dose ?? null,
    route: regimen?.route ?? lastOf(usable, 'route'),
    frequency: regimen?.frequency ?? null,
    start: startOf(steps, usable),
    stop: away ? (lastStop?.when ?? end) : null,
    stopReason: away ? reasonOfStop(steps, group) : null,
    indication:
      usable
        .map(({ indication }) => indication)
        .filter((words) => words !== null)
        .at(-1) ?? null,
    ingredients: best.ingredients,
    classes: best.classes,
    steps,
  };
}

/** Everything that speaks of it; denials and plans only where there is nothing else. */
function supporting(group: Group<MedicationMention>): Group<MedicationMention> {
  const real = group.filter(
    (mention) => mention.assertion.existence === 'present' || mention.assertion.existence === 'possible',
  );
  return real.length > 0 ? (real as unknown as Group<MedicationMention>) : group;
}

function statusOf(
  group: Group<MedicationMention>,
  usable: readonly MedicationMention[],
  decisive: MedicationMention | null,
  end: When | null,
  asOf: IsoDate,
  discharges: readonly Discharge[],
): MedicationStatus {
  if (decisive === null) return statusWithoutState(group);
  const state = stateOf(decisive);
  if (state !== 'active') return state;
  if (group.some(({ action, noteDate }) => action === 'allergy' && noteDate > decisive.noteDate)) return 'allergy';
  if (deniedSince(group, decisive)) return 'considered';
  if (end !== null && (earliest(end) ?? asOf) < asOf) return 'historical';
  const listed = usable.some(({ place }) => place === 'home-list' || place === 'discharge-list');
  if (decisive.once && !listed) return 'historical';
  if (!listed && leftOutAtDischarge(decisive, usable, discharges, asOf)) return 'historical';
  if (!listed && decisive.route !== null && NON_ORAL.test(decisive.route) && olderThan(decisive.noteDate, asOf))
    return 'historical';
  return 'active';
}

/** A later note says that it was never taken ("on our list since 2022, never filled"); of a dose only that dose. */
function deniedSince(group: Group<MedicationMention>, decisive: MedicationMention): boolean {
  return group
    .slice(group.indexOf(decisive) + 1)
    .some(
      ({ neverTaken, note, dose }) =>
        neverTaken && note !== decisive.note && (dose === null || decisive.dose === null || dose === decisive.dose),
    );
}

function olderThan(date: IsoDate, asOf: IsoDate): boolean {
  return earliest(at(date, 'stated'))! < asOf && Math.abs(daysApart(date, asOf)) > INPATIENT_DAYS;
}

function daysApart(a: IsoDate, b: IsoDate): number {
  return (
    (Number(b.slice(0, 4)) - Number(a.slice(0, 4))) * 365 +
    (Number(b.slice(5, 7)) - Number(a.slice(5, 7))) * 30 +
    Number(b.slice(8)) -
    Number(a.slice(8))
  );
}

/** No mention says that it is taken or stopped. */
function statusWithoutState(group: Group<MedicationMention>): MedicationStatus {
  const has = (test: (mention: MedicationMention) => boolean): boolean => group.some(test);
  if (has(({ action }) => action === 'allergy')) return 'allergy';
  if (has(({ action }) => action === 'plan')) return 'planned';
  if (has(({ neverTaken }) => neverTaken)) return 'considered';
  if (has(({ once, assertion }) => once && assertion.existence === 'present')) return 'historical';
  if (has(({ assertion }) => assertion.existence === 'present' && assertion.temporality === 'historical'))
    return 'historical';
  return has(({ assertion, considered }) => assertion.existence === 'present' && !considered)
    ? 'unknown'
    : 'considered';
}

function courseOf(mentions: readonly MedicationMention[]): MedicationStep[] {
  const steps = mentions.flatMap((mention) => {
    const { action } = mention;
    if (action === null || action === 'allergy' || mention.neverTaken) return [];
    return [stepOf(mention, action)];
  });
  const seen = new Set<string>();
  return steps
    .filter((step) => {
      const key = [step.action, step.note, step.when.start, step.dose].join(' ');
      return seen.has(key) ? false : seen.add(key);
    })
    .map((step, index) => ({ step, index }))
    .sort((a, b) => order(a.step, b.step) || a.index - b.index)
    .map(({ step }) => step);
}

function stepOf(mention: MedicationMention, action: MedicationStep['action']): MedicationStep {
  const { note, noteDate, dose, route, frequency, reason, reasonEvidence, evidence } = mention;
  return {
    action,
    when: whenOfStep(mention),
    note,
    noteDate,
    dose,
    route,
    frequency,
    reason,
    reasonEvidence,
    evidence,
  };
}

function order(a: MedicationStep, b: MedicationStep): number {
  const [x, y] = [earliest(a.when) ?? a.noteDate, earliest(b.when) ?? b.noteDate];
  return x < y ? -1 : x > y ? 1 : a.noteDate < b.noteDate ? -1 : a.noteDate > b.noteDate ? 1 : 0;
}

/** The last mention, up to the decisive one, that states a dose and does not merely plan or deny. */
function regimenInForce(
  usable: readonly MedicationMention[],
  decisive: MedicationMention | null,
): MedicationMention | undefined {
  const until = decisive === null ? usable : usable.slice(0, usable.indexOf(decisive) + 1);
  const stated = until.filter(
    ({ dose, action, assertion, neverTaken }) =>
      dose !== null && action !== 'plan' && action !== 'allergy' && assertion.existence === 'present' && !neverTaken,
  );
  if (decisive !== null && decisive.dose !== null) return decisive;
  const sameNote = usable.filter(
    (mention) => mention.note === decisive?.note && mention.dose !== null && isStateful(mention),
  );
  return sameNote.at(-1) ?? stated.filter(({ once }) => !once).at(-1) ?? stated.at(-1);
}

function lastOf(mentions: readonly MedicationMention[], part: 'route'): string | null {
  return (
    mentions
      .map((mention) => mention[part])
      .filter((words) => words !== null)
      .at(-1) ?? null
  );
}

/** The first start that is dated; else the date that a list gives ("since 2018"). */
function startOf(steps: readonly MedicationStep[], usable: readonly MedicationMention[]): When | null {
  const start = steps.find(({ action }) => action === 'start');
  const since = usable.find(
    ({ action, when }) => action === 'continue' && when.anchor !== 'note-date' && when.start !== null,
  )?.when;
  if (since !== undefined && (start === undefined || earliest(since)! < (earliest(start.when) ?? start.noteDate)))
    return since;
  return start?.when ?? null;
}

function reasonOfStop(steps: readonly MedicationStep[], group: Group<MedicationMention>): string | null {
  const away = steps.filter(({ action }) => action === 'stop' || action === 'hold');
  const stated = away.filter(({ reason }) => reason !== null).at(-1)?.reason;
  return stated ?? group.flatMap(({ reactions }) => reactions).at(-1)?.words ?? null;
}
