import type { MedicationFact, MedicationStep } from '../../domain/chart.ts';
import type { NoteCitation } from '../../domain/evidence.ts';
import type { IsoDate } from '../../domain/ids.ts';
import { houseDate } from '../text/dates.ts';
import { inWindow, isDated } from '../question/time-window.ts';
import type { Subject } from '../question/types.ts';
import {
  currentEvidence,
  isClassWord,
  isMedication,
  lastStep,
  medicationsFor,
  unique,
  whenText,
} from './medications.ts';
import { deniedClass } from './medication-class-denied.ts';
import { purposesOf } from './medication-indication.ts';
import { toldRegimen } from './medication-regimen.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';
import type { QuotedUnit } from './wording.ts';
import { capital, quoteUnit, wordCount } from './wording.ts';

const WORDS = 55;

/** What the patient takes now of a drug or class, or that it was stopped and when. */
export function draftMedicationCurrent(context: DraftContext): Draft | null {
  const { question } = context;
  if (!asksCurrent(context)) return null;
  const named = question.subjects.filter(({ kind }) => kind === 'medication' || kind === 'class');
  const besides = named.filter(({ start }) => BESIDES.test(question.corrected.slice(0, start)));
  const subjects = named.filter((subject) => !besides.includes(subject));
  if (subjects.length === 0) return draftCurrentFor(context, besides);
  const denied = deniedClass(subjects, context);
  if (denied !== null) return denied;
  const other = question.subjects.find(({ kind }) => kind === 'condition' || kind === 'test');
  if (question.yesNo && other !== undefined && other.start < subjects[0]!.start) return null;
  // "Which antibiotic for the wound?" is of the wound's treatment, whatever antibiotic is taken now.
  if (other !== undefined && subjects.every(({ kind }) => kind === 'class')) return null;
  const facts = subjects.flatMap((subject) => factsOf(subject, context));
  const active = subjects
    .flatMap((subject) => activeOf(subject, context))
    .filter((fact) => !besides.some((subject) => isMedication(subject, fact)));
  // A dose that no note states is not documented, however well the drug is.
  if (question.asked.has('dose') && active.length > 0 && active.every(({ dose }) => dose === null)) return null;
  if (question.asked.has('frequency') && active.length > 0 && active.every(({ frequency }) => frequency === null))
    return null;
  if (active.length > 0) return currentDraft(context, active);
  const held = facts.filter((fact) => fact.status === 'on-hold');
  if (held.length > 0) return endedDraft(held, 'on hold', context);
  const stopped = byRecency(facts.filter((fact) => fact.status === 'stopped'));
  if (stopped.length > 0 && (question.yesNo || !question.asked.has('dose')))
    return endedDraft(stopped.slice(0, 2), 'stopped', context);
  return question.yesNo && !question.asked.has('dose') ? notTakenDraft(byRecency(facts), context) : null;
}

/** "What is she on for her mood?": what is taken now of the drugs for that purpose. */
function draftCurrentFor(context: DraftContext, besides: readonly Subject[]): Draft | null {
  const active = purposesOf(context)
    .flatMap((purpose) => activeOf(purpose, context))
    .filter((fact) => laterListWithout(fact, context) === null)
    .filter((fact) => !besides.some((subject) => isMedication(subject, fact)));
  if (active.length === 0) return null;
  const draft = currentDraft(context, active);
  const claims = draft.claims.map((claim, i) =>
    i === 0 ? { ...claim, text: claim.text.replace(/\.$/, ' (by drug class; no note says what for).') } : claim,
  );
  return { ...draft, claims, rule: 'medication-listed-for', confidence: 0.6 };
}

/** "Anything for her BP apart from the bisoprolol?" */
const BESIDES =
  /\b(?:apart from|besides|other than|except(?: for)?|aside from|in addition to|on top of|as well as) (?:the |her |his |their )?$/i;

function factsOf(subject: Subject, context: DraftContext): MedicationFact[] {
  return medicationsFor(context, subject).filter((fact) => !isClassWord(fact, context));
}

/** What is taken of a subject; of a class what the latest of the notes tells, since an older list is not the current one. */
function activeOf(subject: Subject, context: DraftContext): readonly MedicationFact[] {
  const active = byRecency(factsOf(subject, context)).filter(
    (fact) => fact.status === 'active' && !isEnding(fact, context),
  );
  return subject.kind === 'class' ? latestOnly(active) : active;
}

const NOT_TAKEN: Readonly<Partial<Record<MedicationFact['status'], string>>> = {
  considered: 'only considered or named',
  planned: 'planned, not stated as taken',
  historical: 'given in the past',
};

