import type { MedicationFact, ProblemFact, ResultFact } from '../../domain/chart.ts';
import type { NoteCitation } from '../../domain/evidence.ts';
import type { IsoDate } from '../../domain/ids.ts';
import type { Entity } from '../../domain/entity.ts';
import type { TextRange } from '../../domain/span.ts';
import { overlaps } from '../../domain/span.ts';
import { currentEvidence, isClassWord, regimen, unique } from '../draft/medications.ts';
import type { DraftClaim } from '../draft/types.ts';
import { capital, wordCount } from '../draft/wording.ts';
import type { Unit } from '../evidence/chart-index.ts';
import { addDays, houseDate } from '../text/dates.ts';
import { stemsOf } from '../text/words.ts';
import { verifyClaims } from '../verify/gate.ts';
import { dateOf, listLines, nameOf, placeOn, quoteLine, uncertainLine, unitAt } from './lines.ts';
import { compare, isSymptom, testsOf } from './problem-course.ts';
import { isMeasured, resultThing } from './result-lines.ts';
import type { BriefContext, BriefLine, BriefPart } from './types.ts';

/** A lasting problem that no note names for longer than this is told apart. */
const QUIET_DAYS = 365;
const TREATMENTS = 3;
const RESULTS = 3;
/** Characters between a drug and the illness that it is given for. */
const NEAR = 60;
const ASSESSING = /assess|impression|plan|diagnos|problem|course|summary/;

/** A part for each leading problem, then in short the further ones, past illnesses and those that no note names any more. */
export function problemParts(context: BriefContext): BriefPart[] {
  const { chronic, recent } = context.problems;
  const leading = leadingProblems(context);
  const quiet = chronic.filter((problem) => isQuiet(problem, context));
  const rest = [...chronic, ...recent].filter((problem) => !leading.includes(problem) && !quiet.includes(problem));
  const quoted = new Set<Unit>();
  const short = (title: string, things: readonly DraftClaim[]): BriefPart => ({
    kind: 'other',
    title,
    lines: listLines(context, '', things, context.caps.listed),
  });
  return [
    ...leading.map((problem) => problemPart(problem, context, quoted)),
    short(
      'Further problems',
      rest.map((problem) => statusThing(problem, context)),
    ),
    short(
      'Not mentioned for long',
      quiet.map((problem) => lastThing(problem, context)),
    ),
    short(
      'Past history',
      past(context).map((problem) => pastThing(problem, context)),
    ),
  ];
}

/** Problems that have a part of their own. */
export function leadingProblems(context: BriefContext): readonly ProblemFact[] {
  const { chronic, recent } = context.problems;
  const current = chronic.filter((problem) => !isQuiet(problem, context));
  return [...current.slice(0, context.caps.problems), ...recent.slice(0, context.caps.recent)];
}

function isQuiet({ lastIndependentlyAsserted }: ProblemFact, { chart: { asOf } }: BriefContext): boolean {
  return asOf !== null && addDays(lastIndependentlyAsserted, QUIET_DAYS) < asOf;
}

function problemPart(problem: ProblemFact, context: BriefContext, quoted: Set<Unit>): BriefPart {
  const lines = [
    statusLine(problem, context),
    courseLine(problem, context, quoted),
    ...listLines(context, 'Treatment', treatments(problem, context), TREATMENTS),
    ...listLines(context, 'Last results', lastOf(problem, context), RESULTS),
  ];
  return {
    kind: 'problem',
    title: capital(nameOf(problem)),
    lines: lines.filter((line): line is BriefLine => line !== null),
  };
}

/** Asserted, where the gate agrees that it is; else the note's own words, marked. */
function statusLine(problem: ProblemFact, context: BriefContext): BriefLine | null {
  const thing = statusThing(problem, context);
  const line: BriefLine = { ...thing, text: `${capital(thing.text)}.` };
  const [claim] = verifyClaims([line], context.index, context.terminology).claims;
  if (!problem.contextUncertain && claim?.text === line.text) return line;
  return uncertainLine(context, problem.evidence[0], 20);
}

