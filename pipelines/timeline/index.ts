export { buildChart, timelineEvents } from './build-chart.ts';
export type { BuildChartInput } from './build-chart.ts';
export { chartDateOrder } from './build-chart.ts';
export { readNote, readTimes } from './reading/read-note.ts';
export type { NoteReading } from './reading/reading.ts';
export { reconcile } from './reconcile/reconcile.ts';
export { readTime } from './dates/read-time.ts';
export type { DateOrder, TimeContext } from './dates/time-context.ts';
export { TIMELINE_RELEASE } from './words.ts';
