import type { Entity } from '#pipelines/domain/entity.ts';
import type { NoteView } from './note-view.ts';

/** "8/2 mg", "50/300": one strength for each part, as only a combination has. */
const PAIRED_DOSE = /^[ \t]*(?:\(|,)?[ \t]*\d[\d.,]*[ \t]?(?:mg|mcg|g)?\/\d/i;

/**
 * Drugs of a note in order, the parts of a combination that the extractor cut in two ("sacubitril/" and "valsartan") as one
 * mention. Drugs that a stroke only lists side by side ("codeine/tramadol") stay two.
 */
export function wholeDrugs(view: NoteView, drugs: readonly Entity[]): Entity[] {
  const whole: Entity[] = [];
  for (const found of drugs) {
    const drug = withoutStrength(view, found);
    const last = whole.at(-1);
    if (last !== undefined && isCut(view, last, drug)) whole[whole.length - 1] = joined(last, drug);
    else whole.push(drug);
  }
  return whole;
}

/** "Tresiba U-" of "Tresiba U-100": the strength is no part of the name. */
function withoutStrength(view: NoteView, drug: Entity): Entity {
  const tail = /[\s,]+U-?$/.exec(view.words(drug));
  return tail === null ? drug : { ...drug, end: drug.end - tail[0].length };
}

function isCut(view: NoteView, first: Entity, second: Entity): boolean {
  const gap = view.text.slice(first.end, second.start);
  if (gap === '') return /[/-]$/.test(view.words(first)) || /^[/-]/.test(view.words(second));
  if (gap === '-') return true;
  return gap === '/' && PAIRED_DOSE.test(view.text.slice(second.end, second.end + 20));
}

/** The second part keeps its links, since dose and frequency follow it; what either part says of the action holds for both. */
function joined(first: Entity, second: Entity): Entity {
  return {
    ...second,
    start: first.start,
    action: second.action ?? first.action,
    flags: [...new Set([...first.flags, ...second.flags])],
  };
}
