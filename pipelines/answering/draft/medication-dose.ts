import type { DrugPlace } from './medication-places.ts';
import { drugSubjects, partsOf, placesOf, quoteAround } from './medication-places.ts';
import type { Draft, DraftContext } from './types.ts';

const LOADING = /\b(?:load\w*|bolus|stat dose|induction)\b/i;
const FIRST = /\b(?:first|initial\w*|start\w* (?:on|dose|at)|starting|started|originally|original|began|begun)\b/i;
const HIGHEST = /\b(?:max(?:imum|imal)?|highest|top|peak|how high|most)\b/i;
const BLOCKED = ['why', 'family', 'allergy', 'conflict', 'pgx', 'adverse', 'trend'] as const;

/** The loading, first or highest dose of a drug: the sentence that states it, which is not the dose in force. */
export function draftOtherDose(context: DraftContext): Draft | null {
  const { question } = context;
  const text = question.corrected;
  const dosed = question.asked.has('dose') || (question.asked.has('peak') && /\b(?:high|dose)\b/i.test(text));
  if (!dosed || BLOCKED.some((kind) => question.asked.has(kind))) return null;
  // "How high did it get?" is of the test that was asked about before.
  if (question.subjects.some(({ kind }) => kind === 'test' || kind === 'panel')) return null;
  const subjects = drugSubjects(context).filter(({ kind }) => kind === 'medication');
  if (subjects.length !== 1) return null;
  const places = placesOf(subjects[0]!, context).filter(
    (place) => !place.entity.flags.includes('neg') && doseOf(place, context) !== null,
  );
  const place = LOADING.test(text)
    ? places.find((one) => LOADING.test(around(one)))
    : HIGHEST.test(text)
      ? highest(places, context)
      : FIRST.test(text)
        ? places.find(({ entity }) => entity.action === 'start')
        : undefined;
  if (place === undefined) return null;
  return {
    claims: [quoteAround(place.unit, [place.entity, ...partsOf(place, context)])],
    finding: 'affirmed',
    rule: 'medication-dose',
    confidence: 0.75,
  };
}

function doseOf(place: DrugPlace, context: DraftContext): string | null {
  const dose = partsOf(place, context).find(({ label }) => label === 'Dose');
  return dose === undefined ? null : place.unit.note.note.text.slice(dose.start, dose.end);
}

function around({ unit, entity }: DrugPlace): string {
  return unit.note.note.text.slice(Math.max(unit.start, entity.start - 30), Math.min(unit.end, entity.end + 40));
}

/** The mention with the largest number of one unit; none where the units differ. */
function highest(places: readonly DrugPlace[], context: DraftContext): DrugPlace | undefined {
  const read = places.flatMap((place) => {
    const match = /^(\d[\d.,]*)\s*(\p{L}+)/u.exec(doseOf(place, context) ?? '');
    return match === null
      ? []
      : [{ place, amount: Number(match[1]!.replace(/,/g, '')), unit: match[2]!.toLowerCase() }];
  });
  if (new Set(read.map(({ unit }) => unit)).size !== 1) return undefined;
  return read.reduce((a, b) => (b.amount > a.amount ? b : a)).place;
}
