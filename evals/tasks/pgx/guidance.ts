import type { GeneResult } from '#pipelines/domain/pgx.ts';
import type { GeneKeys } from '#pipelines/pgx/recommender/index.ts';
import {
  NO_RESULT,
  cpicTables,
  dpwgRecommendation,
  dpwgTables,
  fdaRecommendation,
  fdaRows,
  keysByGene,
  matchCpic,
  matchDpwg,
  matchDpwgDiplotypes,
  toRecommendation,
} from '#pipelines/pgx/recommender/index.ts';
import { combineResults, interpretFinding, readOutsideCalls } from '#pipelines/pgx/reported/index.ts';
import type { CpicRecommendation, PgxRules } from '#pipelines/pgx/rules.ts';
import type { PgxOutcome, PgxScorer } from './scorer.ts';
import { sameJson } from './scorer.ts';

/** Gene keys as a case states them; a gene with "No Result" counts as not tested. */
function keysOf(stated: Readonly<Record<string, unknown>>): ReadonlyMap<string, GeneKeys> {
  const tested = Object.entries(stated).filter(([, key]) => key !== NO_RESULT);
  return new Map(
    tested.map(([gene, key]) => {
      const isDiplotype = typeof key === 'object' && key !== null;
      const alleles = isDiplotype
        ? Object.entries(key as Record<string, number>).flatMap(([allele, count]) =>
            Array.from({ length: count }, () => allele),
          )
        : [];
      return [
        gene,
        { gene, keys: isDiplotype ? [] : [String(key)], diplotypes: isDiplotype ? [alleles] : [], phenotypes: [] },
      ];
    }),
  );
}

function outcome(expected: unknown, got: unknown): PgxOutcome {
  return { agrees: sameJson(expected, got), expected, got };
}

interface C1Expected {
  readonly classification: string;
  readonly recommendation: string;
  readonly implications: Readonly<Record<string, string>>;
  readonly changeDose: boolean;
  readonly alternativeDrug: boolean;
  readonly otherGuidance: boolean;
  readonly phenotypes: Readonly<Record<string, string>>;
  readonly activityScore: Readonly<Record<string, string>>;
  readonly alleleStatus: Readonly<Record<string, string>>;
}

/** c1: the CPIC row of a drug, its gene keys and a population: row id, words and flags. */
export const scoreC1: PgxScorer = (item, { rules }) => {
  const input = item['input'] as { drug: string; geneKeys: Record<string, string>; population: string };
  const expect = item['expect'] as C1Expected;
  const matched = matchCpic(rules, input.drug, keysOf(input.geneKeys)).filter(
    (row) => row.population === input.population,
  );
  const expected = [{ rowId: item.id.replace('c1:', ''), ...expect }];
  return outcome(
    expected,
    matched.map((row) => asCase(rules, row)),
  );
};

function asCase(rules: PgxRules, row: CpicRecommendation): C1Expected & { readonly rowId: string | null } {
  const served = toRecommendation(rules, row);
  return {
    rowId: served.rowId,
    classification: served.classification ?? '',
    recommendation: served.text,
    implications: Object.fromEntries(served.implications.map(({ gene, text }) => [gene, text])),
    ...served.flags,
    phenotypes: row.phenotypes,
    activityScore: row.activityScore,
    alleleStatus: row.alleleStatus,
  };
}

/** c2: DPWG by drug and gene keys: classification and flags. */
export const scoreC2: PgxScorer = (item, { rules }) => {
  const input = item['input'] as { drug: string; geneKeys: readonly Record<string, unknown>[] };
  const { classification, changeDose, alternativeDrug, otherGuidance } = item['expect'] as Record<string, unknown>;
  const id = item.id.split(':')[1] ?? '';
  const matched = input.geneKeys
    .flatMap((stated) => {
      const keys = keysOf(stated);
      return [...matchDpwg(rules, input.drug, keys), ...matchDpwgDiplotypes(rules, input.drug, keys)];
    })
    .filter((rule) => rule.id === id)
    .map((rule) => dpwgRecommendation(rules, rule, input.drug));
  const [served] = matched;
  const got =
    served === undefined ? null : { id: served.rowId, classification: served.classification, ...served.flags };
  return outcome({ id, classification: classification ?? null, changeDose, alternativeDrug, otherGuidance }, got);
};

interface C3Expected {
  readonly genes: Readonly<Record<string, { phenotypes: readonly string[]; activityScores: readonly string[] }>>;
  readonly cpic: Readonly<Record<string, readonly number[]>>;
  readonly dpwg2024_05: Readonly<Record<string, readonly string[]>>;
}

/** c3: patients with several reported genes: phenotypes, and the rows of every drug. */
export const scoreC3: PgxScorer = (item, { rules }) => {
  const { outsideCalls } = item['input'] as { outsideCalls: readonly string[] };
  const expect = item['expect'] as C3Expected;
  const findings = outsideCalls.flatMap((text) => readOutsideCalls(rules, text));
  const results = combineResults(
    findings.map((finding) => interpretFinding(rules, finding, 'words', { kind: 'given' })),
  );
  const keys = keysByGene(results);
  const got = {
    genes: Object.fromEntries(
      Object.keys(expect.genes).map((gene) => [gene, asGene(results.find((r) => r.gene === gene))]),
    ),
    cpic: rowsByDrug(cpicTables(rules).keys(), (drug) => matchCpic(rules, drug, keys).map((row) => String(row.id))),
    dpwg: rowsByDrug(dpwgTables(rules).keys(), (drug) => matchDpwg(rules, drug, keys).map((rule) => rule.id)),
  };
  const expected = {
    genes: Object.fromEntries(
      Object.entries(expect.genes).map(([gene, { phenotypes, activityScores }]) => [
        gene,
        { phenotypes: [...phenotypes].sort(), activityScores },
      ]),
    ),
    cpic: sortedRows(expect.cpic),
    dpwg: sortedRows(expect.dpwg2024_05),
  };
  return outcome(expected, got);
};

function asGene(result: GeneResult | undefined): unknown {
  return { phenotypes: [...(result?.phenotype ?? [])].sort(), activityScores: result?.activityScore ?? [] };
}

function rowsByDrug(
  drugs: Iterable<string>,
  rowsOf: (drug: string) => readonly string[],
): Record<string, readonly string[]> {
  const entries = [...drugs].map((drug) => [drug, [...rowsOf(drug)].sort()] as const);
  return Object.fromEntries(entries.filter(([, rows]) => rows.length > 0));
}

function sortedRows(rows: Readonly<Record<string, readonly (number | string)[]>>): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(rows).map(([drug, ids]) => [drug, ids.map(String).sort()]));
}

/** c4: a row of the FDA table, served word for word for its drug and gene. */
export const scoreC4: PgxScorer = (item, { rules }) => {
  const row = item['row'] as Record<string, unknown>;
  const drug = String(row['drug']);
  const served = fdaRows(rules, drug)
    .map((found) => ({ found, recommendation: fdaRecommendation(rules, found, drug) }))
    .map(({ found, recommendation }) => ({
      gene: recommendation.genes[0]?.gene,
      drug: found.drug,
      section: found.section,
      affected_subgroups: recommendation.genes[0]?.key,
      description: recommendation.text,
    }));
  const match = served.find((candidate) => sameJson(candidate, row));
  return outcome(row, match ?? served.filter((candidate) => candidate.gene === row['gene']));
};
