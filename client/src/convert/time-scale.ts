import { dayNumber, formatDate, isoOfDay } from './dates.ts';

export interface Window {
  readonly from: number;
  readonly to: number;
}

export interface Tick {
  readonly day: number;
  readonly text: string;
}

const SHORTEST = 7;
const MOST_TICKS = 6;
/** Months between ticks. */
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 240];

/** A window grown or shrunk about a day, kept within the extent of the chart and not shorter than a week. */
export function zoomed(window: Window, factor: number, about: number, extent: Window): Window {
  const length = Math.min(extent.to - extent.from, Math.max(SHORTEST, (window.to - window.from) * factor));
  const share = (about - window.from) / (window.to - window.from);
  return within({ from: about - length * share, to: about + length * (1 - share) }, extent);
}

/** A window moved by a share of its length, within the extent. */
export function panned(window: Window, share: number, extent: Window): Window {
  const by = (window.to - window.from) * share;
  return within({ from: window.from + by, to: window.to + by }, extent);
}

/** The last `days` of the extent. */
export function lastDays(days: number, extent: Window): Window {
  return within({ from: extent.to - days, to: extent.to }, extent);
}

function within({ from, to }: Window, extent: Window): Window {
  if (to - from >= extent.to - extent.from) return extent;
  if (from < extent.from) return { from: extent.from, to: extent.from + (to - from) };
  if (to > extent.to) return { from: extent.to - (to - from), to: extent.to };
  return { from, to };
}

/** Where a day stands in a window, in per cent; outside 0 to 100 when it is not in it. */
export function percent(day: number, { from, to }: Window): number {
  return ((day - from) / (to - from)) * 100;
}

function monthTicks({ from, to }: Window, step: number): Tick[] {
  const first = isoOfDay(from);
  let month = Number(first.slice(0, 4)) * 12 + Number(first.slice(5, 7)) - 1;
  month = Math.ceil(month / step) * step;
  const ticks: Tick[] = [];
  for (;;) {
    const iso = `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
    const day = dayNumber(iso);
    if (day > to) return ticks;
    if (day >= from) ticks.push({ day, text: step >= 12 ? iso.slice(0, 4) : formatDate(iso) });
    month += step;
  }
}

function dayTicks({ from, to }: Window): Tick[] {
  const step = Math.max(1, Math.ceil((to - from) / MOST_TICKS));
  const ticks: Tick[] = [];
  for (let day = Math.ceil(from); day <= to; day += step) ticks.push({ day, text: formatDate(isoOfDay(day)) });
  return ticks;
}

/** At most about six round dates in a window: years, months or days, as its length asks. */
export function ticksOf(window: Window): Tick[] {
  const months = (window.to - window.from) / 30.44;
  if (months < 3) return dayTicks(window);
  const step = MONTH_STEPS.find((candidate) => months / candidate <= MOST_TICKS) ?? 240;
  return monthTicks(window, step);
}
