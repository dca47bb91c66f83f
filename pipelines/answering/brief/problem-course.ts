import courseRules from '../../rules/problem-course/1/course.json' with { type: 'json' };
import { SYSTEMS } from '../../domain/coding.ts';
import type { Chart, ProblemFact } from '../../domain/chart.ts';
import type { FactId, IsoDate, Release } from '../../domain/ids.ts';
import { addDays } from '../text/dates.ts';
import { stemsOf } from '../text/words.ts';

/** Release of the lists that tell symptoms, passing and lasting illnesses apart. */
export const COURSE_RULES: Release = 'problem-course/1';

/** Where a problem stands in a list that is read at the bedside; absent for what is ruled out or of the family. */
export type ProblemGroup = 'current' | 'recent' | 'past' | 'symptom';

export interface SignificantProblems {
  /** Lasting illnesses that hold, best attested first. */
  readonly chronic: readonly ProblemFact[];
  /** Passing illnesses and suspicions of the last weeks, newest first. */
  readonly recent: readonly ProblemFact[];
  /** Past illnesses and symptoms. */
  readonly other: readonly ProblemFact[];
}

/** Days before the chart's last note within which a passing illness still counts. */
const RECENT_DAYS = 90;
const ACUTE = new Set(courseRules.acuteWords.split(' ').flatMap(stemsOf));
const LASTING = new Set(courseRules.lastingWords.split(' ').flatMap(stemsOf));
const VAGUE = new Set(courseRules.vagueWords.split(' ').flatMap(stemsOf));
const TESTS = courseRules.tests.map(({ codes, words, tests }) => ({
  codes,
  names: words.split('; ').map((name) => stemsOf(name)),
  tests: tests.split('; '),
}));

/** The group of every problem that holds or held for the patient. Pure; equal charts give equal groups. */
export function problemGroups(chart: Chart): ReadonlyMap<FactId, ProblemGroup> {
  const groups = new Map<FactId, ProblemGroup>();
  for (const problem of chart.problems) {
    const group = groupOf(problem, chart);
    if (group !== null) groups.set(problem.id, group);
  }
  return groups;
}

/** Problems by what they mean for care now; one illness named twice, once more exactly, stands once. */
export function significantProblems(chart: Chart): SignificantProblems {
  const groups = problemGroups(chart);
  const inGroup = (...wanted: ProblemGroup[]): ProblemFact[] =>
    chart.problems.filter(({ id }) => wanted.includes(groups.get(id)!));
  const chronic = withoutRepeats(inGroup('current').filter(isTelling).sort(byWeight(chart)));
  const recent = withoutRepeats(
    inGroup('recent').filter(isTelling).sort(byRecency),
    chronic.filter(({ lastAsserted }) => isRecent(lastAsserted, chart)),
  );
  const shown = new Set([...chronic, ...recent]);
  return { chronic, recent, other: inGroup('past', 'symptom').filter((problem) => !shown.has(problem)) };
}

const VITALS = new Set(courseRules.vitals.split('; '));

const PLANNING = new Set(courseRules.planWords.split(' ').flatMap(stemsOf));
const REFUSAL = new Set(courseRules.refusalWords.split(' ').flatMap(stemsOf));

export const isPlanning = (stem: string): boolean => PLANNING.has(stem);
export const isRefusal = (stem: string): boolean => REFUSAL.has(stem);

/** Whether a test is a vital sign. */
export function isVital(test: string): boolean {
  return VITALS.has(test);
}

/** Canonical names of the tests that are watched in a problem, most telling first. */
export function testsOf(problem: ProblemFact): readonly string[] {
  const code = icdOf(problem);
  const stems = new Set(stemsOf(`${problem.concept} ${problem.display}`));
  const named = TESTS.filter(
    ({ codes, names }) =>
      codes.some((prefix) => code?.startsWith(prefix)) || names.some((words) => words.every((word) => stems.has(word))),
  );
  return [...new Set(named.flatMap(({ tests }) => tests))];
}

function groupOf(problem: ProblemFact, chart: Chart): ProblemGroup | null {
  const { status, kind, lastAsserted } = problem;
  if (status === 'family' || status === 'ruled-out') return null;
  if (status === 'resolved') return 'past';
  if (kind === 'finding' || isSymptom(problem)) return 'symptom';
  if (status === 'suspected') return isRecent(lastAsserted, chart) ? 'recent' : 'past';
  const lasting = isLasting(problem);
  if (status === 'historical' && isLifelong(problem)) return 'current';
  if (status === 'historical')
    return lasting && !isCancer(problem) && isListedStill(problem, chart) ? 'current' : 'past';
  if (lasting) return 'current';
  return isRecent(lastAsserted, chart) ? 'recent' : 'past';
}

