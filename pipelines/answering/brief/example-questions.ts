import type { Chart, MedicationFact } from '../../domain/chart.ts';
import { groupBy } from '../draft/group-by.ts';

const COUNT = 6;

/** Questions to start from, made of this chart's own facts: at most six, the same for the same chart. */
export function exampleQuestions(chart: Chart): string[] {
  const stopped = chart.medications.findLast((fact) => fact.status === 'stopped' && isNamed(fact));
  const active = chart.medications.find((fact) => fact.status === 'active' && fact.dose !== null && isNamed(fact));
  const series = groupBy(
    chart.results.filter(({ numbers }) => numbers.length > 0),
    ({ test }) => test,
  )
    .filter((results) => results.length > 1)
    .sort((a, b) => b.length - a.length);
  const denied = chart.problems.find(({ status, kind }) => status === 'ruled-out' && kind === 'condition');
  const procedure = chart.procedures.findLast(({ status, when }) => status === 'done' && when.start !== null);
  const family = chart.problems.find(({ status }) => status === 'family');
  const questions = [
    stopped === undefined ? null : `Why was ${name(stopped.display)} stopped?`,
    series[0] === undefined ? null : `How has the ${name(series[0][0]!.display)} changed over time?`,
    active === undefined ? null : `What dose of ${name(active.display)} is the patient on now?`,
    chart.allergies.length > 0 ? 'Any drug allergies, and what reaction?' : null,
    series[1] === undefined ? null : `Latest ${name(series[1][0]!.display)}?`,
    procedure === undefined ? null : `When was the ${name(procedure.display)}?`,
    denied === undefined ? null : `Any ${name(denied.display)}?`,
    family === undefined ? null : `Any family history of ${name(family.display)}?`,
    'What is the patient taking now?',
    'Give me a short summary.',
  ];
  return [...new Set(questions.filter((question): question is string => question !== null))].slice(0, COUNT);
}

/** A drug by name, not a class word or a fragment. */
function isNamed({ ingredients, display }: MedicationFact): boolean {
  return ingredients.length > 0 && display.length > 3;
}

/** Names inside a sentence start small unless they are abbreviations or hold capitals of their own. */
function name(display: string): string {
  const text = display.replace(/\s+/g, ' ').trim();
  return /^[A-Z][a-z]+(?![A-Z0-9])/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text;
}
