/** The value below which a share `q` (0 to 1) of the measurements lies; NaN for none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

/** Runs `work` and returns its milliseconds. */
export async function millisecondsOf(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export interface Row {
  readonly measure: string;
  readonly value: string;
  readonly aim?: string;
}

/** A Markdown table of measurements. */
export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map((row) => `| ${row.measure} | ${row.value} | ${row.aim ?? ''} |`);
  return ['| measure | here | aim |', '| --- | ---: | ---: |', ...lines].join('\n');
}