/** A drug that the notes only offer, plan or gave once: no current use, with the words that say so. */
function notTakenDraft(facts: readonly MedicationFact[], context: DraftContext): Draft | null {
  const fact = facts.find(({ status }) => NOT_TAKEN[status] !== undefined);
  if (fact === undefined) return null;
  const place = fact.evidence.reduce((a, b) => (dayOf(b, context) >= dayOf(a, context) ? b : a));
  const unit = context.index.unitOf(context.index.noteIndexOf.get(place.noteId) ?? 0, place.start);
  if (unit === null) return null;
  const quoted = quoteUnit(unit, [place], 24);
  return {
    claims: [
      {
        text: `No current use documented; ${NOT_TAKEN[fact.status]!} (${houseDate(unit.date)}): "${quoted.text}"`,
        citations: [quoted.citation],
        polarity: 'quoted',
      },
    ],
    finding: 'denied',
    rule: 'medication-not-taken',
    confidence: 0.7,
  };
}

function dayOf(place: NoteCitation, { index }: DraftContext): string {
  return index.units.length === 0 ? '' : (index.chart.notes[index.noteIndexOf.get(place.noteId) ?? 0]?.note.date ?? '');
}

const OTHER_DOSE =
  /\b(?:load\w*|initial\w*|starting|original\w*|maximum|max|top|target|previous|prior|former|old|usual|ordered|prescribed at|bolus|stat|induction|rechalleng\w*|retr(?:y|ied)|trial)\b|\b(?:was|were) (?:\w+ ){0,4}(?:ordered|given|used|started|tried|loaded|prescribed|recommended)\b/i;

/** "Any sign the steroid is stunting him?": of what a drug does, not of whether it is taken. */
const OF_EFFECT =
  /^\W*(?:any|is there|are there|was there)\s+(?:\w+ )?(?:signs?|evidence|hints?|concerns?|suggestion|proof|worry)\b|\b(?:is|are|was|were) (?!being\b|taking\b|using\b|having\b|getting\b|going\b|still\b)\w{3,}ing (?:him|her|them|the|his|it)\b/i;

function asksCurrent({ question, chart }: DraftContext): boolean {
  const { asked, window, verb, corrected } = question;
  if (
    ['why', 'family', 'adverse', 'allergy', 'trend', 'when', 'pgx', 'conflict', 'summary', 'duration', 'count'].some(
      (kind) => asked.has(kind as never),
    )
  )
    return false;
  const last = chart.notes.at(-1)?.note.date;
  // "After the January visit", where that is the last note, is now.
  if (isDated(window) && (last === undefined || !inWindow(window, last))) return false;
  if (window.places.some((place) => place !== 'clinic') || verb !== null) return false;
  if (
    /\b(ever|previous(ly)?|in the past|used to|was (he|she|it)|were|did|had been|before|has (he|she) (had|been)|given|got|took)\b/i.test(
      corrected,
    )
  )
    return false;
  if (question.yesNo && OF_EFFECT.test(corrected)) return false;
  // The first, loading or highest dose is none of the doses in force.
  if (asked.has('first') || asked.has('peak') || OTHER_DOSE.test(corrected)) return false;
  return (
    asked.has('latest') ||
    asked.has('dose') ||
    asked.has('frequency') ||
    asked.has('medication') ||
    question.yesNo ||
    question.followUp
  );
}

function byRecency(facts: readonly MedicationFact[]): MedicationFact[] {
  return [...facts].sort(
    (a, b) =>
      Number(b.dose !== null) - Number(a.dose !== null) ||
      (a.lastAsserted < b.lastAsserted ? 1 : a.lastAsserted > b.lastAsserted ? -1 : 0),
  );
}

/** Of several drugs the ones that the latest note with any of them names: an older list is not the current one. */
function latestOnly(facts: readonly MedicationFact[]): readonly MedicationFact[] {
  const told = ({ steps, lastAsserted }: MedicationFact): string => steps.at(-1)?.noteDate ?? lastAsserted;
  const last = facts.reduce((day, fact) => (told(fact) > day ? told(fact) : day), '');
  return facts.filter((fact) => told(fact) === last);
}

