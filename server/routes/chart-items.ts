import type {
  AllergyFact,
  Chart,
  Fact,
  GenotypeMention,
  HabitFact,
  MedicationFact,
  ProblemFact,
  ProcedureFact,
  ResultFact,
} from '#pipelines/domain/chart.ts';
import type { When } from '#pipelines/domain/timeline.ts';
import type { Terminology } from '#pipelines/contracts/terminology.ts';
import type { ProblemGroup } from '#pipelines/answering/index.ts';
import { problemGroups } from '#pipelines/answering/index.ts';
import type {
  AllergyItem,
  GenotypeMentionItem,
  HabitItem,
  MedicationItem,
  ProblemItem,
  ProcedureItem,
  ResultItem,
} from '#server/contract/index.ts';

/** Facts of the chart in the shape of the lists that the API serves. */
export function medicationItem(fact: MedicationFact): MedicationItem {
  const { status, dose, route, frequency, stopReason, indication, classes, ingredients, steps } = fact;
  return {
    ...common(fact),
    status,
    dose,
    route,
    frequency,
    stopReason,
    indication,
    classes,
    ingredients,
    steps,
    start: dayOf(fact.start),
    stop: dayOf(fact.stop),
    startWhen: fact.start,
    stopWhen: fact.stop,
    reason: stopReason ?? indication,
    class: classes[0] ?? null,
  };
}

export function problemItem(fact: ProblemFact, group?: ProblemGroup): ProblemItem {
  const { kind, status, laterality, relative, denials, onset } = fact;
  const item = { ...common(fact), kind, status, laterality, relative, denials, onset: dayOf(onset), onsetWhen: onset };
  return group === undefined ? item : { ...item, group };
}

/** Problems with the group that each stands in. */
export function problemItems(chart: Chart): ProblemItem[] {
  const groups = problemGroups(chart);
  return chart.problems.map((fact) => problemItem(fact, groups.get(fact.id)));
}

export function allergyItem(fact: AllergyFact): AllergyItem {
  const { substance, reaction, interpreted, classes } = fact;
  return { ...common(fact), status: 'active', ...{ substance, reaction, interpreted, classes } };
}

export function resultItem(fact: ResultFact): ResultItem {
  const { test, value, numbers, unit, quantity, when, referenceRange, flag } = fact;
  return {
    ...common(fact),
    status: 'reported',
    test,
    value,
    numbers,
    unit,
    quantity,
    when,
    referenceRange,
    flag,
    date: dayOf(when),
  };
}

export function procedureItem(fact: ProcedureFact): ProcedureItem {
  return { ...common(fact), status: fact.status, when: fact.when, date: dayOf(fact.when) };
}

export function habitItem(fact: HabitFact): HabitItem {
  return { ...common(fact), habit: fact.habit, status: fact.status, when: fact.when, date: dayOf(fact.when) };
}

export function genotypeMentionItem(fact: GenotypeMention): GenotypeMentionItem {
  return { ...common(fact), status: 'mentioned', text: fact.text, when: fact.when, date: dayOf(fact.when) };
}

/** Results of a test, named in any way the terminology knows, of a panel, or by words of the name. */
export function resultsOf(chart: Chart, test: string | undefined, terminology: Terminology): readonly ResultFact[] {
  const asked = test?.trim().toLowerCase();
  if (!asked) return chart.results;
  const panel = terminology.membersOfPanel(asked);
  const named = terminology.test(asked)?.name ?? asked;
  const exact = chart.results.filter((result) => result.test === named || panel.includes(result.test));
  if (exact.length > 0) return exact;
  const parts = asked.split(/\s+/);
  return chart.results.filter((result) => parts.every((part) => wordsOf(result).some((word) => word.startsWith(part))));
}

function wordsOf(result: ResultFact): string[] {
  return `${result.test} ${result.display.toLowerCase()}`.split(/[^\p{L}\p{N}]+/u);
}

function common(fact: Fact) {
  const { id, concept, display, codes, evidence, firstAsserted, lastAsserted } = fact;
  const { lastIndependentlyAsserted, contextUncertain } = fact;
  return {
    id,
    concept,
    display,
    codes,
    evidence,
    firstAsserted,
    lastAsserted,
    lastIndependentlyAsserted,
    contextUncertain,
  };
}

function dayOf(when: When | null): string | null {
  return when?.start ?? null;
}
