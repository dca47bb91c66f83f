import type { Unit } from '../evidence/chart-index.ts';
import type { Subject } from '../question/types.ts';
import { houseDate } from '../text/dates.ts';
import type { DrugPlace } from './medication-places.ts';
import { drugSubjects, drugsIn, nextUnit, placesOf } from './medication-places.ts';
import type { Draft, DraftContext } from './types.ts';
import { inline, quoteUnit } from './wording.ts';

/** Asks whether a drug was taken, used or did anything. */
const ASKS =
  /\b(?:ever|actually|really|us(?:e|ed|ing)|take|took|taken|taking|tak\w+ up|fill\w*|collect\w*|start\w*|given|had|have|help\w*|work\w*|fail\w*|tr(?:y|ied)|do anything|did anything|on)\b/i;
const NEVER =
  /\b(?:never (?:\w+ )?(?:filled|picked|collected|took|taken|started|used|had|received|got|swallowed|on (?:it|this|any))|(?:did not|didn't|not|wasn't|was not) (?:\w+ )?(?:fill(?:ed)?|pick(?:ed)? up|collect(?:ed)?|start(?:ed)? (?:it|this)|dispensed)|no doses? (?:was |were )?(?:given|taken))\b/i;
const REFUSED = /^[^.;]{0,40}\b(?:declin\w+|refus\w+)\b|\b(?:declin|refus)\w+ (?:\w+ ){0,3}$/i;
const TAKEN: ReadonlySet<string> = new Set(['start', 'resume', 'continue', 'increase', 'decrease']);

/** "Did she ever use it?" of a drug that the notes say was never filled, taken or was declined: no, in their words. */
export function draftNeverTaken(context: DraftContext): Draft | null {
  const { question } = context;
  if (!question.yesNo || !ASKS.test(question.corrected)) return null;
  if ((['why', 'family', 'allergy', 'pgx', 'conflict'] as const).some((kind) => question.asked.has(kind))) return null;
  const subjects = drugSubjects(context);
  if (subjects.length !== 1) return null;
  const places = placesOf(subjects[0]!, context);
  const told = places.findLast((place) => denialAt(place, context) !== null);
  if (told === undefined || takenSince(places, told) || (isOfMany(subjects[0]!) && wasTaken(places))) return null;
  const unit = denialAt(told, context)!;
  const own = quoteUnit(unit, [], 22);
  const named = unit === told.unit ? null : quoteUnit(told.unit, [told.entity], 18);
  return {
    claims: [
      {
        text: inline(
          `No (${houseDate(unit.date)}): ${named === null ? '' : `"${named.text}" `}"${own.text.replace(/\.$/, '')}".`,
        ),
        citations: named === null ? [own.citation] : [own.citation, named.citation],
        polarity: 'quoted',
      },
    ],
    finding: 'denied',
    rule: 'medication-not-taken',
    confidence: 0.8,
  };
}

/** The unit that says that a drug was not taken: its own, or the one behind it that goes on about it. */
function denialAt({ unit, entity }: DrugPlace, context: DraftContext): Unit | null {
  const text = unit.note.note.text;
  const others = drugsIn(unit).filter((other) => other !== entity && other.start > entity.end);
  const after = text.slice(entity.end, Math.min(unit.end, others[0]?.start ?? unit.end));
  const before = text.slice(Math.max(unit.start, entity.start - 30), entity.start);
  if (
    NEVER.test(after) ||
    (/\bnever (?:\w+ ){0,2}$|\bnever (?:taken|filled|used|started|given)\W*$/i.test(before) && !RULE.test(after)) ||
    REFUSED.test(after) ||
    REFUSED.test(before)
  )
    return unit;
  const next = nextUnit(unit, context);
  const goesOn = next !== null && /^\W*(?:he|she|they|pt|patient|it|this)\b/i.test(next.text) && others.length === 0;
  return goesOn && NEVER.test(next.text) && drugsIn(next).length === 0 ? next : null;
}

/** "Never ACEi without calling": a rule for days to come, and no history. */
const RULE = /^[^.;]{0,40}\b(?:w\/o(?:ut)?|without|unless|until|again|together|with|before|in future|because|if)\b/i;

function isOfMany({ kind }: Subject): boolean {
  return kind === 'class';
}

/** Of a class: some member of it was taken at some time. */
function wasTaken(places: readonly DrugPlace[]): boolean {
  return places.some(
    ({ entity }) =>
      entity.action !== null && (TAKEN.has(entity.action) || entity.action === 'stop') && !entity.flags.includes('hyp'),
  );
}

/** A later note lists, starts or changes it: then it was taken in the end. */
function takenSince(places: readonly DrugPlace[], told: DrugPlace): boolean {
  return places.some(
    ({ unit, entity }) =>
      unit.noteIndex > told.unit.noteIndex &&
      entity.action !== null &&
      TAKEN.has(entity.action) &&
      !entity.flags.includes('hyp'),
  );
}
