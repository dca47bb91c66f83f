import { randomFrom } from './interval.ts';

/**
 * Percentile bootstrap of many figures at once: each draw of groups is summed up a single time and every figure read off the
 * sum, which makes hundreds of figures affordable.
 *
 * @param groups - One summary for each patient.
 * @param combine - Sums up drawn groups, the same one possibly several times.
 * @param figures - By name: reads a figure off a sum.
 * @returns 95% intervals by name.
 */
export function jointBootstrap<Summary>(
  groups: readonly Summary[],
  combine: (drawn: readonly Summary[]) => Summary,
  figures: Readonly<Record<string, (sum: Summary) => number>>,
  seed: number,
  rounds = 1000,
): Record<string, { value: number; low: number; high: number }> {
  const all = combine(groups);
  const random = randomFrom(seed);
  const names = Object.keys(figures);
  const drawn = new Map<string, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < (groups.length < 2 ? 0 : rounds); round++) {
    const sum = combine(groups.map(() => groups[Math.floor(random() * groups.length)]!));
    for (const name of names) drawn.get(name)!.push(figures[name]!(sum));
  }
  return Object.fromEntries(
    names.map((name) => [name, { value: figures[name]!(all), ...interval(drawn.get(name)!, figures[name]!(all)) }]),
  );
}

function interval(values: number[], value: number): { low: number; high: number } {
  if (values.length === 0) return { low: value, high: value };
  values.sort((a, b) => a - b);
  const at = (q: number): number => values[Math.round(q * (values.length - 1))]!;
  return { low: at(0.025), high: at(0.975) };
}
