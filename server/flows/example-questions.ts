import type { Chart, Fact } from '#pipelines/domain/chart.ts';

const MOST = 6;

/** Up to six questions that this chart's own facts suggest, the freshest first; the same chart gives the same questions. */
export function exampleQuestions(chart: Chart): readonly string[] {
  const medications = newestFirst(chart.medications);
  const stopped = medications.find((medication) => medication.status === 'stopped');
  const active = medications.find((medication) => medication.status === 'active' && medication.dose !== null);
  const problem = newestFirst(chart.problems).find((each) => each.kind === 'condition' && each.status === 'active');
  const result = newestFirst(chart.results).find((each) => each.numbers.length > 0);
  const procedure = newestFirst(chart.procedures).find(
    (each) => each.status === 'done' || each.status === 'historical',
  );
  const denied = newestFirst(chart.problems).find((each) => each.status === 'ruled-out');
  const family = chart.problems.find((each) => each.status === 'family');
  return [
    stopped && `Why was ${stopped.display} stopped?`,
    active && `What dose of ${active.display} is taken now?`,
    result && `What was the last ${result.display}?`,
    problem && `When was ${problem.display} first mentioned?`,
    chart.notes.length > 0 && 'Any drug allergies?',
    procedure && `When was the ${procedure.display}?`,
    denied && `Is there any ${denied.display}?`,
    family && `Is there a family history of ${family.display}?`,
    chart.medications.length > 0 && 'What medications are current?',
  ]
    .filter((question): question is string => typeof question === 'string')
    .slice(0, MOST);
}

function newestFirst<Item extends Fact>(facts: readonly Item[]): Item[] {
  return [...facts].sort((a, b) => b.lastAsserted.localeCompare(a.lastAsserted) || a.concept.localeCompare(b.concept));
}
