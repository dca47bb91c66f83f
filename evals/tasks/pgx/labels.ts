import type { GeneMatch } from '#pipelines/pgx/matcher/index.ts';
import type { ReportedFinding } from '#pipelines/pgx/reported/index.ts';
import type { GeneRules } from '#pipelines/pgx/rules.ts';

interface Called {
  readonly rules: GeneRules | undefined;
  readonly match: GeneMatch | undefined;
  readonly reported: readonly ReportedFinding[];
}

/**
 * Writes our calls in the words of a test. Each call has several spellings there (`a/b`, `b/a`, `b (heterozygous)` beside a
 * reference allele); the one that the test uses is taken, so that equal lists mean equal calls.
 *
 * @param which - `first`: the best call only.
 */
export function sayLabels(
  labels: readonly string[],
  view: Called | undefined,
  which: 'all' | 'first' = 'all',
): readonly string[] {
  const spellings = spellingsOf(view);
  const chosen = which === 'first' ? spellings.slice(0, 1) : spellings;
  return chosen.map((names) => names.find((name) => labels.includes(name)) ?? names[0] ?? '').sort();
}

function spellingsOf(view: Called | undefined): readonly (readonly string[])[] {
  if (view === undefined) return [];
  const reference = view.rules?.reference ?? null;
  if (view.reported.length > 0) return view.reported.map((finding) => spellPair(finding.alleles ?? [], reference));
  const { match } = view;
  if (match === undefined) return [];
  if (match.components.length === 0) {
    const pairs = match.diplotypes.length > 0 ? match.diplotypes : match.lookup;
    return pairs.map((pair) => spellPair(pair, reference));
  }
  return [...new Set(match.components)].map((name) => {
    const twice = match.components.filter((other) => other === name).length > 1;
    return [twice ? `${name} (homozygous)` : name];
  });
}

function spellPair(pair: readonly string[], reference: string | null): readonly string[] {
  const [a = '', b] = pair;
  if (b === undefined) return [a];
  const spellings = [`${a}/${b}`, `${b}/${a}`];
  if (a === b) spellings.push(`${a} (homozygous)`);
  else if (a === reference) spellings.push(`${b} (heterozygous)`);
  else if (b === reference) spellings.push(`${a} (heterozygous)`);
  if (reference !== null && pair.includes(reference)) {
    const plain = pair.map((name) => (name === reference ? 'Reference' : name));
    spellings.push(plain.join('/'), [...plain].reverse().join('/'));
  }
  return spellings;
}