/** "History of" before a lasting illness in the chart's last note is how past-history lists speak of what still holds. */
function isListedStill({ lastAsserted, codes }: ProblemFact, chart: Chart): boolean {
  return codes.length > 0 && isRecent(lastAsserted, chart);
}

/** Whether the code of a problem is one of a symptom or sign. */
export function isSymptom(problem: ProblemFact): boolean {
  const code = icdOf(problem);
  return code !== null && courseRules.symptomCodes.some((prefix) => code.startsWith(prefix));
}

/** An illness that "history of" does not end. */
function isLifelong(problem: ProblemFact): boolean {
  const code = icdOf(problem);
  return code !== null && courseRules.lifelongCodes.some((prefix) => code.startsWith(prefix));
}

function isCancer(problem: ProblemFact): boolean {
  return icdOf(problem)?.startsWith('C') ?? false;
}

/** By code where there is one; words of the name may say otherwise ("chronic", "acute on"). */
function isLasting(problem: ProblemFact): boolean {
  const stems = stemsOf(`${problem.display} ${problem.concept}`);
  const code = icdOf(problem);
  const saysChronic = /\b(chronic|long-?standing|persistent|permanent)\b/i.test(problem.display);
  if (saysChronic) return true;
  if (stems.some((stem) => ACUTE.has(stem))) return false;
  if (code !== null) return !courseRules.acuteCodes.some((prefix) => code.startsWith(prefix));
  return stems.some((stem) => LASTING.has(stem) && !VAGUE.has(stem)) || isKeptUp(problem);
}

/** Named in notes at least three months apart. */
function isKeptUp(problem: ProblemFact): boolean {
  const { firstAsserted, lastIndependentlyAsserted } = problem;
  return notesOf(problem) > 1 && addDays(firstAsserted, RECENT_DAYS) <= lastIndependentlyAsserted;
}

/** A name that tells something: known to a terminology or the lists here, in more than one note, or of several words. */
function isTelling(problem: ProblemFact): boolean {
  const { codes, display, concept } = problem;
  const stems = stemsOf(concept);
  if (codes.length > 0) return !/[-/]$/.test(display.trim());
  if (stems.length === 0 || VAGUE.has(stems.at(-1)!)) return false;
  return notesOf(problem) > 1 || stems.length > 1 || LASTING.has(stems[0]!) || ACUTE.has(stems[0]!);
}

function isRecent(day: IsoDate, { asOf }: Chart): boolean {
  return asOf === null || addDays(day, RECENT_DAYS) >= asOf;
}

function isWithinYear(day: IsoDate, { asOf }: Chart): boolean {
  return asOf === null || addDays(day, 365) >= asOf;
}

function icdOf({ codes }: ProblemFact): string | null {
  return codes.find(({ system }) => system === SYSTEMS.icd10cm)?.code ?? null;
}

function notesOf({ evidence }: ProblemFact): number {
  return new Set(evidence.map(({ noteId }) => noteId)).size;
}

/** Problems named within a year lead, then those that most notes name. */
function byWeight(chart: Chart): (a: ProblemFact, b: ProblemFact) => number {
  const weight = (problem: ProblemFact): number =>
    notesOf(problem) + (isWithinYear(problem.lastAsserted, chart) ? 100 : 0) + (problem.codes.length > 0 ? 1 : 0);
  return (a, b) => weight(b) - weight(a) || compare(a.firstAsserted, b.firstAsserted) || compare(a.concept, b.concept);
}

function byRecency(a: ProblemFact, b: ProblemFact): number {
  return (
    compare(b.lastAsserted, a.lastAsserted) ||
    b.codes.length - a.codes.length ||
    notesOf(b) - notesOf(a) ||
    compare(a.concept, b.concept)
  );
}

/** Leaves out problems whose words all stand in another's name, or hold all of it: the same illness, said otherwise. */
function withoutRepeats(problems: readonly ProblemFact[], before: readonly ProblemFact[] = []): ProblemFact[] {
  const kept: ProblemFact[] = [];
  const names = before.map(nameStems);
  for (const problem of problems) {
    const stems = nameStems(problem);
    if (names.some((other) => isWithin(stems, other) || isWithin(other, stems))) continue;
    names.push(stems);
    kept.push(problem);
  }
  return kept;
}

function nameStems({ concept, laterality }: ProblemFact): ReadonlySet<string> {
  return new Set([...stemsOf(concept), ...(laterality === null ? [] : [laterality])]);
}

function isWithin(inner: ReadonlySet<string>, outer: ReadonlySet<string>): boolean {
  return inner.size > 0 && [...inner].every((stem) => outer.has(stem));
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
