import type { Unit } from '../../evidence/chart-index.ts';
import type { Draft, DraftClaim, DraftContext } from '../types.ts';
import { wordCount } from '../wording.ts';
import { leftOver, notesAsked, placeOf, spansOf, unitsOfNote } from './asked-parts.ts';
import { draftIndication } from './indication.ts';
import type { Quoted } from './quote-claims.ts';
import { quoteClaims, saysNone } from './quote-claims.ts';
import type { Topic } from './section-rules.ts';
import { OPERATION_WORDS, TOPICS } from './section-rules.ts';
import { WORDS } from '../limits.ts';

const BLOCKED = ['conflict', 'pgx', 'summary'] as const;
const EARLY = 14;

/**
 * Answers a question that names no concept ("dx?", "plan tomorrow", "home meds", "why's he here") from the section that
 * answers it in the last note that has one, else from sentences that say it in so many words.
 */
export function draftTopics(context: DraftContext): Draft | null {
  const { question } = context;
  if (BLOCKED.some((kind) => question.asked.has(kind))) return null;
  const asked = TOPICS.map((topic) => ({ topic, spans: askedIn(context, topic.asks) })).filter(
    ({ spans }) => spans.length > 0,
  );
  const rest = leftOver(
    context,
    asked.flatMap(({ spans }) => spans),
  );
  const claims: DraftClaim[] = [];
  const topics: Topic[] = [];
  for (const { topic } of asked) {
    if (!fits(topic, rest, context)) continue;
    const budget = WORDS - claims.reduce((sum, { text }) => sum + wordCount(text), 0);
    if (budget < 12 || topics.length === 2) break;
    const found = claimsOf(topic, context);
    const added = found.filter(
      ({ citations: [place] }) => !claims.some((claim) => sameQuote(claim, place.quote ?? '')),
    );
    const kept = within(added, budget, 5 - claims.length);
    if (kept.length === 0) continue;
    claims.push(...kept);
    topics.push(topic);
  }
  if (claims.length === 0) return null;
  if (topics.some(({ topic }) => topic === 'operation-done') && question.asked.has('why')) {
    const budget = WORDS - claims.reduce((sum, { text }) => sum + wordCount(text), 0);
    claims.push(...within(draftIndication(context)?.claims ?? [], budget, 5 - claims.length));
  }
  return {
    claims,
    finding: saysNone(claims) ? 'denied' : 'affirmed',
    // Where the question also names an operation, more of it may be asked: the best sentences are added.
    rule: `${rest.length === 0 ? 'section' : 'topic'}-${topics[0]!.topic}`,
    confidence: 0.7,
  };
}

/** Where a question asks for a topic; as it was typed where repair of its spelling took the words away ("dc'd"). */
function askedIn({ question }: DraftContext, asks: RegExp): ReturnType<typeof spansOf> {
  const spans = spansOf(question.corrected, asks);
  return spans.length > 0 || question.subjects.length > 0 ? spans : spansOf(question.text, asks);
}

function sameQuote(claim: DraftClaim, quote: string): boolean {
  return claim.citations.some((place) => place.quote === quote);
}

function within(claims: readonly DraftClaim[], budget: number, most: number): DraftClaim[] {
  let words = 0;
  return claims.slice(0, most).filter(({ text }) => {
    words += wordCount(text);
    return words <= budget;
  });
}

/** A question with a subject of its own is about that subject, unless it is the operation that a note describes. */
function fits(topic: Topic, rest: ReturnType<typeof leftOver>, context: DraftContext): boolean {
  if (topic.unlessKnown === 'allergies') {
    const { allergies, allergyStatementEvidence } = context.chart;
    if (allergies.length > 0 || allergyStatementEvidence.length > 0) return false;
  }
  if (topic.unlessKnown === 'subject' && context.hits.some(({ matches }) => matches.length > 0)) return false;
  if (context.question.asked.has('trend') && !topic.ofTrend) return false;
  const foreign = rest.filter(({ words }) => !(topic.aboutOperation && OPERATION_WORDS.test(words)));
  if (foreign.length === 0) return true;
  if (!topic.aboutOperation || foreign.some(({ kind }) => kind === 'medication' || kind === 'class')) return false;
  const notes = new Set(notesAsked(context));
  return foreign.every((subject) =>
    [...context.hits, ...context.contextHits].some(
      (hit) => hit.subject === subject && hit.matches.some(({ unit }) => notes.has(unit.noteIndex)),
    ),
  );
}

