import { nameAllele } from './allele-names.ts';
import { EMPTY } from './reading.ts';
import type { Genotype, Reading } from './reading.ts';
import * as tokens from './result-tokens.ts';
import { leadingPresence } from './variant-reader.ts';

/** Each HLA allele with its own word, or with the one that closes their list. */
export function readHla(reading: Reading): Genotype {
  const { text, segment, rules, gene } = reading;
  const found = tokens.hlaAlleles(text, segment.after.start, segment.after.end);
  const first = found[0];
  if (first === undefined || !/^[\s*:]*$/.test(text.slice(segment.after.start, first.start))) return EMPTY;
  const named = found.map((token) => nameAllele(rules, gene, token.text).name);
  const tails = found.map((token, i) =>
    text.slice(token.end, found[i + 1]?.start ?? Math.min(segment.after.end, token.end + 60)),
  );
  const lead = leadingPresence(text.slice(segment.before.start, segment.mention.start));
  // "No HLA-B*57:01 allele detected": the "no" before it turns the word behind it round.
  const own = tails.map((tail) =>
    lead === 'negative' && presenceOfHla(tail) === 'positive' ? 'negative' : presenceOfHla(tail),
  );
  const statuses = named.flatMap((allele, i) => {
    const later = own.slice(i).find((status) => status !== null) ?? null;
    const joined = tails
      .slice(i)
      .every(
        (tail, j) =>
          own.slice(i)[j] !== null ||
          /^[\s,/&]*(?:and|or)?[\s*]*(?:HLA-?[AB]?\*?)?$/i.test(tail) ||
          j > own.slice(i).findIndex((s) => s !== null),
      );
    const status = own[i] ?? (joined ? later : null) ?? lead;
    return status === null ? [] : [{ allele, status }];
  });
  const ranges = [{ start: first.start, end: endOfStatus(text, found.at(-1)!.end, tails.at(-1) ?? '') }];
  if (statuses.length > 0) return { ...EMPTY, statuses, ranges };
  const typed = found.length >= 2 && /^\s*[/,]\s*(?:(?:HLA-?)?[AB])?\*?$/.test(tails[0] ?? '');
  if (!typed) return EMPTY;
  return {
    ...EMPTY,
    alleles: named.slice(0, 2),
    lookupAlleles: named.slice(0, 2),
    ranges: [{ start: first.start, end: found[1]!.end }],
  };
}

function presenceOfHla(tail: string): 'positive' | 'negative' | null {
  const near = tail.slice(0, 60);
  const stated = tokens.presence(near);
  if (stated !== null)
    return /^\s*(?:positive|negative|pos|neg)\s+(?:patients|individuals|people|carriers)\b/i.test(near) ? null : stated;
  return tokens.zygosity(near) === null ? null : 'positive';
}

function endOfStatus(text: string, end: number, tail: string): number {
  const match =
    /^[\s:(,–-]*(?:\w+\s+){0,3}?(?:not\s+)?(?:positive|negative|pos|neg|detected|present|absent|carrier|POSITIVE|NEGATIVE|heterozygous|homozygous)\b|^\s\+/i.exec(
      tail,
    );
  return Math.min(text.length, end + (match?.[0].length ?? 0));
}
