const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY = 86_400_000;

/** Writes a whole or partial ISO date in the house form: `12 Mar 2022`, `Mar 2022`, `2022`. Other text is left as it is. */
export function formatDate(date: string | null | undefined): string {
  if (!date) return 'undated';
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(date);
  if (!match) return date;
  const [, year, month, day] = match;
  return [day && String(Number(day)), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(' ');
}

/** Days since 1 Jan 1970 of a whole or partial date; a partial one counts from its first day, or to its last with `'end'`. */
export function dayNumber(date: string, edge: 'start' | 'end' = 'start'): number {
  const [year, month, day] = date.split('-').map(Number) as [number, number?, number?];
  if (edge === 'start' || (month && day)) return Date.UTC(year, (month ?? 1) - 1, day ?? 1) / DAY;
  return (month ? Date.UTC(year, month, 0) : Date.UTC(year, 12, 0)) / DAY;
}

/** The ISO date of a day number. */
export function isoOfDay(day: number): string {
  return new Date(Math.round(day) * DAY).toISOString().slice(0, 10);
}

/** Whole years between two dates; null where either is not known to the day. */
export function ageOn(birthDate: string | null, on: string | null): number | null {
  if (!birthDate || !on || birthDate.length < 10 || on.length < 10) return null;
  const years = Number(on.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return on.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** `12 Mar 2022 to 3 May 2022`, `since 12 Mar 2022`, `until 2019`, or one date. */
export function formatRange(start: string | null, end: string | null): string {
  if (start && end) return start === end ? formatDate(start) : `${formatDate(start)} to ${formatDate(end)}`;
  if (start) return `since ${formatDate(start)}`;
  return end ? `until ${formatDate(end)}` : 'undated';
}

/** The same day a number of months earlier, or the last day of that month where it has none such. */
export function monthsBefore(date: string, months: number): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - months, Math.min(day, last))).toISOString().slice(0, 10);
}
