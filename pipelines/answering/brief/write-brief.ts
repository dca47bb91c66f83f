import type { Terminology } from '../../contracts/terminology.ts';
import type { Chart, Fact, ProblemFact, ResultFact } from '../../domain/chart.ts';
import type { AnswerProvenance, Claim } from '../../domain/evidence.ts';
import type { IsoDate } from '../../domain/ids.ts';
import { groupBy } from '../draft/group-by.ts';
import { currentEvidence, regimen } from '../draft/medications.ts';
import type { DraftClaim } from '../draft/types.ts';
import { capital, inline, quoteUnit } from '../draft/wording.ts';
import type { ChartIndex } from '../evidence/chart-index.ts';
import { indexOf } from '../evidence/chart-index.ts';
import { ANSWERING_RULES } from '../rules.ts';
import { houseDate } from '../text/dates.ts';
import { verifyClaims } from '../verify/gate.ts';

export type BriefKind =
  'problem' | 'medications' | 'allergies' | 'genotype' | 'results' | 'open-questions' | 'changes' | 'other';

export interface BriefSection {
  readonly kind: BriefKind;
  readonly title: string;
  /** Verified like an answer's; a section without claims is left out. */
  readonly claims: readonly Claim[];
}

/** One page about a chart, in reading order. Deterministic: equal chart and date give equal text. */
export interface Brief {
  readonly asOf: IsoDate | null;
  readonly since: IsoDate | null;
  readonly sections: readonly BriefSection[];
  readonly by: AnswerProvenance;
}

const PROBLEMS = 8;
const RESULTS = 12;

/**
 * Writes the brief: what changed since a day, problem by problem with its treatment, medications, allergies, genotype,
 * last results, and what is open. Every sentence goes through the gate of answers; what fails is left out.
 *
 * @param since - Shows first what notes after that day brought.
 */
export function writeBrief(chart: Chart, terminology: Terminology, since: IsoDate | null = null): Brief {
  const index = indexOf(chart);
  const drafted: readonly (readonly [BriefKind, string, readonly DraftClaim[]])[] = [
    [
      'changes',
      since === null ? 'Changes' : `Since ${houseDate(since)}`,
      since === null ? [] : changesSince(chart, since),
    ],
    ...problemsOf(chart).map(
      (problem) => ['problem', capital(inline(problem.display)), problemClaims(problem, chart)] as const,
    ),
    [
      'medications',
      'Current medications',
      activeMedications(chart).map((fact) => ({
        text: `${regimen(fact)}.`,
        citations: currentEvidence(fact),
        polarity: 'quoted',
      })),
    ],
    ['allergies', 'Allergies', allergyClaims(chart)],
    [
      'genotype',
      'Genotype',
      chart.genotypes.map((fact) => ({
        text: `${capital(inline(fact.text))}.`,
        citations: cited(fact),
        polarity: 'quoted',
      })),
    ],
    ['results', 'Last results', lastResults(chart).map(resultClaim)],
    ['open-questions', 'Open questions', openClaims(chart, index)],
  ];
  const sections = drafted
    .map(([kind, title, claims]): BriefSection => ({
      kind,
      title,
      claims: verifyClaims(claims, index, terminology).claims,
    }))
    .filter(({ claims }) => claims.length > 0);
  const pipeline = chart.notes.at(-1)?.pipeline ?? 'none';
  return {
    asOf: chart.asOf,
    since,
    sections,
    by: { drafter: 'rules', pipeline, rules: [ANSWERING_RULES, ...terminology.releases] },
  };
}

function cited({ evidence }: Fact): DraftClaim['citations'] {
  return [evidence[0], ...evidence.slice(1, 3)];
}

function activeMedications(chart: Chart): Chart['medications'] {
  return chart.medications.filter(({ status, ingredients }) => status === 'active' && ingredients.length > 0);
}