function statusThing(problem: ProblemFact, context: BriefContext): DraftClaim {
  const { firstAsserted, lastAsserted, lastIndependentlyAsserted, laterality } = problem;
  const onset = problem.status === 'historical' ? null : onsetPlace(problem, context);
  const status = problem.status === 'historical' ? 'in the history' : problem.status;
  const side = laterality === null || problem.display.toLowerCase().includes(laterality) ? '' : ` (${laterality})`;
  const since = onset === null ? '' : ` since ${houseDate(problem.onset!.start!)}`;
  const first = onset !== null || firstAsserted === lastAsserted ? '' : `, first noted ${houseDate(firstAsserted)}`;
  const copied =
    lastIndependentlyAsserted < lastAsserted ? `, in own words ${houseDate(lastIndependentlyAsserted)}` : '';
  const days = [lastAsserted, firstAsserted, lastIndependentlyAsserted];
  return {
    text: `${nameOf(problem)}${side}: ${status}${since}${first}, last asserted ${houseDate(lastAsserted)}${copied}`,
    citations: cite(problem, context, days, onset === null ? [] : [onset]),
    polarity: 'present',
  };
}

function lastThing(problem: ProblemFact, context: BriefContext): DraftClaim {
  const day = problem.lastIndependentlyAsserted;
  return {
    text: `${nameOf(problem)}, last asserted ${houseDate(day)}`,
    citations: cite(problem, context, [day], []),
    polarity: 'present',
  };
}

/** Past illnesses that a terminology knows or that several notes name, the most named first. */
function past({ problems: { other } }: BriefContext): ProblemFact[] {
  const notes = ({ evidence }: ProblemFact): number => new Set(evidence.map(({ noteId }) => noteId)).size;
  return other
    .filter((problem) => problem.kind === 'condition' && !isSymptom(problem) && problem.status !== 'suspected')
    .filter((problem) => problem.codes.length > 0 || notes(problem) > 1)
    .sort((a, b) => notes(b) - notes(a) || compare(b.lastAsserted, a.lastAsserted) || compare(a.concept, b.concept));
}

function pastThing(problem: ProblemFact, context: BriefContext): DraftClaim {
  const onset = onsetPlace(problem, context);
  if (onset === null) return lastThing(problem, context);
  return {
    text: `${nameOf(problem)} (${houseDate(problem.onset!.start!)})`,
    citations: cite(problem, context, [problem.lastAsserted], [onset]),
    polarity: 'present',
  };
}

function cite(
  problem: ProblemFact,
  context: BriefContext,
  days: readonly IsoDate[],
  more: readonly NoteCitation[],
): DraftClaim['citations'] {
  const [first, ...rest] = unique([...days.map((day) => placeOn(context, problem, day)), ...more]);
  return [first!, ...rest];
}

/** Where the notes say since when. */
function onsetPlace({ onset, concept }: ProblemFact, { chart }: BriefContext): NoteCitation | null {
  if (onset?.start == null || onset.anchor === 'note-date') return null;
  const event = chart.events.find(
    ({ concept: other, when, assertion }) =>
      other === concept && when.start === onset.start && assertion.experiencer === 'patient',
  );
  return event?.evidence[0] ?? null;
}

/** What the latest note that names the problem says of it, an assessment before a list. */
function courseLine(problem: ProblemFact, context: BriefContext, quoted: Set<Unit>): BriefLine | null {
  const { quoteWords } = context.caps;
  if (quoteWords < 8) return null;
  const day = problem.lastIndependentlyAsserted;
  const [best] = problem.evidence
    .filter((place) => dateOf(context, place) === day)
    .flatMap((place) => {
      const unit = unitAt(context, place);
      return unit === null || quoted.has(unit) ? [] : [{ place, unit, score: telling(unit) }];
    })
    .sort((a, b) => b.score - a.score || a.place.start - b.place.start);
  if (best === undefined || best.score <= 0) return null;
  quoted.add(best.unit);
  const line = quoteLine(context, best.place, quoteWords);
  return line !== null && wordCount(line.text) > wordCount(problem.display) + 5 ? line : null;
}

/** How much a sentence says beside the names of illnesses; a list of them says nothing. */
function telling(unit: Unit): number {
  const conditions = unit.entities.filter(({ label }) => label === 'Condition');
  const isName = (start: number): boolean =>
    conditions.some((entity) => entity.start <= unit.start + start && unit.start + start < entity.end);
  const more = unit.words.filter(({ start, text }) => /\p{L}{2}/u.test(text) && !isName(start)).length;
  if (more < 3 || conditions.length > 3) return 0;
  const assessing = ASSESSING.test(`${unit.section} ${unit.title}`) ? 2 : 0;
  return 1 + Math.min(more, 15) / 15 + assessing - 0.4 * (conditions.length - 1);
}

