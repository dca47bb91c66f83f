import type { Draft, DraftContext } from '../types.ts';
import { draftBeside } from './beside.ts';
import { draftIndication } from './indication.ts';
import { draftStudyResult } from './study-result.ts';
import { draftTopics } from './topics.ts';

export { lacksDetail } from './detail-guard.ts';

/** Answers out of the section, or the words beside a thing, that a question points at without naming a concept. */
export function draftSections(context: DraftContext): Draft | null {
  return draftTopics(context) ?? draftIndication(context) ?? draftBeside(context) ?? draftStudyResult(context);
}
