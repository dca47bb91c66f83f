import { courseOf } from './summary-course.ts';
import { overview } from './summary-overview.ts';
import { isAudience, topicOf } from './summary-topic.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';

/** A summary in at most five claims: of the topic that is named, along the notes, or who the patient is, what was found, done and given. */
export function draftSummary(context: DraftContext): Draft | null {
  const { question } = context;
  if (!question.asked.has('summary') && !(question.asked.has('summaryCourse') && question.subjects.length === 0))
    return null;
  if (isOthers(context)) return null;
  const topic = topicOf(context);
  // Of something that the chart does not name there is nothing to sum up, least of all the rest of the chart.
  if (
    topic === null &&
    context.hits.some(
      ({ clinical, matches, subject }) =>
        clinical && subject.kind !== 'term' && matches.length === 0 && !isAudience(subject, question.corrected),
    )
  )
    return null;
  const course = topic === null ? [] : courseOf(topic, context);
  const isPlain = context.hits.every(({ subject }) => subject.kind === 'term');
  const claims = course.length > 0 || !(topic === null || isPlain) ? course : wholeOf(context);
  return claims.length === 0 ? null : { claims, finding: 'affirmed', rule: 'summary', confidence: 0.6 };
}

/** Relatives, and how results went, have drafters of their own. */
function isOthers({ question: { asked, subjects } }: DraftContext): boolean {
  const measured = subjects.filter(({ kind }) => kind === 'test' || kind === 'panel');
  return asked.has('family') || (asked.has('trend') && measured.length > 0 && measured.length === subjects.length);
}

/** The patient as a whole: an overview, or where the notes have no sections for one, the sentences that tell most. */
function wholeOf(context: DraftContext): DraftClaim[] {
  const claims = overview(context);
  if (claims.some(({ text }) => text.includes('"'))) return claims;
  const all = topicOf(context, true);
  const told = all === null ? [] : courseOf(all, context);
  return told.length > 0 ? told : claims;
}
