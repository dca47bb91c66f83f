import type { DraftedClaim, NumberedEvidence } from '#pipelines/contracts/claim-drafter.ts';

/** Text that may leave the machine, and the way back for what comes in return. */
export interface Deidentified {
  readonly question: string;
  readonly evidence: readonly NumberedEvidence[];
  /** Puts the patient's own words back where a claim uses a placeholder. */
  restore(claims: readonly DraftedClaim[]): readonly DraftedClaim[];
}

const PATTERNS: readonly { readonly kind: string; readonly pattern: RegExp }[] = [
  { kind: 'EMAIL', pattern: /\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b/g },
  { kind: 'URL', pattern: /\bhttps?:\/\/\S+/g },
  { kind: 'SSN', pattern: /\b\d{3}-\d{2}-\d{4}\b/g },
  {
    kind: 'PHONE',
    pattern: /(?<![\d.])(?:\+?\d{1,3}[ .-]?)?(?:\(\d{2,4}\)[ .-]?|\d{2,4}[ .-])\d{3,4}[ .-]\d{3,4}(?![\d.])/g,
  },
  {
    kind: 'ID',
    pattern:
      /\b(?:MRN|NHS(?: number)?|hospital (?:no|number)|account|record|chart|acct)[ .:#]*[A-Z]{0,3}\d[\d -]{3,}\d\b/gi,
  },
  {
    kind: 'NAME',
    pattern: /\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Nurse|Sister)\.? [A-Z][\p{L}'’-]+(?: [A-Z][\p{L}'’-]+)?/gu,
  },
  { kind: 'NAME', pattern: /(?<![\p{L}.])[A-Z]\. [A-Z][\p{L}'’-]{2,}(?=,? (?:MD|DO|RN|NP|PA|PharmD|FRCP)\b)/gu },
  { kind: 'AGE', pattern: /\b(?:9\d|1[01]\d)(?=[ -](?:year|yr|y\/?o))/gi },
  { kind: 'DATE', pattern: /\b(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2})\b/g },
  {
    kind: 'DATE',
    pattern:
      /\b(?:\d{1,2}(?:st|nd|rd|th)? )?(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?(?: \d{1,2}(?:st|nd|rd|th)?)?,? \d{4}\b/g,
  },
];

/**
 * Replaces what identifies a person by numbered placeholders (`[DATE-1]`), the same words by the same placeholder. Used
 * only where the language model's server is not on this machine. Rules, not a guarantee: names without a title that are
 * not given in `names` are missed, and the README says so.
 *
 * @param names - Names that are known to be in the chart, the patient's own first.
 */
export function deidentify(
  question: string,
  evidence: readonly NumberedEvidence[],
  names: readonly string[],
): Deidentified {
  const original = new Map<string, string>();
  const placeholder = new Map<string, string>();
  const counts = new Map<string, number>();
  const hide = (kind: string, words: string): string => {
    const known = placeholder.get(words);
    if (known !== undefined) return known;
    const number = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, number);
    const made = `[${kind}-${number}]`;
    placeholder.set(words, made);
    original.set(made, words);
    return made;
  };
  const rules = [...namePatterns(names), ...PATTERNS];
  const clean = (text: string): string =>
    rules.reduce((left, { kind, pattern }) => left.replace(pattern, (words) => hide(kind, words)), text);
  const restore = (text: string): string => text.replace(/\[[A-Z]+-\d+\]/g, (made) => original.get(made) ?? made);
  return {
    question: clean(question),
    evidence: evidence.map((item) => ({ ...item, source: clean(item.source), text: clean(item.text) })),
    restore: (claims) => claims.map((claim) => ({ ...claim, text: restore(claim.text) })),
  };
}

function namePatterns(names: readonly string[]): { kind: string; pattern: RegExp }[] {
  const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const parts = names.flatMap((name) => [name, ...name.split(/\s+/).filter((part) => part.length > 2)]);
  return [...new Set(parts)].map((part) => ({
    kind: 'NAME',
    pattern: new RegExp(`(?<![\\p{L}\\p{N}])${escape(part)}(?![\\p{L}\\p{N}])`, 'giu'),
  }));
}