const ENDING =
  /\b(stopp?(?:ed|ing)?|discontinu\w*|d\/?c'?d|last dose|no longer|off|withdrawn|replaced|switched (?:from|off))\b/i;

/** Whether the last sentence that names the drug says beside it that it ended, although no step was read there. */
function isEnding(fact: MedicationFact, { index }: DraftContext): boolean {
  const place = fact.evidence.reduce((a, b) => (order(b.noteId, b.start) > order(a.noteId, a.start) ? b : a));
  function order(noteId: string, start: number): number {
    return (index.noteIndexOf.get(noteId) ?? 0) * 1e7 + start;
  }
  const unit = index.unitOf(index.noteIndexOf.get(place.noteId) ?? 0, place.start);
  if (unit === null) return false;
  const after = unit.note.note.text.slice(place.end, Math.min(unit.end, place.end + 30));
  const before = unit.note.note.text.slice(Math.max(unit.start, place.start - 24), place.start);
  return (
    (ENDING.test(after.split(/[;.]/)[0]!) ||
      /\b(stop(?:ped)?|discontinue[ds]?|off|no longer (?:on|taking))\s*(?:her |his |the )?$/i.test(before)) &&
    !/\b(not|never|don't|if|when|until)\b/i.test(`${before}${after}`)
  );
}

function currentDraft(context: DraftContext, active: readonly MedicationFact[]): Draft {
  const claims: DraftClaim[] = [];
  let words = 0;
  for (const [i, fact] of active.entries()) {
    const omitted = i === 0 ? laterListWithout(fact, context) : null;
    const yes = context.question.yesNo ? 'Yes: ' : '';
    const lead = i > 0 ? '' : omitted === null ? yes : `Not on the list of ${houseDate(omitted)}. Last mentioned: `;
    const tail = i === 0 ? asOfText(context, fact) : '';
    const changed = changedDose(fact);
    const told = changed === null ? toldRegimen(fact, context) : { text: changed, citation: null };
    const text = `${lead}${told.text}${tail}.`;
    words += wordCount(text);
    if (claims.length === 5 || words > WORDS) break;
    claims.push({ text, citations: evidenceOf(fact, told.citation), polarity: 'quoted', computed: ['as-of'] });
  }
  return { claims, finding: 'affirmed', rule: 'medication-current', confidence: 0.85 };
}

function evidenceOf(fact: MedicationFact, told: NoteCitation | null): [NoteCitation, ...NoteCitation[]] {
  const places = currentEvidence(fact);
  const [first, ...rest] = unique(told === null ? places : [told, ...places]);
  return [first!, ...rest.slice(0, 3)];
}

/** A dose that the last note changes: the new one leads, the old one follows. */
export function changedDose(fact: MedicationFact): string | null {
  const step = fact.steps.at(-1);
  if (step === undefined || (step.action !== 'increase' && step.action !== 'decrease')) return null;
  if (step.dose === null || step.dose === fact.dose || !/^\d/.test(step.dose)) return null;
  const before = [fact.dose, fact.frequency].filter((part) => part !== null).join(' ');
  const verb = step.action === 'increase' ? 'raised' : 'lowered';
  return `${capital(fact.display)} ${step.dose} (${verb} ${houseDate(step.noteDate)}${before === '' ? '' : `; before ${before}`})`;
}

/** From so many other drugs on, what a note says goes on is a list of them all. */
const LIST = 4;

/** The day of a later note that lists the other drugs and not this one; null where none does. */
function laterListWithout(fact: MedicationFact, { chart }: DraftContext): IsoDate | null {
  const later = chart.medications.flatMap(({ steps }) => [
    ...new Set(
      steps
        .filter(({ action, noteDate }) => action === 'continue' && noteDate > fact.lastAsserted)
        .map(({ noteDate }) => noteDate),
    ),
  ]);
  return (
    later
      .filter((day) => later.filter((other) => other === day).length >= LIST)
      .sort()
      .at(-1) ?? null
  );
}

/**
 * `, as of 24 Jan 2023, the last note`; with a day that was asked for, that day and the last note before it; the day of its
 * last mention where later notes say nothing of it.
 */
function asOfText({ chart }: DraftContext, { lastAsserted }: MedicationFact): string {
  if (chart.asOf === null) return '';
  const last = chart.notes.at(-1)?.note.date;
  if (last !== undefined && lastAsserted < last)
    return `, ${houseDate(lastAsserted)}, its last mention (last note ${houseDate(last)})`;
  return last === undefined || last === chart.asOf
    ? `, as of ${houseDate(chart.asOf)}, the last note`
    : `, as of ${houseDate(chart.asOf)} (last note ${houseDate(last)})`;
}

function endedDraft(facts: readonly MedicationFact[], word: 'stopped' | 'on hold', context: DraftContext): Draft {
  const claims = facts.map((fact): DraftClaim => {
    const step = lastStep(fact, word === 'stopped' ? ['stop'] : ['hold', 'stop']);
    const date =
      whenText(word === 'stopped' ? (fact.stop ?? step?.when ?? null) : (step?.when ?? null)) ??
      houseDate(fact.lastAsserted);
    const told = step === null ? null : quotedStep(step, context);
    const reason = step?.reason == null || told?.text.includes(step.reason) === true ? '' : ` (${step.reason})`;
    const [first, ...rest] = unique([
      ...(told === null ? [] : [told.citation]),
      ...(step?.evidence ?? []),
      ...(step?.reasonEvidence == null ? [] : [step.reasonEvidence]),
      ...fact.evidence,
    ]);
    const quote = told === null ? '' : `: "${told.text.replace(/\.$/, '')}"`;
    return {
      text: `No: ${capital(fact.display)} ${word === 'stopped' ? 'stopped' : 'on hold since'} ${date}${reason}${quote}.`,
      citations: [first!, ...rest.slice(0, 2)],
      polarity: 'quoted',
    };
  });
  return { claims, finding: 'denied', rule: 'medication-ended', confidence: 0.8 };
}

/** The words of the note that tell a step. */
function quotedStep({ evidence: [place] }: MedicationStep, { index }: DraftContext): QuotedUnit | null {
  const unit = index.unitOf(index.noteIndexOf.get(place.noteId) ?? 0, place.start);
  return unit === null ? null : quoteUnit(unit, [place], 18);
}
