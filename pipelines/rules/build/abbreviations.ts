import { readSource, toTsv, tsvRecords } from './sources.ts';

/**
 * Clinical abbreviations with their senses and how often each was meant: mean over the source inventories that state
 * frequencies (Vanderbilt, Stetson); senses below 2% are left out. Most frequent first.
 */
export function buildAbbreviations(): string {
  const senses = new Map<string, Map<string, number[]>>();
  const rows = tsvRecords(readSource('terminologies/abbreviations/abbreviations-clinical.tsv'));
  for (const { abbreviation = '', sense = '', frequency = '' } of rows) {
    const short = abbreviation.trim().toLowerCase();
    const long = sense
      .replace(/^"+|"+$/g, '')
      .trim()
      .toLowerCase();
    if (short === '' || long === '' || /^\d+$/.test(short) || /^(miss|mister|ms\.|initials)/.test(long)) continue;
    const bySense = senses.get(short) ?? new Map<string, number[]>();
    bySense.set(long, [...(bySense.get(long) ?? []), frequency === '' ? 0.5 : Number(frequency)]);
    senses.set(short, bySense);
  }
  const out: string[][] = [];
  for (const [short, bySense] of [...senses].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
    const ranked = [...bySense]
      .map(([long, values]) => [long, values.reduce((sum, value) => sum + value, 0) / values.length] as const)
      .filter(([, frequency]) => frequency >= 0.02)
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    for (const [long, frequency] of ranked) out.push([short, long, frequency.toFixed(3)]);
  }
  return toTsv(['abbreviation', 'sense', 'frequency'], out);
}
