import type { MedicationFact } from '#pipelines/domain/chart.ts';

/**
 * "Iron finished" stops the ferrous sulfate: a class that is stopped stops its one member that is taken, where that class
 * is the member's own and the member is not mentioned later. Of several members it is not known which is meant, and none is.
 */
export function stopMembersOfClasses(facts: readonly MedicationFact[]): MedicationFact[] {
  const stopped = facts.filter(({ ingredients, status }) => ingredients.length === 0 && status === 'stopped');
  return stopped.reduce((all, fact) => stopMember(all, fact), [...facts]);
}

function stopMember(facts: MedicationFact[], named: MedicationFact): MedicationFact[] {
  const step = named.steps.filter(({ action }) => action === 'stop').at(-1);
  const members = facts.filter(
    ({ ingredients, status, classes }) => ingredients.length > 0 && status === 'active' && classes[0] === named.concept,
  );
  const [member] = members;
  if (step === undefined || members.length !== 1 || member!.lastAsserted > step.noteDate) return facts;
  const ended: MedicationFact = {
    ...member!,
    status: 'stopped',
    stop: step.when,
    stopReason: named.stopReason,
    steps: [...member!.steps, step],
    evidence: [named.evidence[0], ...member!.evidence],
    lastAsserted: step.noteDate,
  };
  return facts.map((fact) => (fact === member ? ended : fact));
}
