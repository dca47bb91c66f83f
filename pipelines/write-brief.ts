import type { Terminology } from './contracts/terminology.ts';
import type { Chart } from './domain/chart.ts';
import type { IsoDate } from './domain/ids.ts';
import type { PgxReport } from './domain/pgx.ts';
import { allergyPart } from './answering/brief/allergy-lines.ts';
import { changesPart } from './answering/brief/change-lines.ts';
import { genotypePart } from './answering/brief/genotype-lines.ts';
import { verifiedLines } from './answering/brief/lines.ts';
import { medicationParts } from './answering/brief/medication-lines.ts';
import { openPart, proceduresPart } from './answering/brief/open-lines.ts';
import { LEVELS, PAGE_LINES, linesOf } from './answering/brief/page.ts';
import { COURSE_RULES, significantProblems, testsOf } from './answering/brief/problem-course.ts';
import { leadingProblems, problemParts } from './answering/brief/problem-lines.ts';
import { lastResultsPart } from './answering/brief/result-lines.ts';
import type { Brief, BriefContext, BriefPart, BriefSection } from './answering/brief/types.ts';
import { indexOf } from './answering/evidence/chart-index.ts';
import { ANSWERING_RULES } from './answering/rules.ts';

export type { Brief, BriefKind, BriefSection } from './answering/brief/types.ts';

export interface BriefInput {
  /** The chart up to the day that the brief is for: later notes do not exist for it. */
  readonly chart: Chart;
  /** Tells first what notes after this day brought ("since I last saw her"). */
  readonly since?: IsoDate | null;
}

export interface BriefEngines {
  readonly terminology: Terminology;
  /** Pharmacogenomic report over the same chart; without it the genotypes that notes state are told. */
  readonly therapy?: () => PgxReport;
}

/** Sections that say "nothing documented" where they are empty. */
const ALWAYS = ['allergies', 'changes', 'genotype'];

/**
 * Writes the chart on one page: changes since a day, allergies, problem by problem with course, treatment and last results,
 * medications, genotype, and what is open. Every line goes through the gate of answers; what fails is left out. Pure: equal
 * input gives equal bytes.
 */
export function writeBrief({ chart, since = null }: BriefInput, { terminology, therapy }: BriefEngines): Brief {
  const report = therapy?.() ?? null;
  const common = {
    chart,
    index: indexOf(chart),
    terminology,
    problems: significantProblems(chart),
    since,
    therapy: report,
  };
  let sections: readonly BriefSection[] = [];
  for (const caps of LEVELS) {
    sections = sectionsOf({ ...common, caps });
    if (linesOf(sections) <= PAGE_LINES) break;
  }
  return {
    asOf: chart.asOf,
    since,
    sections,
    by: {
      drafter: 'rules',
      pipeline: chart.notes.at(-1)?.pipeline ?? 'none',
      rules: [...new Set([ANSWERING_RULES, COURSE_RULES, ...terminology.releases, ...(report?.releases ?? [])])],
    },
  };
}

function sectionsOf(context: BriefContext): BriefSection[] {
  const parts: readonly (BriefPart | null)[] = [
    changesPart(context),
    allergyPart(context),
    ...problemParts(context),
    ...medicationParts(context),
    genotypePart(context),
    context.since === null ? proceduresPart(context) : null,
    lastResultsPart(context, new Set(leadingProblems(context).flatMap(testsOf))),
    openPart(context),
  ];
  return parts
    .filter((part): part is BriefPart => part !== null)
    .map(({ kind, title, lines }): BriefSection => ({ kind, title, claims: verifiedLines(context, lines) }))
    .filter(({ kind, title, claims }) => claims.length > 0 || ALWAYS.includes(kind) || title === 'Current medications');
}
