import type { Citation } from '../../domain/evidence.ts';
import { overlaps } from '../../domain/span.ts';
import type { Unit } from '../evidence/chart-index.ts';
import { BLANK } from './results.ts';
import { matchedEntities } from '../evidence/rank-units.ts';
import { REASON_CUES, RELATIVE_WORDS } from '../rules.ts';
import { datesIn } from '../text/dates.ts';
import type { Asked, SubjectKind } from '../question/types.ts';
import type { Draft, DraftContext } from './types.ts';

const has = (unit: Unit, ...labels: string[]): boolean => unit.entities.some(({ label }) => labels.includes(label));

/** "WITHHELD - AKI", "stopped (cough)": the reason behind the word, without a word for it. */
const ASIDE = /\b(?:stop\w*|withh\w+|held|hold|ceased?|discontinued|d\/?c'?d?|off)\s*(?:[-–(:;,]|->)\s*\p{L}{2}/iu;

/** What a sentence has to hold to answer a way of asking. A sentence that only names the subject is a mention, not an answer. */
const NEEDS: Readonly<Partial<Record<Asked, (unit: Unit) => boolean>>> = {
  when: (unit) => has(unit, 'Time') || datesIn(unit.text).length > 0,
  why: (unit) =>
    unit.words.some(({ stem }) => REASON_CUES.has(stem)) ||
    has(unit, 'Condition', 'Finding', 'Value') ||
    /2\/2|d\/t|s\/t/.test(unit.text) ||
    ASIDE.test(unit.text),
  dose: (unit) => has(unit, 'Dose', 'Value') || /\d/.test(unit.text),
  frequency: (unit) =>
    has(unit, 'Frequency', 'Time', 'Duration') ||
    /\b(daily|weekly|monthly|times|every|bid|tid|qid|q\d)\b/i.test(unit.text),
  duration: (unit) =>
    has(unit, 'Duration', 'Time') || /\b(days?|weeks?|months?|years?|hours?|since)\b/i.test(unit.text),
  count: (unit) =>
    /\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|once|twice|several|multiple|no)\b/i.test(unit.text),
  who: (unit) =>
    unit.words.some(({ stem }) => RELATIVE_WORDS.has(stem)) ||
    /\b(Dr|Drs|MD|DO|NP|PA|RN|Mr|Mrs|Ms|surgeon|cardiolog\w+|neurolog\w+|oncolog\w+|team|service|pharmac\w+|nurs\w+|wife|husband|partner|friend|son|daughter|by [A-Z])\b/.test(
      unit.text,
    ),
  where: (unit) =>
    has(unit, 'BodySite') || /\b(left|right|bilateral|upper|lower|at|in|hospital|clinic|[LR])\b/i.test(unit.text),
};

/**
 * Whether the cited sentences hold what was asked for, in themselves or in a sentence beside them. Drafts from dated or
 * valued facts hold it by construction.
 */
export function isSupported(draft: Draft, context: DraftContext): boolean {
  const units = citedUnits(draft, context);
  if (units.length === 0) return false;
  for (const kind of context.question.asked) {
    const needs = NEEDS[kind];
    if (needs !== undefined && !units.some(needs)) return false;
  }
  return namesEverySubject(units, context) && !onlyPlanned(units, context) && statesResult(units, context);
}

/**
 * The least that a sentence of which the pair ranker is sure has to hold: the drug, test or gene by name, in it or close by
 * (an illness has other names), and more than a plan.
 */
export function namesThing(draft: Draft, context: DraftContext): boolean {
  const units = citedUnits(draft, context);
  const named = context.hits.filter(({ subject, matches }) => NAMED.has(subject.kind) && matches.length > 0);
  return namesEverySubject(units, { ...context, hits: named }) && !onlyPlanned(units, context);
}

const NAMED: ReadonlySet<string> = new Set<SubjectKind>(['medication', 'test', 'gene']);

/** Whether some of the citations stand in a sentence, or hold words of it. */
export function cites(citations: readonly Citation[], unit: Unit): boolean {
  return citations.some(
    (place) => place.kind === 'note' && place.noteId === unit.note.note.id && overlaps(place, unit),
  );
}

/** The sentences that a draft cites. */
export function citedUnits(draft: Draft, context: DraftContext): Unit[] {
  return draft.claims.flatMap(({ citations }) =>
    citations.flatMap((citation) => {
      if (citation.kind !== 'note') return [];
      const unit = context.index.unitOf(context.index.noteIndexOf.get(citation.noteId) ?? 0, citation.start);
      return unit === null ? [] : [unit];
    }),
  );
}

/** Every clinical subject stands in the cited notes near the citation; plain words may be missing. */
function namesEverySubject(units: readonly Unit[], context: DraftContext): boolean {
  return context.hits.every(({ subject, matches, clinical }) => {
    if (!clinical || subject.kind === 'class') return true;
    return matches.some((match) =>
      units.some((unit) => unit.noteIndex === match.unit.noteIndex && Math.abs(unit.index - match.unit.index) <= 6),
    );
  });
}

const NEXT = /\b(?:next|due|planned|scheduled|upcoming|will|going to|follow(?:ing)?[ -]?up)\b/i;

/** A test or procedure that is only ordered or planned has no result, date or finding to tell. */
function onlyPlanned(units: readonly Unit[], context: DraftContext): boolean {
  const { asked, corrected } = context.question;
  if (asked.has('plan') || asked.has('why') || NEXT.test(corrected)) return false;
  const hits = context.hits.filter(({ subject }) => subject.kind !== 'medication' && subject.kind !== 'class');
  const matched = units
    .flatMap((unit) => matchedEntities(unit, hits))
    .filter(({ label }) => label === 'Test' || label === 'Procedure');
  return matched.length > 0 && matched.every(({ flags }) => flags.includes('hyp'));
}

function isValue({ label, start, end }: Unit['entities'][number], unit: Unit): boolean {
  return label === 'Value' && !BLANK.test(unit.text.slice(start - unit.start, end - unit.start));
}

/** A test asked for by name alone needs a number or a word of result in the sentence: "temp not checked" is none. */
function statesResult(units: readonly Unit[], { question }: DraftContext): boolean {
  if (
    /\blevels?\b/i.test(question.corrected) &&
    !question.asked.has('why') &&
    !units.some((unit) => has(unit, 'Value'))
  )
    return false;
  const [first] = question.subjects;
  const others = (['why', 'when', 'who', 'where', 'plan', 'procedure', 'medication', 'adverse'] as const).some((kind) =>
    question.asked.has(kind),
  );
  if (first?.kind !== 'test' || question.subjects.length > 1 || others || question.yesNo) return true;
  return units.some(
    (unit) =>
      ((has(unit, 'Finding', 'Condition') || unit.entities.some((entity) => isValue(entity, unit))) &&
        !/\bnot (?:checked|done|taken|measured|available|recorded)\b/i.test(unit.text)) ||
      /\d|\b(normal|negative|positive|elevated|high|low|unremarkable|wnl|stable|clear|showed?|shows|revealed|reactive)\b/i.test(
        unit.text,
      ),
  );
}
