import type { ProblemFact, ProblemStatus } from '#pipelines/domain/chart.ts';
import type { When } from '#pipelines/domain/timeline.ts';
import { compareWhen } from '../dates/when.ts';
import type { NoteReading, ProblemMention } from '../reading/reading.ts';
import type { CopyIndex } from './copied.ts';
import type { Group } from './fact.ts';
import { factOf, groupMentions, latestOf } from './fact.ts';
import { stepsOf } from '#pipelines/domain/steps.ts';
import type { Steps } from '#pipelines/domain/steps.ts';

/** Reconciles conditions and findings: one fact for each concept of the patient, and one for each relative's. */
export function* reconcileProblems(readings: readonly NoteReading[], copies: CopyIndex): Steps<ProblemFact[]> {
  const mentions = readings
    .flatMap(({ problems }) => problems)
    .filter(({ assertion }) => assertion.existence !== 'hypothetical');
  const own = groupMentions(
    mentions.filter(({ assertion }) => assertion.experiencer === 'patient'),
    ({ concept }) => concept,
  );
  const others = groupMentions(
    mentions.filter(({ assertion }) => assertion.experiencer === 'family'),
    ({ concept, relative, assertion }) => `${concept}|${relative?.toLowerCase() ?? ''}|${assertion.existence}`,
  );
  yield;
  return [
    ...(yield* stepsOf(own, ([key, group]) => [ownProblem(key, group, copies)])),
    ...(yield* stepsOf(others, ([key, group]) => familyProblem(key, group, copies))),
  ];
}

function ownProblem(key: string, group: Group<ProblemMention>, copies: CopyIndex): ProblemFact {
  const asserting = group.filter(isAsserted);
  const denials = group.filter(({ assertion }) => assertion.existence === 'absent');
  const supporting = (asserting.length > 0 ? asserting : group) as Group<ProblemMention>;
  const best = bestMention(supporting, copies);
  return {
    ...factOf('problem', key, supporting, best, copies),
    status: statusOf(asserting, denials, copies),
    kind: group.some(({ kind }) => kind === 'condition') ? 'condition' : 'finding',
    onset: onsetOf(asserting),
    laterality: latestSide(asserting, copies),
    relative: null,
    denials: denials.map(({ evidence }) => evidence[0]).reverse(),
  };
}

function familyProblem(key: string, group: Group<ProblemMention>, copies: CopyIndex): ProblemFact[] {
  const best = latestOf(group, copies)!;
  const denied = best.assertion.existence === 'absent';
  return [
    {
      ...factOf('family', key, group, best, copies),
      status: denied ? 'ruled-out' : 'family',
      kind: best.kind,
      onset: null,
      laterality: best.laterality,
      relative: best.relative ?? 'family',
      denials: denied ? group.map(({ evidence }) => evidence[0]) : [],
    },
  ];
}

function isAsserted({ assertion }: ProblemMention): boolean {
  return assertion.existence === 'present' || assertion.existence === 'possible';
}

/** The latest firm and current mention; its words name the problem. */
function bestMention(mentions: Group<ProblemMention>, copies: CopyIndex): ProblemMention {
  const firm = mentions.filter(({ assertion }) => assertion.existence === 'present');
  const current = firm.filter(({ assertion }) => assertion.temporality === 'current');
  return latestOf(current, copies) ?? latestOf(firm, copies) ?? latestOf(mentions, copies)!;
}

function statusOf(
  asserting: readonly ProblemMention[],
  denials: readonly ProblemMention[],
  copies: CopyIndex,
): ProblemStatus {
  const last = latestOf(asserting, copies);
  if (last === undefined) return 'ruled-out';
  const isFirm = asserting.some(({ assertion }) => assertion.existence === 'present');
  const lastDenial = latestOf(denials, copies);
  const deniedAfter = lastDenial !== undefined && isAfter(lastDenial, last);
  if (!isFirm)
    return deniedAfter || denials.some(({ ruledOut, note }) => ruledOut && note === last.note)
      ? 'ruled-out'
      : 'suspected';
  const firmLast = latestOf(
    asserting.filter(({ assertion }) => assertion.existence === 'present'),
    copies,
  )!;
  if (firmLast.resolved) return 'resolved';
  if (firmLast.assertion.temporality === 'historical') return 'historical';
  return deniedAfter && firmLast.kind === 'finding' ? 'resolved' : 'active';
}

function isAfter(a: ProblemMention, b: ProblemMention): boolean {
  return a.noteDate > b.noteDate;
}

/** The earliest date that any mention gives for it. */
function onsetOf(asserting: readonly ProblemMention[]): When | null {
  const dated = asserting.flatMap(({ onset }) => (onset !== null && onset.start !== null ? [onset] : []));
  return dated.sort(compareWhen)[0] ?? null;
}

function latestSide(asserting: readonly ProblemMention[], copies: CopyIndex): ProblemFact['laterality'] {
  return (
    latestOf(
      asserting.filter(({ laterality }) => laterality !== null),
      copies,
    )?.laterality ?? null
  );
}
