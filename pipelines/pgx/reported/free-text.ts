import type { TextRange } from '../../domain/span.ts';
import type { PgxRules } from '../rules.ts';
import { standingOf } from './context.ts';
import { readSegment } from './segment-reader.ts';
import type { Draft } from './segment-reader.ts';
import { familyStretches, findSegments } from './segments.ts';
import type { Segment } from './segments.ts';
import type { ReadReport, ReportedFinding, Retraction } from './types.ts';

/**
 * Reads every genotype, phenotype and allele status that a text states of the patient. Results of relatives, supposed ones,
 * and sentences about people in general are passed over; results that the text takes back are listed apart.
 *
 * @param text - A note, a letter, a laboratory's report; any layout.
 * @param options.familySections - Stretches that a reader of sections has found to be about the family.
 * @returns Findings in order of place, with ranges in UTF-16 code units of `text`.
 */
export function readFreeText(
  rules: PgxRules,
  text: string,
  options: { readonly familySections?: readonly TextRange[] } = {},
): ReadReport {
  const family = [...familyStretches(text), ...(options.familySections ?? [])];
  const segments = findSegments(text);
  const drafts = shareAcrossNeighbours(
    text,
    segments,
    segments.map((segment) => readSegment(rules, text, segment)),
  );
  const findings: ReportedFinding[] = [];
  const retractions: Retraction[] = [];
  segments.forEach((segment, i) => {
    const draft = drafts[i];
    if (draft === null || draft === undefined) return;
    const finding = toFinding(text, segment, draft);
    const standing = standingOf(text, segment, resultRange(segment, draft), family);
    if (standing === 'stated') findings.push(finding);
    if (standing === 'taken-back') retractions.push(finding);
    const own = standing === 'of-other-person' ? ownResult(rules, text, segment, draft) : null;
    if (own !== null && standingOf(text, own.segment, own.draft.range, family) === 'stated')
      findings.push(toFinding(text, own.segment, own.draft));
  });
  return { findings: mergeRepeats(findings), retractions };
}

/** "Mother is *2/*2; the patient is *1/*1": the patient's own result behind that of a relative. */
function ownResult(
  rules: PgxRules,
  text: string,
  segment: Segment,
  relatives: Draft,
): { readonly segment: Segment; readonly draft: Draft } | null {
  const { end } = segment.after;
  const found = OWN.exec(text.slice(relatives.range.end, end));
  if (found === null) return null;
  const start = relatives.range.end + found.index;
  const own = { ...segment, sentence: start, before: { start, end: start }, after: { start, end }, follows: true };
  const draft = readSegment(rules, text, own);
  return draft === null ? null : { segment: own, draft };
}

const OWN = /\b(?:patient|pt|proband|herself|himself|(?:her|his) own)\b/i;

function resultRange(segment: Segment, draft: Draft): TextRange {
  return { start: Math.min(draft.range.start, segment.mention.start), end: draft.range.end };
}

function toFinding(text: string, segment: Segment, draft: Draft): ReportedFinding {
  const { range, ...rest } = draft;
  return { gene: segment.mention.gene, reported: text.slice(range.start, range.end), range, ...rest };
}

/** "TPMT and NUDT15 normal": a gene without words of its own has those of the gene that it is joined to. */
function shareAcrossNeighbours(
  text: string,
  segments: readonly Segment[],
  drafts: readonly (Draft | null)[],
): readonly (Draft | null)[] {
  const shared = [...drafts];
  for (let i = segments.length - 2; i >= 0; i -= 1) {
    const [segment, next] = [segments[i], shared[i + 1]];
    if (shared[i] !== null || segment === undefined || next === null || next === undefined) continue;
    const hla = hlaOfList(text, segment, segments[i + 1], next);
    if (hla !== null) shared[i] = hla;
    if (hla !== null || !segment.joinedToNext) continue;
    const isShareable = next.alleles === null && next.statuses.length === 0 && next.activityScore === null;
    const isReference = next.alleles?.every((allele) => allele === '*1') === true;
    if (isShareable || isReference)
      shared[i] = { ...next, range: { start: segment.mention.start, end: next.range.end } };
  }
  return shareHlaForwards(text, segments, shared);
}

/** "negative for HLA-B*15:02 and HLA-A*31:01": the word that opens the list holds for each of it. */
function shareHlaForwards(
  text: string,
  segments: readonly Segment[],
  drafts: readonly (Draft | null)[],
): readonly (Draft | null)[] {
  const shared = [...drafts];
  segments.forEach((segment, i) => {
    const [before, previous] = [segments[i - 1], shared[i - 1]];
    const status = previous?.statuses.at(-1)?.status;
    if (shared[i] !== null || before === undefined || status === undefined || !segment.mention.gene.startsWith('HLA-'))
      return;
    const between = text.slice(before.mention.end, segment.mention.start);
    const own = /^\s?\*?\s?(\d{2}):?(\d{2})(?!\d)/.exec(text.slice(segment.mention.end, segment.after.end));
    if (own === null || !/^\s?\*?\s?\d{2}:?\d{2}[\s,/&]*(?:and|or|nor)?\s*$/i.test(between)) return;
    const range = { start: segment.mention.start, end: segment.mention.end + own[0].length };
    shared[i] = { ...previous!, statuses: [{ allele: `*${own[1]}:${own[2]}`, status }], range };
  });
  return shared;
}

/** "HLA-B*57:01 and HLA-B*58:01 negative": the word that closes the list holds for each of it. */
function hlaOfList(text: string, segment: Segment, nextSegment: Segment | undefined, next: Draft): Draft | null {
  const closing = next.statuses[0];
  if (nextSegment === undefined || closing === undefined || !segment.mention.gene.startsWith('HLA-')) return null;
  const between = text.slice(segment.mention.end, nextSegment.mention.start);
  const match = /^\s?\*?\s?(\d{2}):?(\d{2})[\s,/&]*(?:and|or)?\s*$/i.exec(between);
  if (match === null) return null;
  const statuses = [{ allele: `*${match[1]}:${match[2]}`, status: closing.status }];
  return { ...next, statuses, range: { start: segment.mention.start, end: next.range.end } };
}

/** Equal findings of one text are one; the first place stands for all. */
function mergeRepeats(findings: readonly ReportedFinding[]): readonly ReportedFinding[] {
  const kept: ReportedFinding[] = [];
  for (const finding of findings) if (!kept.some((other) => sameResult(other, finding))) kept.push(finding);
  return kept;
}

function sameResult(a: ReportedFinding, b: ReportedFinding): boolean {
  return a.gene === b.gene && resultKey(a) === resultKey(b);
}

function resultKey(finding: ReportedFinding): string {
  const { alleles, phenotypes, activityScore, statuses } = finding;
  return JSON.stringify([alleles === null ? null : [...alleles].sort(), phenotypes, activityScore, statuses]);
}
