import type { IsoDate } from '#pipelines/domain/ids.ts';

/** Order of day and month in numeric dates of a chart. */
export type DateOrder = 'mdy' | 'dmy';

/** What a time expression is reckoned from. */
export interface TimeContext {
  readonly noteDate: IsoDate;
  readonly birthDate: IsoDate | null;
  readonly order: DateOrder;
  readonly admission: IsoDate | null;
  readonly discharge: IsoDate | null;
  readonly surgery: IsoDate | null;
  /** The date that the text named before this one, for "two days later". */
  readonly previous: IsoDate | null;
  /** The day that its own line has named last, for clock times in a row of them. */
  readonly dayOfLine: IsoDate | null;
  /** The few characters before the expression. */
  readonly preceding: string;
  /** The few characters behind the expression. */
  readonly following: string;
  /** Whether the event lies ahead of the note, so that a date without a year may too. */
  readonly planned: boolean;
  /** Whose event it is: an age of a relative cannot be dated. */
  readonly family: boolean;
}