/** Active conditions, those of the latest notes first; each concept once. */
function problemsOf(chart: Chart): ProblemFact[] {
  return chart.problems
    .filter(({ kind, status, contextUncertain }) => kind === 'condition' && status === 'active' && !contextUncertain)
    .sort(
      (a, b) =>
        compare(b.lastAsserted, a.lastAsserted) ||
        b.evidence.length - a.evidence.length ||
        compare(a.concept, b.concept),
    )
    .slice(0, PROBLEMS);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function problemClaims(problem: ProblemFact, chart: Chart): DraftClaim[] {
  const onset = problem.onset?.start == null ? '' : `, since ${houseDate(problem.onset.start)}`;
  const claims: DraftClaim[] = [
    {
      text: `${capital(inline(problem.display))}: ${problem.status}${onset}.`,
      citations: cited(problem),
      polarity: 'present',
      computed: ['dates of the chart'],
    },
  ];
  const name = inline(problem.display).toLowerCase();
  const treated = activeMedications(chart).filter(
    ({ indication }) => indication !== null && indication.toLowerCase().includes(name),
  );
  for (const fact of treated.slice(0, 3))
    claims.push({ text: `Treated with ${regimen(fact)}.`, citations: currentEvidence(fact), polarity: 'quoted' });
  return claims;
}

function allergyClaims(chart: Chart): DraftClaim[] {
  if (chart.allergies.length > 0) {
    return chart.allergies.slice(0, 8).map((fact) => ({
      text: fact.interpreted
        ? `${capital(inline(fact.substance))}${fact.reaction === null ? '' : `: ${inline(fact.reaction)}`}.`
        : `Allergy text not interpreted: "${inline(fact.evidence[0].quote)}"`,
      citations: cited(fact),
      polarity: 'quoted',
    }));
  }
  const [first, ...rest] = chart.allergyStatementEvidence;
  if (first === undefined) return [];
  return [
    {
      text: `No known allergies stated: "${inline(first.quote)}".`,
      citations: [first, ...rest.slice(0, 2)],
      polarity: 'quoted',
    },
  ];
}

function lastResults(chart: Chart): ResultFact[] {
  return groupBy(chart.results, ({ test }) => test)
    .map((results) => results.at(-1)!)
    .sort((a, b) => compare(b.when.start ?? '', a.when.start ?? '') || compare(a.test, b.test))
    .slice(0, RESULTS);
}

function resultClaim(fact: ResultFact): DraftClaim {
  const date = fact.when.start === null ? '' : ` on ${houseDate(fact.when.start)}`;
  return {
    text: `${capital(inline(fact.display))} ${inline(fact.value)}${date}.`,
    citations: cited(fact),
    polarity: 'quoted',
  };
}

/** What notes after a day began, stopped, changed, found or measured. */
function changesSince(chart: Chart, since: IsoDate): DraftClaim[] {
  const steps = chart.medications.flatMap((fact) =>
    fact.steps
      .filter(({ noteDate, action }) => noteDate > since && action !== 'continue' && action !== 'plan')
      .map((step): DraftClaim => ({
        text: `${capital(inline(fact.display))}${step.dose === null ? '' : ` ${inline(step.dose)}`}: ${step.action}, ${houseDate(step.noteDate)}.`,
        citations: [step.evidence[0], ...step.evidence.slice(1, 2)],
        polarity: 'quoted',
      })),
  );
  const problems = chart.problems
    .filter(({ firstAsserted, kind, status }) => firstAsserted > since && kind === 'condition' && status === 'active')
    .map((fact): DraftClaim => ({
      text: `New: ${inline(fact.display)}, ${houseDate(fact.firstAsserted)}.`,
      citations: cited(fact),
      polarity: 'present',
      computed: ['first mention'],
    }));
  return [...steps.slice(0, 10), ...problems.slice(0, 6)];
}

/** Conflicts of the chart with both sides, and what the last note plans. */
function openClaims(chart: Chart, index: ChartIndex): DraftClaim[] {
  const conflicts = chart.conflicts.slice(0, 5).map(({ display, sides }): DraftClaim => {
    const [first, ...rest] = sides.map(({ evidence }) => evidence);
    const text = sides
      .slice(0, 2)
      .map((side) => `"${inline(side.text)}" (${houseDate(side.date)})`)
      .join(' but ');
    return {
      text: `The notes disagree on ${inline(display)}: ${text}.`,
      citations: [first!, ...rest],
      polarity: 'quoted',
    };
  });
  const last = chart.notes.length - 1;
  const planned = index.units
    .filter(
      (unit) =>
        unit.noteIndex === last &&
        unit.entities.some(({ label, flags }) => (label === 'Test' || label === 'Procedure') && flags.includes('hyp')),
    )
    .slice(0, 5)
    .map((unit): DraftClaim => {
      const { text, citation } = quoteUnit(
        unit,
        unit.entities.filter(({ flags }) => flags.includes('hyp')),
        24,
      );
      return { text: `Planned ${houseDate(unit.date)}: "${text}"`, citations: [citation], polarity: 'quoted' };
    });
  return [...conflicts, ...planned];
}
