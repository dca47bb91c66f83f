import type { Citation, RuleCitation } from '#server/contract/index.ts';
import { ruleKey } from '../convert/citations.ts';

const known = new Map<string, RuleCitation>();

/** Remembers the rules that answers and reports cite, so that an address with only their name can show them. */
export function rememberRules(citations: readonly Citation[]): void {
  for (const citation of citations) if (citation.kind === 'rule') known.set(ruleKey(citation), citation);
}

export function ruleByKey(key: string): RuleCitation | undefined {
  return known.get(key);
}
