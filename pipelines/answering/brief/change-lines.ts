import type { MedicationFact, MedicationStep } from '../../domain/chart.ts';
import type { IsoDate } from '../../domain/ids.ts';
import { isClassWord } from '../draft/medications.ts';
import type { DraftClaim } from '../draft/types.ts';
import { inline } from '../draft/wording.ts';
import { groupBy } from '../draft/group-by.ts';
import { houseDate } from '../text/dates.ts';
import { listLines, nameOf, placeOn } from './lines.ts';
import { stepThing } from './medication-lines.ts';
import { proceduresSince } from './open-lines.ts';
import { compare } from './problem-course.ts';
import { byWeight, isKnownTest, resultThing } from './result-lines.ts';
import type { BriefContext, BriefPart } from './types.ts';

const STEPS: readonly (readonly [title: string, actions: readonly MedicationStep['action'][], verb: string])[] = [
  ['Started', ['start'], ''],
  ['Stopped', ['stop'], ''],
  ['Dose up', ['increase'], ''],
  ['Dose down', ['decrease'], ''],
  ['Held', ['hold'], ''],
  ['Resumed', ['resume'], ''],
];

/** What notes after a day began, stopped, changed, found or measured; null where no day was given. */
export function changesPart(context: BriefContext): BriefPart | null {
  const { since, caps } = context;
  if (since === null) return null;
  const steps = STEPS.flatMap(([lead, actions, verb]) =>
    listLines(context, lead, stepThings(actions, verb, since, context), caps.listed),
  );
  return {
    kind: 'changes',
    title: `Changes since ${houseDate(since)}`,
    lines: [
      ...steps,
      ...listLines(context, 'New problems', problemThings(since, context), caps.listed),
      ...listLines(context, 'Procedures', proceduresSince(since, context), caps.listed),
      ...listLines(context, 'New results', resultThings(since, context), caps.listed),
    ],
  };
}

/** The last step of a kind for each drug; a start that was stopped since stands under both. */
function stepThings(
  actions: readonly MedicationStep['action'][],
  verb: string,
  since: IsoDate,
  context: BriefContext,
): DraftClaim[] {
  return context.chart.medications
    .filter((fact) => fact.ingredients.length > 0 && !isClassWord(fact, context))
    .flatMap((fact) => {
      const step = fact.steps.findLast(({ action, noteDate }) => actions.includes(action) && noteDate > since);
      if (step === undefined || !isBorneOut(step, fact)) return [];
      const dose = step.dose === null || actions.includes('stop') ? '' : inline(step.dose);
      return [{ step, thing: stepThing(fact, step, `${verb}${dose}`.trim()) }];
    })
    .sort((a, b) => compare(b.step.noteDate, a.step.noteDate) || compare(a.thing.text, b.thing.text))
    .map(({ thing }) => thing);
}

/** A stop counts where the chart's course ends in it or goes on after it; "would have to be stopped" does neither. */
function isBorneOut(step: MedicationStep, { status, steps }: MedicationFact): boolean {
  if (step.action !== 'stop' && step.action !== 'hold') return true;
  return status === 'stopped' || status === 'on-hold' || status === 'historical' || steps.at(-1) !== step;
}

function problemThings(since: IsoDate, context: BriefContext): DraftClaim[] {
  const { chronic, recent } = context.problems;
  return [...chronic, ...recent]
    .filter(({ firstAsserted, onset }) => firstAsserted > since && (onset?.start ?? firstAsserted) > since)
    .map((fact) => ({
      text: `${nameOf(fact)}${fact.status === 'suspected' ? ' (suspected)' : ''} (${houseDate(fact.firstAsserted)})`,
      citations: [placeOn(context, fact, fact.firstAsserted)],
      polarity: 'present',
    }));
}

/** The last result of each test after the day, those out of range first. */
function resultThings(since: IsoDate, context: BriefContext): DraftClaim[] {
  const after = context.chart.results.filter(
    (fact) => isKnownTest(fact) && fact.when.start !== null && fact.when.start > since,
  );
  return groupBy(after, ({ test }) => test)
    .map((results) => [...results].sort((a, b) => compare(a.when.start ?? '', b.when.start ?? '')).at(-1)!)
    .sort(byWeight)
    .map(resultThing);
}
