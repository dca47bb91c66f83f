import type { TextRange } from '../../domain/span.ts';
import { normaliseScore } from '../phenotyper/index.ts';
import type { PgxRules } from '../rules.ts';
import { CONTEXT } from './lexicon.ts';
import { readGenotype } from './genotype-reader.ts';
import { readPhenotype } from './phenotype-words.ts';
import type { Genotype, Reading } from './reading.ts';
import * as tokens from './result-tokens.ts';
import type { Segment } from './segments.ts';
import type { ReportedFinding } from './types.ts';

/** What one segment says, before it is judged whether it is said of the patient. */
export type Draft = Omit<ReportedFinding, 'gene' | 'reported' | 'range'> & { readonly range: TextRange };

/** Reads the result that a segment gives of its gene; null where it gives none. */
export function readSegment(rules: PgxRules, text: string, segment: Segment): Draft | null {
  const gene = segment.mention.gene;
  const reading = { rules, text, segment, gene, geneRules: rules.genes.get(gene) ?? null };
  const genotype = readGenotype(reading);
  const phenotype = readPhenotypes(reading, genotype);
  const score = tokens.activityScore(text, segment.after.start, segment.after.end) ?? leadingScore(reading);
  const activityScore = score === null ? null : normaliseScore(score.score);
  const ranges = [
    ...genotype.ranges,
    ...(phenotype === null ? [] : [phenotype.range]),
    ...(score === null ? [] : [score]),
  ];
  if (ranges.length === 0) return null;
  const { alleles, lookupAlleles, statuses, partial, warnings } = genotype;
  const phenotypes = phenotype?.phenotypes ?? [];
  if (alleles === null && statuses.length === 0 && phenotypes.length === 0 && activityScore === null && !partial)
    return null;
  return {
    alleles,
    lookupAlleles,
    phenotypes,
    activityScore,
    statuses,
    partial: partial && phenotypes.length === 0 && activityScore === null,
    warnings,
    range: cover([segment.mention, ...ranges]),
  };
}

/** "activity score 0.5 for CYP2D6". */
function leadingScore({ text, segment }: Reading): ReturnType<typeof tokens.activityScore> {
  if (segment.follows) return null;
  const score = tokens.activityScore(text, segment.before.start, segment.before.end);
  return score !== null && /^\s*\)?\s*(?:for|of|at|in)\s*$/i.test(text.slice(score.end, segment.mention.start))
    ? score
    : null;
}

function cover(ranges: readonly TextRange[]): TextRange {
  return { start: Math.min(...ranges.map((r) => r.start)), end: Math.max(...ranges.map((r) => r.end)) };
}

function readPhenotypes(
  reading: Reading,
  genotype: Genotype,
): { phenotypes: readonly string[]; range: TextRange } | null {
  const { text, segment, gene, geneRules } = reading;
  const anchors = [segment.mention.end, ...genotype.ranges.map((range) => range.end)];
  const window = { sentence: segment.sentence, from: segment.after.start, to: segment.after.end };
  const isOfDrug = CONTEXT.drugContext.test(text.slice(segment.sentence, segment.mention.start));
  const behind = isOfDrug ? null : tokens.phenotypeWords(gene, text, window, anchors, segment.joinedToPrevious);
  const token = behind ?? leadingPhenotype(reading);
  if (token === null) return null;
  const phenotypes = readPhenotype(gene, geneRules, token.text);
  return phenotypes.length === 0 ? null : { phenotypes, range: token };
}

/** "poor metabolizer of CYP2D6", "a rapid metaboliser for CYP2C19", "normal TPMT", "G6PD-deficient". */
function leadingPhenotype({ text, segment, gene }: Reading): tokens.Token | null {
  const before = text.slice(segment.before.start, segment.before.end);
  const link =
    /\s*(?:\([A-Za-z]{2,3}\)\s*)?(?:(?:status|phenotype|genotype)\s+)?(?:(?:for|of|at|by|via|through|on|with regard to)\s+(?:the\s+)?)?(?:enzyme\s+|gene\s+)?$/i.exec(
      before,
    );
  const linked = /\b(?:for|of|at|by|via|through|on)\b/i.test(link?.[0] ?? '');
  if (segment.follows && !linked) return null;
  const stop = segment.before.start + (link?.index ?? before.length);
  const words = text.slice(segment.before.start, stop);
  const full = /(?:[A-Za-z-]+\s+){0,2}[A-Za-z-]+$/.exec(words);
  if (full === null) return null;
  for (let start = full.index; start < words.length; start += 1) {
    if (start > 0 && /[A-Za-z-]/.test(words[start - 1]!)) continue;
    const candidate = words.slice(start);
    if (
      readPhenotype(gene, null, candidate).length === 0 &&
      !/^(?:normal|poor|intermediate|ultra-?rapid|rapid|decreased)$/i.test(candidate)
    )
      continue;
    const token = { text: candidate, start: segment.before.start + start, end: segment.before.start + words.length };
    return tokens.isStatedOfPatient(text, segment.sentence, token) ? token : null;
  }
  return null;
}