function claimsOf(topic: Topic, context: DraftContext): DraftClaim[] {
  const notes = topic.onlyOneNote ? notesAsked(context).slice(0, 1) : notesAsked(context);
  for (const section of topic.sections) {
    for (const note of notes) {
      const inside = unitsOfNote(context, note).filter((unit) => section.test(placeOf(unit)));
      const claims = quoteClaims(inSection(topic, inside, context), topic.most, topic.family);
      if (claims.length > 0) return claims;
    }
  }
  for (const sentence of topic.sentences) {
    for (const note of notes) {
      const claims = quoteClaims(bySentence(topic, sentence, note, context), topic.most, topic.family);
      if (claims.length > 0) return claims;
    }
  }
  return topic.orFirstOf === null ? [] : firstOf(topic, topic.orFirstOf, notes, context);
}

function firstOf(topic: Topic, section: RegExp, notes: readonly number[], context: DraftContext): DraftClaim[] {
  for (const note of notes) {
    const unit = unitsOfNote(context, note).find((candidate) => section.test(placeOf(candidate)));
    if (unit !== undefined) return quoteClaims([{ unit }], 1, topic.family);
  }
  return [];
}

/** What a section says on a topic, in its order, what is preferred first. */
function inSection(topic: Topic, inside: readonly Unit[], context: DraftContext): Quoted[] {
  let kept = inside.filter((unit) => hasContent(unit) && (topic.needs === null || topic.needs.test(unit.text)));
  const list = topic.headed && kept.every(({ words }) => words.length <= 12);
  if (topic.holds.length > 0 && !list) {
    const holding = kept.filter((unit) => holds(unit, topic.holds));
    if (holding.length > 0) kept = holding;
  }
  if (topic.holdsOrNone.length > 0) {
    const holding = kept.filter((unit) => holds(unit, topic.holdsOrNone) || /\b(none|nil|no)\b/i.test(unit.text));
    kept = holding;
  }
  if (topic.headed) kept = headedFirst(kept);
  if (topic.tomorrow && /\b(tomorrow|am|next day)\b/i.test(context.question.corrected)) {
    const next = kept.filter(({ text }) => /\b(tomorrow|in the (morning|am)|next day|overnight)\b/i.test(text));
    if (next.length > 0) return next.map((unit) => quotedAt(unit, /\b(tomorrow|morning|next day|overnight)\b/i));
  }
  const prefer = topic.prefer;
  if (prefer === null) return kept.map((unit) => ({ unit }));
  return [...kept.filter(({ text }) => prefer.test(text)), ...kept.filter(({ text }) => !prefer.test(text))].map(
    (unit) => ({ unit }),
  );
}

/** Short lines that name a problem come first: the headings of a list of problems. */
function headedFirst(units: readonly Unit[]): Unit[] {
  const heads = units.filter(
    ({ words, text }) =>
      words.length <= 12 && !/^\s*[-•*]/.test(text) && !/\b(will|continue|return|follow)\b/i.test(text),
  );
  return [...heads, ...units.filter((unit) => !heads.includes(unit))];
}

function hasContent({ text, title }: Unit): boolean {
  const body = text.toLowerCase().startsWith(title) ? text.slice(title.length) : text;
  return /[\p{L}\p{N}]/u.test(body) && !/^[\s:]*(minutes?|ml|cc|mmhg|hours?|mg)\W*$/i.test(body);
}

function holds(unit: Unit, labels: readonly string[]): boolean {
  return unit.entities.some(({ label, flags }) => labels.includes(label) && !flags.includes('neg'));
}

function quotedAt(unit: Unit, pattern: RegExp): Quoted {
  const match = new RegExp(pattern.source, 'i').exec(unit.text);
  if (match === null) return { unit };
  const start = unit.start + match.index;
  return { unit, focus: [{ start, end: start + match[0].length }] };
}

/** Sentences of a note that say it in so many words. */
function bySentence(topic: Topic, sentence: RegExp, note: number, context: DraftContext): Quoted[] {
  const units = unitsOfNote(context, note);
  const scope = topic.earlyOnly ? units.slice(0, EARLY) : units;
  const found = scope.filter(
    (unit) =>
      sentence.test(unit.text) &&
      (topic.within === null || topic.within.test(placeOf(unit))) &&
      (topic.avoid === null || !topic.avoid.test(unit.text)) &&
      (topic.needs === null || topic.needs.test(unit.text)) &&
      (topic.holds.length === 0 || holds(unit, topic.holds)),
  );
  return (topic.last ? found.toReversed() : found).map((unit) => quotedAt(unit, sentence));
}
