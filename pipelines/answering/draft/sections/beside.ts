import type { Unit } from '../../evidence/chart-index.ts';
import { formsOf, matchesOf } from '../../evidence/subject-match.ts';
import type { Subject } from '../../question/types.ts';
import { resultsFor } from '../results.ts';
import type { Draft, DraftContext } from '../types.ts';
import { leftOver, notesAsked, spansOf, unitsOfNote } from './asked-parts.ts';
import { quoteClaims } from './quote-claims.ts';
import type { Beside } from './section-rules.ts';
import { BESIDES, DEVICES } from './section-rules.ts';

const BLOCKED = ['why', 'family', 'allergy', 'conflict', 'pgx', 'summary', 'adverse'] as const;
const NEAR = 110;

interface Place {
  readonly unit: Unit;
  readonly start: number;
  readonly end: number;
}

interface Found {
  readonly unit: Unit;
  readonly from: Place;
  readonly value: { readonly start: number; readonly end: number };
  readonly distance: number;
}

/** A size, setting, pressure, position, direction or duration that stands beside the words of the thing it is of. */
export function draftBeside(context: DraftContext): Draft | null {
  const { question } = context;
  if (BLOCKED.some((kind) => question.asked.has(kind))) return null;
  const beside = BESIDES.find((candidate) => spansOf(question.corrected, candidate.asks).length > 0);
  if (beside === undefined) return null;
  const best = bestBeside(beside, context);
  if (best === null) return null;
  const focus = [{ start: best.unit.start + best.value.start, end: best.unit.start + best.value.end }];
  const own = best.from.unit === best.unit;
  if (own) focus.push({ start: best.unit.start + best.from.start, end: best.unit.start + best.from.end });
  const quotes = own ? [{ unit: best.unit, focus }] : [{ unit: best.unit, focus }, { unit: best.from.unit }];
  return {
    claims: quoteClaims(quotes, 2),
    finding: 'affirmed',
    rule: `beside-${beside.attribute}`,
    confidence: 0.65,
  };
}

/** Whether a question asks for a value that must be stated, and the chart states none beside the thing. */
export function valueMissing(context: DraftContext): boolean {
  const { question } = context;
  const beside = BESIDES.find((candidate) => spansOf(question.corrected, candidate.asks).length > 0);
  return beside?.strict === true && bestBeside(beside, context) === null;
}

function bestBeside(beside: Beside, context: DraftContext): Found | null {
  const text = context.question.corrected;
  const spans = spansOf(text, beside.asks);
  const rest = leftOver(context, beside.labelled === null ? spans : []);
  if (rest.length === 0) return null;
  if (
    beside.ofTest &&
    !rest.every((subject) => resultsFor(context, subject).filter(({ numbers }) => numbers.length > 0).length < 2)
  )
    return null;
  if (beside.ofTest && !rest.some(({ kind }) => kind === 'test')) return null;
  for (const note of notesAsked(context)) {
    const found = inNote(beside, rest, note, context);
    if (found.length > 0) return found.reduce((a, b) => (b.distance < a.distance ? b : a));
  }
  return null;
}

function inNote(beside: Beside, rest: readonly Subject[], note: number, context: DraftContext): Found[] {
  const units = unitsOfNote(context, note);
  const named = rest.map((subject) => placesOf(subject, note, context));
  const clinical = named.filter((places) => places.length > 0);
  // Every word of the question that only its letters are known of may be missing, a known thing never.
  if (clinical.length === 0 || rest.some((subject, i) => subject.kind !== 'term' && named[i]!.length === 0)) return [];
  const found: Found[] = [];
  for (const [position, unit] of units.entries()) {
    const here = clinical.map((places) => places.find((place) => place.unit === unit));
    if (here.every((place) => place === undefined) || here.some((place, i) => place === undefined && i === 0)) continue;
    if (beside.labelled !== null && !beside.labelled.test(unit.text) && clinical.length === rest.length) continue;
    const missing = here.filter((place) => place === undefined).length;
    const from = here.find((place) => place !== undefined)!;
    for (const value of valuesIn(unit, beside)) {
      const gap = Math.max(0, value.start - from.end, from.start - value.end);
      if (gap <= NEAR) found.push({ unit, from, value, distance: gap + 200 * missing });
    }
    for (const next of beside.pronoun ? units.slice(position + 1, position + 3) : []) {
      if (!/^(\W*\w+){0,6}\W*\b(it|this|that|them|these)\b/i.test(next.text)) continue;
      for (const value of valuesIn(next, beside)) {
        found.push({ unit: next, from, value, distance: 100 + value.start + 200 * missing });
      }
    }
  }
  return found;
}

function valuesIn(unit: Unit, beside: Beside): { start: number; end: number }[] {
  return [...unit.text.matchAll(beside.value)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Where a note names a subject, devices by the other names that they go by. */
function placesOf(subject: Subject, note: number, { index }: DraftContext): Place[] {
  const names = DEVICES.get(subject.words.toLowerCase()) ?? [];
  const forms = [...subject.forms.filter(({ weight }) => weight >= 0.8), ...formsOf(names, 1)];
  const head = subject.words.split(/\s+/).at(-1)!;
  // "Testicular nodule" is "a nodule in his testicle" elsewhere: the head noun stands for the phrase.
  const used = head === subject.words || head.length < 4 ? forms : [...forms, ...formsOf([head], 1)];
  return matchesOf(index, used)
    .filter(({ unit }) => unit.noteIndex === note)
    .map(({ unit, first, last }) => ({ unit, start: unit.words[first]!.start, end: unit.words[last]!.end }));
}
