import type { GoldQuestion } from '../datasets/charts.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';

function iso(year: string, month: string, day?: string): string {
  let m = /[a-z]/i.test(month[0]!) ? MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1 : Number(month);
  let d = day === undefined ? null : Number(day);
  if (d !== null && m > 12 && d <= 12) [d, m] = [m, d]; // 22/04/2024
  const y = Number(year) + (year.length === 2 ? 2000 : 0);
  return `${y}-${String(m).padStart(2, '0')}${d === null ? '' : `-${String(d).padStart(2, '0')}`}`;
}

/** Lower case, one blank between words, every dated day or month in ISO form. */
export function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/\b(\d{1,2})\/(\d{1,2})\/(\d{4}|\d\d)\b/g, (_, m: string, d: string, y: string) => iso(y, m, d))
    .replace(new RegExp(`\\b(\\d{1,2}) ${MONTH},? (\\d{4})\\b`, 'gi'), (_, d: string, m: string, y: string) =>
      iso(y, m, d),
    )
    .replace(
      new RegExp(`\\b${MONTH} (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})\\b`, 'gi'),
      (_, m: string, d: string, y: string) => iso(y, m, d),
    )
    .replace(new RegExp(`\\b${MONTH} (\\d{4})\\b`, 'gi'), (_, m: string, y: string) => iso(y, m))
    .replace(/(?<![\d/])(0?[1-9]|1[0-2])\/((?:19|20)\d\d)\b/g, (_, m: string, y: string) => iso(y, m))
    .toLowerCase();
}

/** Whether a gold string occurs at word boundaries; a number never inside a longer number or a date. */
export function occurs(needle: string, text: string): boolean {
  const n = plain(needle);
  let t = plain(text);
  if (/^\d{1,3}([.,]\d+)?%?$/.test(n)) t = t.replace(/\b\d{4}-\d\d(-\d\d)?\b/g, ' ');
  const W = '[\\p{L}\\p{N}_]';
  const first = n[0]!;
  const last = n.at(-1)!;
  const before = /\d/.test(first) ? `(?<!${W})(?<!\\d[.,])` : /[\p{L}\p{N}]/u.test(first) ? `(?<!${W})` : '';
  const after = /\d/.test(last) ? `(?!${W})(?![.,]\\d)` : /[\p{L}\p{N}]/u.test(last) ? `(?!${W})` : '';
  return new RegExp(before + n.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&') + after, 'u').test(t);
}

/** The scoring rule of the annotation guideline for one answer. */
export function isRight(question: GoldQuestion, status: string, claims: readonly string[]): boolean {
  if (question.type === 'unanswerable' || question.type === 'out-of-scope') return status === 'abstained';
  const text = claims.join('\n');
  return (
    status === 'answered' &&
    question.accept.some((string) => occurs(string, text)) &&
    (question.acceptAll ?? []).every((string) => occurs(string, text)) &&
    !(question.reject ?? []).some((string) => occurs(string, text)) &&
    claims.length <= 5 &&
    text.split(/\s+/).filter(Boolean).length <= (question.type === 'summary' ? 200 : 60)
  );
}
