import { draftAnswer } from './choose.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';
import { wordCount } from './wording.ts';

const CLAIMS = 5;
const WORDS = 60;

/** Questions of one text answered each by its own draft, and the parts that nothing in the chart answers. */
export interface SeveralDrafts {
  readonly draft: Draft | null;
  readonly unanswered: readonly string[];
}

/** Answers each question of a text: the leading claim of every part first, then what there is room for. */
export function draftSeveral(contexts: readonly DraftContext[]): SeveralDrafts {
  const drafts = contexts.map(draftAnswer);
  const unanswered = contexts.filter((_, i) => drafts[i] === null).map(({ question }) => question.text);
  const found = drafts.filter((draft): draft is Draft => draft !== null);
  const [first] = found;
  if (first === undefined) return { draft: null, unanswered };
  const leads = found.map(({ claims }) => claims[0]!).slice(0, CLAIMS);
  let words = leads.reduce((sum, { text }) => sum + wordCount(text), 0);
  const claims: DraftClaim[] = [...leads];
  for (const claim of found.flatMap((draft) => draft.claims.slice(1))) {
    words += wordCount(claim.text);
    if (claims.length === CLAIMS || words > WORDS) break;
    claims.push(claim);
  }
  const findings = new Set(found.map(({ finding }) => finding));
  return {
    draft: {
      claims,
      finding: findings.size === 1 ? first.finding : findings.has('conflicting') ? 'conflicting' : 'affirmed',
      rule: `several: ${found.map(({ rule }) => rule).join(', ')}`,
      confidence: Math.min(...found.map(({ confidence }) => confidence)),
    },
    unanswered,
  };
}
