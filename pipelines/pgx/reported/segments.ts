import type { TextRange } from '../../domain/span.ts';
import { CONTEXT, findGenes } from './lexicon.ts';
import type { GeneMention } from './lexicon.ts';

/** The stretch of text that may speak of one mention of a gene. */
export interface Segment {
  readonly mention: GeneMention;
  /** Start of the clause that holds the mention. */
  readonly sentence: number;
  /** End of the sentence that holds the mention. */
  readonly sentenceEnd: number;
  /** Words before the gene that belong to it: from the clause's start, or from the gene before it. */
  readonly before: TextRange;
  /** Words behind the gene, up to the next gene or the end of the sentence or of a table's block. */
  readonly after: TextRange;
  /** Whether another gene stands before it in the same clause. */
  readonly follows: boolean;
  /** Only "and", "/" or a comma stand between the gene before and this one. */
  readonly joinedToPrevious: boolean;
  /** Only "and", "/" or a comma stand between this gene and the next. */
  readonly joinedToNext: boolean;
}

const SENTENCE_END = /[.!?](?=\s+[A-Z("'*]|\s*\n|\s*$)|;|\n/g;
const LABEL =
  /^[ \t]*(?:[-•*|]\s*)?(?:genotype|diplotype|phenotype|results?|activity score|interpretation|metaboli[sz]er|predicted|status|alleles?)\b/i;
const CONTINUATION = /^[ \t]*(?:\*\d|\(|[a-z])/;
const LONGEST = 240;
const JOINT = /^\s*(?:[/,&+]|and|or|\s)*\s*(?:the\s+)?$/i;

/** Cuts a text into segments, one for each mention of a gene, in order. */
export function findSegments(text: string): readonly Segment[] {
  const genes = dropVariantsOfSameGene(text, findGenes(text));
  return genes.map((mention, index) => {
    const next = genes[index + 1];
    const previous = genes[index - 1];
    const sentence = startOfClause(text, mention.start);
    const end = Math.min(next?.start ?? text.length, endOfBlock(text, mention.end), mention.end + LONGEST);
    const between = next === undefined ? '' : text.slice(mention.end, next.start);
    return {
      mention,
      sentence,
      sentenceEnd: endOfSentence(text, mention.end),
      before: { start: Math.max(sentence, previous?.end ?? 0), end: mention.start },
      after: { start: mention.end, end },
      follows: previous !== undefined && previous.end > sentence,
      joinedToPrevious: previous !== undefined && JOINT.test(text.slice(previous.end, mention.start)),
      joinedToNext: next !== undefined && JOINT.test(between),
    };
  });
}

/** An rs number behind its own gene is part of that gene's result, not a new mention. */
function dropVariantsOfSameGene(text: string, genes: readonly GeneMention[]): readonly GeneMention[] {
  const kept: GeneMention[] = [];
  for (const mention of genes) {
    const previous = kept.at(-1);
    const sameGene = previous?.gene === mention.gene && mention.isVariant;
    if (sameGene && !text.slice(previous.end, mention.start).includes('\n')) continue;
    kept.push(mention);
  }
  return kept;
}

function startOfClause(text: string, at: number): number {
  const from = Math.max(0, at - 400);
  let start = from;
  for (const match of text.slice(from, at).matchAll(SENTENCE_END)) start = from + match.index + 1;
  return start;
}

function endOfSentence(text: string, at: number): number {
  const match = new RegExp(SENTENCE_END.source, 'g');
  match.lastIndex = at;
  const found = match.exec(text);
  return found === null ? text.length : found.index + (found[0] === '\n' ? 0 : 1);
}

/** End of what belongs to a gene: its sentence, and further lines where they plainly continue it. */
function endOfBlock(text: string, at: number): number {
  const scanner = /[.!?](?=\s+[A-Z("'*]|\s*\n|\s*$)|\n/g;
  scanner.lastIndex = at;
  for (;;) {
    const match = scanner.exec(text);
    if (match === null) return text.length;
    if (match[0] !== '\n') {
      if (continuesInNextSentence(text, match.index + 1)) continue;
      return match.index;
    }
    const rest = text.slice(match.index + 1, match.index + 80);
    if (!LABEL.test(rest) && !CONTINUATION.test(rest)) return match.index;
  }
}

/** "Phenotype: poor metabolizer." behind "CYP2C19 *2/*2." */
function continuesInNextSentence(text: string, at: number): boolean {
  return /^\s+(?:genotype|diplotype|phenotype|result|activity score|predicted phenotype|interpretation)\b\s*[:=]/i.test(
    text.slice(at, at + 60),
  );
}

/** Stretches under a heading "Family history", up to an empty line or the next heading. */
export function familyStretches(text: string): readonly TextRange[] {
  const stretches: { start: number; end: number }[] = [];
  let open: { start: number; end: number } | null = null;
  let at = 0;
  for (const line of text.split('\n')) {
    const end = at + line.length;
    if (CONTEXT.familyHeading.test(line)) {
      open = { start: at, end };
      stretches.push(open);
    } else if (open !== null) {
      if (line.trim() === '' || isHeading(line)) open = null;
      else open.end = end;
    }
    at = end + 1;
  }
  return stretches;
}

function isHeading(line: string): boolean {
  return /^[ \t]*(?:#+\s*)?[A-Z][A-Za-z /&-]{2,40}:/.test(line) || /^[ \t]*[A-Z][A-Z /&-]{3,}[ \t]*$/.test(line);
}
