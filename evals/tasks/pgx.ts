import { join } from 'node:path';
import { loadPgxRules } from '#pipelines/engines/pgx-rules/index.ts';
import type { PgxCase, PgxSet } from '../datasets/pgx-cases.ts';
import { PGX_CASES, readPgxSets } from '../datasets/pgx-cases.ts';
import type { Figure, Task } from '../task.ts';
import type { PgxOutcome, PgxScorer, PgxScorerContext } from './pgx/scorer.ts';
import { PGX_SCORERS } from './pgx/scorers.ts';

interface ScoredCase extends PgxOutcome {
  readonly id: string;
  readonly set: string;
}

/** Every pharmacogenomic case against the product; agreement as a share of all cases of a set, errors counted against it. */
export const pgx: Task = {
  name: 'pgx',
  version: '1',
  summary:
    'Pharmacogenomics: calls, reported results, phenotypes, recommendations, doses; default data: the open cases.',
  async run({ data, limit, log }) {
    const folder = data ?? PGX_CASES;
    const { sets, sha256 } = readPgxSets(folder);
    const context = { rules: loadPgxRules(), dataRoot: join(folder, '../..') };
    const cases: ScoredCase[] = [];
    for (const set of sets) {
      log(`${set.file}: ${String(set.cases.length)} cases`);
      cases.push(...(await scoreSet(set, context, limit)));
    }
    return {
      release: context.rules.release,
      data: { path: folder, sha256, n: cases.length },
      figures: figuresOf(cases),
      cases,
      counts: countsOf(cases),
      notes: disagreementsOf(cases),
    };
  },
};

async function scoreSet(set: PgxSet, context: PgxScorerContext, limit?: number): Promise<readonly ScoredCase[]> {
  const scorer = await PGX_SCORERS[set.set]?.();
  const scored: ScoredCase[] = [];
  for (const item of set.cases.slice(0, limit)) {
    scored.push({ id: item.id, set: set.set, ...(await scoreCase(item, scorer, context)) });
  }
  const unreadable = set.unreadable.map(({ line, reason }) => ({
    id: `${set.file}:${String(line)}`,
    set: set.set,
    agrees: false,
    expected: null,
    got: null,
    reason: `unreadable line: ${reason}`,
  }));
  return [...scored, ...unreadable];
}

async function scoreCase(item: PgxCase, scorer: PgxScorer | undefined, context: PgxScorerContext): Promise<PgxOutcome> {
  const expected = item['expect'] ?? item['row'] ?? null;
  if (scorer === undefined) return { agrees: false, expected, got: null, reason: 'no scorer for this set' };
  try {
    return await scorer(item, context);
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { agrees: false, expected, got: null, reason };
  }
}

interface Count {
  readonly agree: number;
  readonly n: number;
}

function countsOf(cases: readonly ScoredCase[]): Record<string, Count> {
  const counts: Record<string, Count> = {};
  for (const { set, agrees } of cases) {
    for (const name of [set, 'all']) {
      const { agree, n } = counts[name] ?? { agree: 0, n: 0 };
      counts[name] = { agree: agree + Number(agrees), n: n + 1 };
    }
  }
  return counts;
}

function figuresOf(cases: readonly ScoredCase[]): Record<string, Figure> {
  const figures = Object.entries(countsOf(cases)).map(([name, { agree, n }]) => {
    const [low, high] = wilson(agree, n);
    return [name === 'all' ? 'agrees' : `${name}.agrees`, { value: agree / n, low, high, n }] as const;
  });
  return Object.fromEntries(figures);
}

/** Wilson's 95% interval of a share. */
function wilson(hits: number, n: number): readonly [number, number] {
  const z = 1.959964;
  const p = hits / n;
  const centre = p + (z * z) / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return [Math.max(0, (centre - half) / scale), Math.min(1, (centre + half) / scale)];
}

/** The disagreements, one line each; the JSON has them in full. */
function disagreementsOf(cases: readonly ScoredCase[]): readonly string[] {
  const wrong = cases.filter(({ agrees }) => !agrees);
  const shown = wrong.slice(0, 40).map(({ id, reason }) => `- ${id}${reason === undefined ? '' : `: ${reason}`}`);
  const more = wrong.length - shown.length;
  return more > 0 ? [...shown, `… and ${String(more)} more (see --json)`] : shown;
}
