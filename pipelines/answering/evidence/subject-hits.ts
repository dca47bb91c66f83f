import type { Subject } from '../question/types.ts';
import type { ChartIndex } from './chart-index.ts';
import type { Match } from './subject-match.ts';
import { matchesOf } from './subject-match.ts';

/** Where each subject of a question stands in a chart. */
export interface SubjectHits {
  readonly subject: Subject;
  readonly matches: readonly Match[];
  readonly byUnit: ReadonlyMap<number, Match>;
  /** How much the subject weighs: rare clinical words more than common ones. */
  readonly weight: number;
  /** Known to a terminology or a word list, and not only by its letters. */
  readonly clinical: boolean;
}

/** Looks up every subject of a list in the chart. */
export function hitsOf(index: ChartIndex, subjects: readonly Subject[]): SubjectHits[] {
  const clinical = subjects.some((subject) => !isPlain(subject));
  return subjects.map((subject) => {
    const matches = matchesOf(index, subject.forms);
    const rarity = Math.log((index.units.length + 1) / (matches.length + 1)) / Math.log(index.units.length + 2);
    const importance = !isPlain(subject) ? 1.2 : clinical ? 0.35 : 0.7;
    const weight = importance * (0.4 + Math.max(0, rarity));
    return {
      subject,
      matches,
      byUnit: new Map(matches.map((match) => [match.unit.index, match])),
      weight,
      clinical: !isPlain(subject),
    };
  });
}

/** A word that only its letters are known of: neither a terminology nor a word list has it. */
function isPlain({ kind, forms }: Subject): boolean {
  return kind === 'term' && forms.every(({ weight }) => weight === 1);
}
