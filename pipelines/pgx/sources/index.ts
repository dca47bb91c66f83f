import type { NoteCitation } from '../../domain/evidence.ts';
import type { NoteId } from '../../domain/ids.ts';
import { asId } from '../../domain/ids.ts';
import type { GeneResult, GenotypeSource, PgxWarning } from '../../domain/pgx.ts';
import { ClinicalError } from '../../errors.ts';
import { readFhir } from '../fhir/index.ts';
import {
  combineResults,
  describe,
  interpretFinding,
  isOutsideCallFile,
  readCall,
  readFields,
  readFreeText,
  readOutsideCalls,
} from '../reported/index.ts';
import type { PgxRules } from '../rules.ts';

/** One call of a list: the result in one field, or in fields of its own. */
export interface CallInput {
  readonly gene: string;
  readonly result?: string | undefined;
  readonly diplotype?: string | undefined;
  readonly phenotype?: string | undefined;
  readonly activityScore?: string | number | undefined;
}

/** Reads calls of a list, each gene's result as the report has it. */
export function resultsOfCalls(rules: PgxRules, calls: readonly CallInput[]): readonly GeneResult[] {
  return calls.map((call) => {
    const { gene, result, diplotype, phenotype, activityScore } = call;
    const score = activityScore === undefined ? undefined : String(activityScore);
    const finding =
      result !== undefined
        ? readCall(rules, gene, result)
        : readFields(rules, { gene, diplotype, phenotype, activityScore: score });
    return interpretFinding(rules, finding, 'words', { kind: 'given' });
  });
}

/**
 * Reads a laboratory's report: tab-separated calls, or text of any layout.
 *
 * @throws ClinicalError `GENOTYPE_UNREADABLE` where nothing was read.
 */
export function resultsOfReport(rules: PgxRules, text: string, file: string): readonly GeneResult[] {
  const source: GenotypeSource = { kind: 'report', file };
  const isTable = isOutsideCallFile(rules, text);
  const findings = isTable ? readOutsideCalls(rules, text) : readFreeText(rules, text).findings;
  if (findings.length === 0) throw new ClinicalError('GENOTYPE_UNREADABLE');
  return findings.map((finding) => interpretFinding(rules, finding, isTable ? 'words' : 'alleles', source));
}

/** Reads FHIR resources. @throws ClinicalError `GENOTYPE_UNREADABLE` where nothing was read. */
export function resultsOfFhir(rules: PgxRules, resources: readonly unknown[]): readonly GeneResult[] {
  const found = readFhir(rules, resources);
  if (found.length === 0) throw new ClinicalError('GENOTYPE_UNREADABLE');
  return found.map(({ resource, finding }) => interpretFinding(rules, finding, 'words', { kind: 'fhir', resource }));
}

/** Reads a note that is not in a chart: by rules alone, in milliseconds. */
export function resultsOfNote(rules: PgxRules, text: string, date = ''): readonly GeneResult[] {
  return readFreeText(rules, text).findings.map((finding) => {
    const range = finding.range ?? { start: 0, end: 0 };
    const evidence: NoteCitation = {
      kind: 'note',
      noteId: asId<NoteId>('note'),
      ...range,
      quote: text.slice(range.start, range.end),
    };
    return interpretFinding(rules, finding, 'alleles', { kind: 'note', evidence, date });
  });
}

/**
 * Joins reported results with those of a VCF, one row a gene. A reported result stands before a call from short variants,
 * as the reference has it, with a warning where the two differ; reported results that differ stay side by side.
 */
export function mergeSources(reported: readonly GeneResult[], vcf: readonly GeneResult[]): readonly GeneResult[] {
  const joined = combineResults(reported);
  const genes = [...new Set([...vcf, ...joined].map((result) => result.gene))];
  return genes.map((gene) => {
    const [report] = joined.filter((result) => result.gene === gene);
    const [call] = vcf.filter((result) => result.gene === gene);
    if (report === undefined) return call!;
    if (call === undefined || call.lookupKeys.length === 0) return report;
    if (report.lookupKeys.length === 0) return { ...call, warnings: [...call.warnings, ...report.warnings] };
    return { ...report, warnings: [...report.warnings, ...differing(report, call)] };
  });
}

function differing(report: GeneResult, call: GeneResult): readonly PgxWarning[] {
  const pairs = (result: GeneResult): readonly string[] => result.diplotypes.map((pair) => [...pair].sort().join('/'));
  const same =
    pairs(report).some((pair) => pairs(call).includes(pair)) ||
    report.lookupKeys.some((key) => call.lookupKeys.includes(key));
  if (same) return [];
  const message = `The VCF gives ${call.gene} ${describe(call)}; the reported result is used. Clear up which holds.`;
  return [{ code: 'VCF_DISAGREES', message }];
}
