import type { TextRange } from '../../domain/span.ts';

/** Words that end the reach of a negation. */
const ENDS = /[.;:!?]|\b(?:but|however|although|though|except|besides|with|shows?|has|have|positive)\b/i;
/** A negation in front: "no evidence of", "negative for", "denies any". Not "no change in", "no new", "no longer". */
const BEFORE =
  /\b(?:no(?! (?:other|further) evidence)|denies|denied|denying|negative for|neg for|without|neither|nor|never (?:had|needed|required|used|took|on)|free of|absence of|not have|no (?:other |further |definite |clear |convincing )?evidence of)\b(?!\s+(?:change|changes|increase|worsening|new|further|longer|other|improvement|interval|doubt|later|more|prior)\b)(?:[^.;]{0,48})$/i;
/** A denial behind: "not identified", "was ruled out", "negative". */
const AFTER =
  /^[\s:)-]{0,3}(?:(?!(?:and|or|with|but)\b)\w+[\s-]+){0,2}?(?:(?:was|were|is|are|has been|have been|came back|all)\s+)?(?:not (?:seen|identified|detected|present|found|noted|evident|demonstrated|visuali[sz]ed|supported|likely)|negative\b|neg\b|ruled out|excluded|absent\b|none\b)/i;
const NOT_DONE =
  /^[\s:,)-]{0,3}(?:(?:was|were|is|are|has been)\s+)?(?:not (?:done|performed|obtained|sent|needed|required|indicated|given|attempted|taken)|never (?:required|needed|done|given|sent|performed)|deferred|declined|refused|considered but not)\b/i;
const DID_NOT =
  /\b(?:did not|didn't|does not|never|not)\s+(?:need|require|get|have|undergo|receive|wear)\w*\s+(?:\w+\s+){0,2}$/i;
/** "Cannot be ruled out", "not excluded" leave it open. */
const OPEN =
  /\b(?:cannot|can't|can not|could not|couldn't|not (?:be )?(?:fully |entirely )?(?:ruled out|excluded?)|pending|suspected|possible|rule out|r\/o|if\b)/i;

/**
 * What the words around a place say of it: denied, a study or treatment that was not done, or null where they say neither
 * or leave it open. Looks no further than the clause and the sentence.
 */
export function denialAround(text: string, { start, end }: TextRange, unit: TextRange): 'denied' | 'not-done' | null {
  const before = lastClause(text.slice(unit.start, start));
  const after = text.slice(end, Math.min(unit.end, end + 48));
  const clause = /^[^.;]*/.exec(text.slice(end, unit.end))![0];
  if (OPEN.test(`${before} ${clause}`)) return null;
  if (NOT_DONE.test(after) || DID_NOT.test(before)) return 'not-done';
  return BEFORE.test(before) || AFTER.test(after) ? 'denied' : null;
}

function lastClause(words: string): string {
  let rest = words;
  for (;;) {
    const match = ENDS.exec(rest);
    if (match === null) return rest;
    rest = rest.slice(match.index + match[0].length);
  }
}
