import type { Entity } from '#pipelines/domain/entity.ts';
import type { NoteCitation } from '#pipelines/domain/evidence.ts';
import { WORDS, alternatives } from '../words.ts';
import type { NoteView } from './note-view.ts';

const ARTICLE = '(?:[ \\t]+(?:the|her|his|your|taking|starting|a|an|oral|iv|po|high-dose|low-dose|home))*';
const CAUSED_BY = new RegExp(`(?<!\\p{L})(?:${alternatives(WORDS.medication.causedBy)})${ARTICLE}[ \\t]*$`, 'iu');
const ON = /(?<!\p{L})(?:on|with)(?:[ \t]+(?:the|her|his))?[ \t]*$/iu;
const DEVELOPED = new RegExp(
  `(?<!\\p{L})(?:${alternatives(WORDS.medication.developedOn)})(?!\\p{L})[^.;]{0,40}$`,
  'iu',
);
const CAUSES = new RegExp(
  `^[ \\t]*(?:has |had |have )?(?:${alternatives(WORDS.medication.causes)})(?:[ \\t]+(?:a|an|the|her|him|some|severe|mild))*[ \\t]*$`,
  'iu',
);

export interface Reaction {
  readonly words: string;
  readonly citation: NoteCitation;
}

/** What a medication caused: after the `by` relations, else after the words between the two. Denied effects are left out. */
export function reactionsOf(view: NoteView, drug: Entity): Reaction[] {
  const linked = view
    .dependents(drug.id, 'by')
    .filter((effect) => isReal(effect) && !isBoundToAnother(view, drug, effect));
  const effects = linked.length > 0 ? linked : besides(view, drug);
  return effects.map((effect) => ({ words: view.words(effect), citation: view.cite(effect) }));
}

/** In the bracket or behind the dash of another drug of the line: "codeine (vomiting), spironolactone (hyperkalemia)". */
function isBoundToAnother(view: NoteView, drug: Entity, effect: Entity): boolean {
  const line = view.lineAt(effect.start);
  const nearest = view
    .within({ start: line.start, end: effect.start })
    .filter(({ label }) => label === 'Medication')
    .at(-1);
  if (nearest === undefined || nearest.id === drug.id) return false;
  return /^\s*(?:\(|\[|[-–:=>]+\s)[^)\].;]{0,40}$|^[ \t]+$/.test(view.text.slice(nearest.end, effect.start));
}

/** "Cough from lisinopril", "developed rash on amoxicillin", "codeine caused vomiting". */
function besides(view: NoteView, drug: Entity): Entity[] {
  const sentence = view.sentenceAt(drug.start);
  const around = view.within(sentence).filter(({ label }) => label !== 'Time' && label !== 'BodySite');
  const index = around.findIndex(({ id }) => id === drug.id);
  const [before, after] = [around[index - 1], around[index + 1]];
  if (before !== undefined && isEffect(before)) {
    const gap = view.text.slice(before.end, drug.start);
    const lead = view.text.slice(sentence.start, before.start);
    if (gap.length < 40 && (CAUSED_BY.test(gap) || (ON.test(gap) && gap.trim().length < 10 && DEVELOPED.test(lead))))
      return [before];
  }
  if (after !== undefined && isEffect(after) && CAUSES.test(view.text.slice(drug.end, after.start))) return [after];
  return [];
}

function isEffect(entity: Entity): boolean {
  return (entity.label === 'Finding' || entity.label === 'Condition') && isReal(entity);
}

function isReal({ flags }: Entity): boolean {
  return !flags.includes('neg') && !flags.includes('hyp') && !flags.includes('fam');
}