/** Drugs taken, or held, for the problem, and what was done for it. */
function treatments(problem: ProblemFact, context: BriefContext): DraftClaim[] {
  const drugs = context.chart.medications
    .filter((fact) => isGivenFor(fact, problem, context))
    .map((fact): DraftClaim => {
      const held = fact.status === 'on-hold' ? ' (on hold)' : '';
      return { text: `${regimen(fact)}${held}`, citations: currentEvidence(fact), polarity: 'quoted' };
    });
  const done = context.chart.procedures
    .filter(
      ({ status, evidence, display }) =>
        status === 'done' &&
        !otherSide(problem, display) &&
        evidence.some((place) => isNearest(place, problem, context)),
    )
    .map((fact): DraftClaim => {
      const date = fact.when.start === null ? '' : ` (${houseDate(fact.when.start)})`;
      return { text: `${nameOf(fact)}${date}`, citations: [fact.evidence[0]], polarity: 'quoted' };
    });
  return [...drugs, ...done];
}

function isGivenFor(fact: MedicationFact, problem: ProblemFact, context: BriefContext): boolean {
  const { terminology } = context;
  if (fact.indication === null || isClassWord(fact, context) || fact.ingredients.length === 0) return false;
  if (fact.status !== 'active' && fact.status !== 'on-hold') return false;
  const parts = fact.indication.split(/\s*[,;]\s*/);
  const named = parts.some(
    (part) =>
      terminology.conceptKey('Condition', part) === problem.concept ||
      stemsOf(part).join(' ') === stemsOf(problem.display).join(' '),
  );
  // A drug under the wrong illness does harm: the sentence itself must join the two.
  return named && fact.evidence.some((place) => isNearest(place, problem, context));
}

/** Whether the problem is the condition that stands nearest to a place within its sentence, with no other drug between. */
function isNearest(place: NoteCitation, problem: ProblemFact, context: BriefContext): boolean {
  const gap = (range: TextRange): number => Math.max(range.start - place.end, place.start - range.end, 0);
  const [nearest] = [...conditionsBeside(place, context)].sort((a, b) => gap(a) - gap(b) || a.start - b.start);
  if (nearest === undefined) return false;
  const between = { start: Math.min(place.end, nearest.end), end: Math.max(place.start, nearest.start) };
  if (gap(nearest) > NEAR || isParted(between, place, context)) return false;
  const drugs = unitAt(context, place)!.entities.filter(({ label }) => label === 'Medication');
  if (drugs.some((drug) => !overlaps(drug, place) && overlaps(drug, between))) return false;
  return problem.evidence.some((other) => other.noteId === place.noteId && overlaps(other, nearest));
}

/** Whether a clause ends between the two. */
function isParted({ start, end }: TextRange, place: NoteCitation, context: BriefContext): boolean {
  return start < end && /[;.#\n]\s/.test(unitAt(context, place)!.note.note.text.slice(start, end));
}

function conditionsBeside(place: NoteCitation, context: BriefContext): readonly Entity[] {
  const entities = unitAt(context, place)?.entities ?? [];
  return entities.filter(({ label, flags }) => label === 'Condition' && !flags.includes('neg'));
}

function otherSide({ laterality }: ProblemFact, words: string): boolean {
  const other = laterality === 'left' ? /\bright\b/i : laterality === 'right' ? /\bleft\b/i : null;
  return other?.test(words) ?? false;
}

/** The last result of each test that is watched in the problem. */
function lastOf(problem: ProblemFact, context: BriefContext): DraftClaim[] {
  return testsOf(problem).flatMap((test) => {
    const results = context.chart.results.filter((result) => result.test === test && isMeasured(result));
    const last = [...results].sort((a, b) => compare(dayOf(a), dayOf(b))).at(-1);
    return last === undefined ? [] : [resultThing(last)];
  });
}

function dayOf({ when, lastAsserted }: ResultFact): string {
  return when.start ?? lastAsserted;
}
