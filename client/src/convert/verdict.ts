import type { AnswerView } from '#server/contract/index.ts';
import { formatDate } from './dates.ts';

export type VerdictKind = 'affirmed' | 'denied' | 'conflicting' | 'not-documented' | 'out-of-scope';

export interface Verdict {
  readonly kind: VerdictKind;
  /** Above the sentences; null for a plain answer, which needs none. */
  readonly title: string | null;
}

const TITLES: Readonly<Record<VerdictKind, string | null>> = {
  affirmed: null,
  denied: 'Denied in the notes',
  conflicting: 'The notes disagree',
  'not-documented': 'Not documented',
  'out-of-scope': 'Out of scope',
};

/** What kind of answer it is: a plain one, or one of the four honest negatives. */
export function verdictOf(answer: Pick<AnswerView, 'status' | 'finding' | 'reason'>): Verdict {
  const kind = answer.status === 'answered' ? (answer.finding ?? 'affirmed') : (answer.reason ?? 'not-documented');
  return { kind, title: TITLES[kind] };
}

/** `6 notes, 12 Mar 2019 to 25 Apr 2023`. */
export function searchedWords({ searched }: Pick<AnswerView, 'searched'>): string {
  const count = `${searched.notes} ${searched.notes === 1 ? 'note' : 'notes'}`;
  const types = searched.noteTypes ? ` of type ${searched.noteTypes.join(', ')}` : '';
  const unread = searched.unread ? `; ${searched.unread} more not read yet` : '';
  const notes = count + types;
  if (!searched.from || !searched.to) return notes + unread;
  const from = formatDate(searched.from);
  const days = searched.from === searched.to ? from : `${from} to ${formatDate(searched.to)}`;
  return `${notes}, ${days}${unread}`;
}

/** `as of 12 Mar 2022, the last note` or, where a day was asked for, `as of 12 Mar 2022, as asked`. */
export function asOfWords(asOf: string | null, askedFor: string | null): string | null {
  if (!asOf) return null;
  return `as of ${formatDate(asOf)}, ${askedFor ? 'as asked' : 'the last note'}`;
}

/** `38 ms`, `1.2 s`. */
export function durationWords(milliseconds: number | null): string | null {
  if (milliseconds === null) return null;
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** The model's part of a pipeline's release (`reading/1+clinical-extractor/1+…`), which is the one that people ask for. */
export function modelRelease(pipeline: string): string {
  const parts = pipeline.split('+');
  return parts.find((part) => part.includes('extractor')) ?? parts[0]!;
}
