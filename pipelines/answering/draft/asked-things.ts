import type { SubjectHits } from '../evidence/rank-units.ts';
import type { DraftContext } from './types.ts';

/** Words of a study or of looking at the patient: where a finding was seen, not what is asked about. */
const SOURCE =
  /\b(?:exam(?:ination)?|scan|films?|x-?rays?|xr|cxr|ct|cta|ctpa|mri|mra|mr|pet|echo|tte|tee|ultrasound|us|doppler|imaging|mammo(?:gram)?|laparoscopy|endoscopy|egd|ogd|colonoscopy|camera test|scope|bronch(?:oscopy)?|path(?:ology)?|histology|biopsy|frozen section|smear|culture|swab|bloods?|labs?|tests?|testing|screen(?:ing)?|trace|eeg|ecg|ekg|emg|psg|sleep study|angiogra(?:m|phy)|cath|surgery|op|operation|theatre|notes?|letter|report|ros)\b/i;
/** What follows a study whose finding is asked about: "did the camera test *show* a polyp?". */
const SHOWS = /^\W+(?:\w+\s+)?(?:show|find|reveal|demonstrate|suggest|confirm|identify|pick up|see|detect)\w*\b/i;
const PREPOSITION =
  /\b(?:on|at|in|by|from|during|under|via|per|to)\s+(?:(?:the|a|an|his|her|their|this|that|last|latest|first|initial|recent|repeat|admission|follow-?up)\s+)*(?:\w+\s+)?$/i;

/**
 * The things that a yes-or-no question asks about: without words that stand nowhere and name nothing clinical, and without
 * the study that shows them where it only places them ("a fracture *on the film*").
 */
export function askedHits({ hits, question }: DraftContext): SubjectHits[] {
  const text = question.corrected;
  const meant = hits.filter(({ clinical, matches }) => clinical || matches.length > 0);
  const things = meant.filter(
    ({ subject }) =>
      !SOURCE.test(subject.words) ||
      !(PREPOSITION.test(text.slice(0, subject.start)) || SHOWS.test(text.slice(subject.end))),
  );
  const kept = withoutPlaces(things.length > 0 ? things : meant, text);
  return kept.some(({ matches }) => matches.length > 0) ? aboutKind(kept, text) : [];
}

const PLACE = /\b(?:in|of|on|over|around|near|at|inside|from)\s+(?:(?:the|his|her|their|a|an|both|either)\s+)*$/i;

/** Words that say little without their place: "disease in the right coronary" is not disease of the liver. */
const NEEDS_PLACE =
  /^(?:\w+ )?(?:diseased?|lesions?|problems?|abnormalit\w+|patholog\w+|changes?|mass(?:es)?|lumps?|growths?|pain|swelling|tender\w*|weak\w*|infection|damaged?|fractures?|tears?|injur\w+|bleed\w*|narrowing|stenosis)$/i;

/** "Any clot *in the heart*?": a place that no sentence names together with the thing does not keep the thing from being found. */
function withoutPlaces(hits: readonly SubjectHits[], text: string): readonly SubjectHits[] {
  const places = hits.filter(({ subject }) => subject.kind === 'term' && PLACE.test(text.slice(0, subject.start)));
  const things = hits.filter((hit) => !places.includes(hit));
  if (places.length === 0 || things.every(({ subject }) => NEEDS_PLACE.test(subject.words))) return hits;
  const together = things[0]!.matches.some(({ unit }) => places.some(({ byUnit }) => byUnit.has(unit.index)));
  return together ? hits : things;
}

const KIND_OF =
  /\b(?:cancer(?:ous)?|malignan\w+|benign|carcinoma|mets?|metasta\w+)\W*$|\b(?:is|was|are|were)\b.{3,60}\b(?:cancer(?:ous)?|malignan\w+|benign|mets?)\b/i;

/** "Was that lung nodule cancer?" asks whether it is cancer; the nodule says only which notes speak of it. */
function aboutKind(hits: readonly SubjectHits[], text: string): SubjectHits[] {
  const last = hits.at(-1)!;
  if (hits.length < 2 || !KIND_OF.test(text) || !KIND_OF.test(`is the thing ${last.subject.words}`)) return [...hits];
  const notes = new Set(hits.slice(0, -1).flatMap(({ matches }) => matches.map(({ unit }) => unit.noteIndex)));
  const matches = last.matches.filter(({ unit }) => notes.has(unit.noteIndex));
  if (matches.length === 0) return [...hits];
  return [{ ...last, matches, byUnit: new Map(matches.map((match) => [match.unit.index, match])) }];
}

const EITHER = /^\s*(?:,|\/|,?\s*(?:and\/or|or|nor)\b|\s*\/\s*)\s*(?:any |raised |active |new )?$/i;

/** Things set beside each other with "or", "/" or a comma: each is asked about by itself. Empty where there are none. */
export function alternativesOf(hits: readonly SubjectHits[], { question }: DraftContext): SubjectHits[] {
  const text = question.corrected;
  const asked = hits.filter(({ subject }) => subject.kind === 'condition' || subject.kind === 'term');
  const joined = new Set<SubjectHits>();
  for (const [i, hit] of asked.entries()) {
    const next = asked[i + 1];
    if (next === undefined || !EITHER.test(text.slice(hit.subject.end, next.subject.start))) continue;
    joined.add(hit);
    joined.add(next);
  }
  // A comma alone parts phrases too ("the ulcer, was it infected"): one "or" or slash has to stand somewhere.
  return /\bor\b|\/|\bnor\b/i.test(text) ? [...joined] : [];
}
