import type { MedicationFact } from '../../domain/chart.ts';
import { daysBetween, houseDate } from '../text/dates.ts';
import { inWindow, isDated } from '../question/time-window.ts';
import type { DrugPlace } from './medication-places.ts';
import { drugSubjects, drugsIn, nextUnit, partsOf, placesOf, quoteAround } from './medication-places.ts';
import { isClassWord, medicationsFor, unique } from './medications.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';
import { capital, inline, wordCount } from './wording.ts';

const ASKS =
  /\b(?:how long\b(?! ago)|for how (?:long|many)|how many (?:days|weeks|months|years)|(?:until|till|through) (?:when|what|which)|duration|length|course length)\b/i;
const BLOCKED = ['why', 'family', 'allergy', 'conflict', 'pgx', 'adverse', 'trend'] as const;
const NUMBER = '(?:\\d+(?:[.-]\\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|few)';
/** A length of treatment, or its end or beginning, in words. */
const LENGTH = new RegExp(
  `\\b${NUMBER}(?: ?-? ?(?:full|more|further))?[ -]?(?:days?|d|weeks?|wks?|w|months?|mos?|years?|yrs?|doses|cycles)\\b|\\b\\d+ ?/ ?(?:7|52|12)\\b|\\bday \\d+\\b|\\b(?:through|thru|until|till|since|from) (?:\\w+ )?\\d|\\b(?:since|until|till|through) (?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\\b|\\b(?:lifelong|indefinite\\w*|for life|long[- ]term)\\b`,
  'i',
);
const WORDS = 56;

/** How long a drug was or is to be taken: sentences that state a length or an end, and the dates of its course. */
export function draftDuration(context: DraftContext): Draft | null {
  const { question } = context;
  if (!ASKS.test(question.corrected) || BLOCKED.some((kind) => question.asked.has(kind))) return null;
  const subjects = drugSubjects(context);
  if (subjects.length === 0) return null;
  const scored = subjects
    .flatMap((subject) => placesOf(subject, context))
    .flatMap((place) => lengthsAt(place, context))
    .sort((a, b) => b.score - a.score || a.place.unit.index - b.place.unit.index);
  const course = subjects
    .flatMap((subject) => medicationsFor(context, subject))
    .filter((fact) => !isClassWord(fact, context))
    .flatMap((fact) => courseOf(fact));
  const claims = fitting([...scored.slice(0, 2).map(({ claim }) => claim), ...course.slice(0, 2)], scored.length);
  return claims.length === 0 ? null : { claims, finding: 'affirmed', rule: 'medication-duration', confidence: 0.7 };
}

interface Length {
  readonly place: DrugPlace;
  readonly score: number;
  readonly claim: DraftClaim;
}

/** The lengths that the words around one mention state. */
function lengthsAt(place: DrugPlace, context: DraftContext): Length[] {
  const { unit, entity } = place;
  if (entity.flags.includes('neg') || entity.flags.includes('hyp')) return [];
  const ranked = context.ranked.find((other) => other.unit === unit)?.score ?? 0;
  const best = Math.max(0.1, context.ranked[0]?.score ?? 1);
  const { window } = context.question;
  const outside = isDated(window) && !inWindow(window, unit.date) ? 0.5 : 0;
  const near = 0.4 * (ranked / best) - outside;
  const linked = partsOf(place, context).find(({ label }) => label === 'Duration');
  if (linked !== undefined) return [{ place, score: 1 + near, claim: quoteAround(unit, [entity, linked]) }];
  const clause = clauseAfter(place);
  const match = LENGTH.exec(clause);
  if (match !== null) {
    const start = entity.end + match.index;
    return [{ place, score: 0.8 + near, claim: quoteAround(unit, [entity, { start, end: start + match[0].length }]) }];
  }
  const next = nextUnit(unit, context);
  if (next === null || drugsIn(next).length > 0 || !LENGTH.test(next.text) || !ABOUT_IT.test(next.text)) return [];
  return [{ place, score: 0.5 + near, claim: quoteAround(next, []) }];
}

const ABOUT_IT = /\b(?:it|this|that|course|treatment|therapy|taken|took|dose|stopped|finished|completed)\b/i;

/** The words behind a drug up to the next drug or the end of the sentence. */
function clauseAfter({ unit, entity }: DrugPlace): string {
  const next = drugsIn(unit).find(({ start }) => start > entity.end);
  return unit.note.note.text.slice(entity.end, Math.min(unit.end, next?.start ?? unit.end));
}

/** The course of a drug with a known beginning and end. */
function courseOf(fact: MedicationFact): DraftClaim[] {
  const began = fact.steps.find(({ action }) => action === 'start' || action === 'resume');
  const ended = fact.steps.findLast(({ action }) => action === 'stop');
  const from = began === undefined ? null : (fact.start?.start ?? began.when.start ?? began.noteDate);
  const to = ended === undefined ? null : (fact.stop?.start ?? ended.when.start ?? ended.noteDate);
  if (from === null || to === null || from >= to || from.length < 7 || to.length < 7) return [];
  const [first, ...rest] = unique([began!.evidence[0], ended!.evidence[0], ...began!.evidence, ...ended!.evidence]);
  return [
    {
      text: `${capital(inline(fact.display))}: ${houseDate(from)} to ${houseDate(to)} (about ${spanOf(from, to)}).`,
      citations: [first!, ...rest.slice(0, 3)],
      polarity: 'quoted',
      computed: ['duration'],
    },
  ];
}

function spanOf(from: string, to: string): string {
  const whole = (date: string): string => (date.length === 7 ? `${date}-15` : date).slice(0, 10);
  const days = daysBetween(whole(from), whole(to));
  if (days < 15) return `${days} days`;
  if (days < 60) return `${Math.round(days / 7)} weeks`;
  return days < 730 ? `${Math.round(days / 30.44)} months` : `${Math.round(days / 365.25)} years`;
}

/** What a note states leads; a course reckoned from dates follows, or stands alone. */
function fitting(claims: readonly DraftClaim[], stated: number): DraftClaim[] {
  let words = 0;
  return claims.filter(({ text }, i) => {
    words += wordCount(text);
    return (i === 0 || words <= WORDS) && (i === 0 || stated > 0);
  });
}
