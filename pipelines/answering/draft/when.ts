import { eventsIn } from '../evidence/by-note.ts';
import type { NoteCitation } from '../../domain/evidence.ts';
import type { When } from '../../domain/timeline.ts';
import { datesIn, houseDate } from '../text/dates.ts';
import type { RankedUnit } from '../evidence/rank-units.ts';
import { matchedEntities } from '../evidence/rank-units.ts';
import { chooseUnits, quoteClaim } from './extract.ts';
import { medicationsFor, unique, whenText } from './medications.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';
import { isSure, judgedDraft } from './judgement.ts';
import { draftAge } from './when-age.ts';
import { datedFirst } from './when-dated.ts';
import { draftEnds } from './when-ends.ts';
import { draftNext } from './when-next.ts';
import { capital, wordCount } from './wording.ts';
import { WORDS } from './limits.ts';

/**
 * When something happened, began, ended, was first or last, or is due: the chart's dated facts, then dated sentences. How
 * old the patient was then.
 */
export function draftWhen(context: DraftContext): Draft | null {
  const { question } = context;
  if (question.asked.has('conflict')) return null;
  const age = draftAge(context);
  if (age !== null) return age;
  if (!question.asked.has('when') && !(question.asked.has('first') && /\bwhen\b|date|year/i.test(question.corrected)))
    return null;
  return draftNext(context) ?? medicationDate(context) ?? datedOrTold(context);
}

/** The dated sentence that the pair ranker stands by; else the first or last of the chart's own dates; else any dated sentence. */
function datedOrTold(context: DraftContext): Draft | null {
  const sentence = sentenceDate(context);
  if (sentence !== null && isSure(judgedDraft(sentence, context), context)) return sentence;
  return draftEnds(context) ?? sentence;
}

function medicationDate(context: DraftContext): Draft | null {
  const { question } = context;
  const verb = question.verb ?? (question.asked.has('first') || /\bsince\b/i.test(question.corrected) ? 'start' : null);
  if (verb === null || verb === 'change') return null;
  const facts = question.subjects
    .filter(({ kind }) => kind === 'medication' || kind === 'class')
    .flatMap((subject) => medicationsFor(context, subject));
  const claims: DraftClaim[] = [];
  const told: NoteCitation[] = [];
  for (const fact of facts.slice(0, 3)) {
    const actions = verb === 'start' ? ['start', 'resume'] : ['stop', 'hold'];
    const steps = fact.steps.filter(({ action }) => actions.includes(action));
    const step = verb === 'start' ? steps[0] : steps.at(-1);
    if (step === undefined) continue;
    const date = whenText(verb === 'start' ? (fact.start ?? step.when) : step.when) ?? houseDate(step.noteDate);
    const dose = verb === 'start' ? [step.dose, step.frequency].filter((part) => part !== null).join(' ') : '';
    told.push(step.evidence[0]);
    claims.push({
      text: `${capital(fact.display)}${dose === '' ? '' : ` ${dose}`} ${verb === 'start' ? 'started' : verb === 'hold' ? 'held' : 'stopped'} ${date}.`,
      citations: nonEmpty(unique(step.evidence)),
      polarity: 'quoted',
    });
  }
  if (claims.length === 0) return null;
  const quoted = [
    ...told.slice(0, 2).flatMap((place) => sentenceOf(place, context)),
    ...(sentenceDate(context)?.claims ?? []),
  ];
  return {
    claims: withRoom(claims.slice(0, 2), quoted),
    finding: 'affirmed',
    rule: 'medication-date',
    confidence: 0.8,
  };
}

/** Facts with the first of their sentences, and a second where there is room for it. */
function withRoom(claims: readonly DraftClaim[], quoted: readonly DraftClaim[]): DraftClaim[] {
  const kept = [...claims];
  for (const claim of quoted) {
    const isKnown = kept.some(({ text }) => text.endsWith(claim.text) || claim.text.endsWith(text));
    const words = [...kept, claim].reduce((sum, { text }) => sum + wordCount(text), 0);
    if (!isKnown && kept.length < 4 && words <= WORDS) kept.push(claim);
  }
  return kept;
}

/** The sentence that a step was read from, which may say more: the hour, the reason. */
function sentenceOf(place: NoteCitation, context: DraftContext): DraftClaim[] {
  const unit = context.index.unitOf(context.index.noteIndexOf.get(place.noteId) ?? -1, place.start);
  return unit === null ? [] : [quoteClaim({ unit }, context)];
}

function nonEmpty(places: readonly NoteCitation[]): [NoteCitation, ...NoteCitation[]] {
  const [first, ...rest] = places;
  return [first!, ...rest.slice(0, 2)];
}

/** The date of the best sentence: what the text says, else the day of its note. */
function sentenceDate(context: DraftContext): Draft | null {
  const { ranked, most } = datedFirst(context);
  const chosen = chooseUnits({ ...context, ranked }, most).filter(({ coverage }) => coverage >= 0.45);
  if (chosen.length === 0) return null;
  const claims = chosen.map((candidate) => {
    const date = eventDate(candidate, context);
    const claim = quoteClaim(candidate, context);
    return { ...claim, text: `${date === null ? '' : `${capital(date)}. `}${claim.text}` };
  });
  return { claims, finding: 'affirmed', rule: 'dated-sentence', confidence: 0.6 };
}

/** The date that the timeline gives the matched mentions, unless the sentence writes it out already. */
function eventDate({ unit }: RankedUnit, context: DraftContext): string | null {
  const ids = new Set(matchedEntities(unit, context.hits).map(({ id }) => id as string));
  const event = eventsIn(context.chart, unit.note.note.id).find(
    (candidate) => ids.has(candidate.entity) && candidate.when.anchor !== 'note-date',
  );
  const when: When | null = event?.when ?? null;
  if (when?.start == null) return null;
  const written = datesIn(unit.text).some((date) => date.year !== null);
  return written ? null : houseDate(when.start);
}
