import { mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openVectorIndex } from './index.ts';

const DIMENSION = 8;
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const index of opened.splice(0)) await index.close();
});

/** A vector of length 1 that differs for each seed. */
function vectorOf(seed: number, dimension = DIMENSION): Float32Array {
  const raw = Array.from({ length: dimension }, (_, i) => Math.sin(seed * 12.9898 + i * 78.233));
  const length = Math.hypot(...raw);
  return Float32Array.from(raw, (value) => value / length);
}

const linesOf = (count: number, dimension = DIMENSION) =>
  Array.from({ length: count }, (_, i) => ({
    id: `line-${String(i).padStart(5, '0')}`,
    vector: vectorOf(i, dimension),
  }));

function storeOf(lines: readonly { id: string; vector: Float32Array }[]) {
  return async (after: string | null, limit: number) =>
    lines.filter(({ id }) => after === null || id > after).slice(0, limit);
}

async function open(
  path: string,
  lines: ReturnType<typeof linesOf>,
  changes: { key?: string; dimension?: number } = {},
) {
  const index = await openVectorIndex({
    path,
    dimension: DIMENSION,
    key: 'pipeline/1',
    pages: storeOf(lines),
    ...changes,
  });
  opened.push(index);
  return index;
}

const freshPath = () => join(mkdtempSync(join(tmpdir(), 'index-')), 'cohort.hnsw');

describe('the vector index over all patients', () => {
  it('is built from the store in pages when there is no file, and read back as it was', async () => {
    const path = freshPath();
    const lines = linesOf(1203);
    const built = await open(path, lines);
    expect(built.opening).toEqual({ fault: 'missing', added: 1203, removed: 0 });
    const again = await open(path, lines);
    expect(again.opening).toEqual({ fault: null, added: 0, removed: 0 });
    expect(again.size).toBe(1203);
    expect((await again.search(vectorOf(700), 3))[0]).toMatchObject({ id: 'line-00700' });
  });

  it('finds the nearest first, with the cosine as score', async () => {
    const index = await open(freshPath(), linesOf(50));
    const hits = await index.search(vectorOf(7), 5);
    expect(hits[0]?.id).toBe('line-00007');
    expect(hits[0]?.score).toBeCloseTo(1, 5);
    expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).sort((a, b) => b - a));
  });

  it('never finds a deleted line, and takes it back when it is added again', async () => {
    const index = await open(freshPath(), linesOf(20));
    await index.delete(['line-00003']);
    expect((await index.search(vectorOf(3), 20)).map(({ id }) => id)).not.toContain('line-00003');
    await index.add([{ id: 'line-00003', vector: vectorOf(3) }]);
    expect((await index.search(vectorOf(3), 1))[0]?.id).toBe('line-00003');
    expect(index.size).toBe(20);
  });

  it('repairs what the store gained and lost since it was saved', async () => {
    const path = freshPath();
    await open(path, linesOf(10));
    const changed = [...linesOf(12).slice(2)];
    const index = await open(path, changed);
    expect(index.opening).toEqual({ fault: null, added: 2, removed: 2 });
    expect((await index.search(vectorOf(0), 12)).map(({ id }) => id)).not.toContain('line-00000');
  });

  it('answers nothing from an empty store', async () => {
    const index = await open(freshPath(), []);
    expect(await index.search(vectorOf(1), 5)).toEqual([]);
  });
});

describe('a file that cannot be trusted is built anew', () => {
  const damages: [string, (path: string) => void, string][] = [
    ['a truncated file', (path) => truncateSync(path, 1000), 'damaged'],
    ['a flipped byte', (path) => flip(path, 2000), 'damaged'],
    ['a card that is not JSON', (path) => writeFileSync(`${path}.json`, '{'), 'damaged'],
    ['a count that does not hold', (path) => edit(path, { count: 7 }), 'damaged'],
    ['another dimension on the card', (path) => edit(path, { dimension: 4 }), 'damaged'],
    ['vectors of another pipeline release', (path) => edit(path, { key: 'pipeline/0' }), 'stale'],
  ];
  it.each(damages)('%s', async (_, damage, fault) => {
    const path = freshPath();
    const lines = linesOf(100);
    await open(path, lines);
    damage(path);
    const index = await open(path, lines);
    expect(index.opening).toEqual({ fault, added: 100, removed: 0 });
    expect((await index.search(vectorOf(42), 1))[0]?.id).toBe('line-00042');
    expect((await open(path, lines)).opening.fault).toBeNull();
  });

  it('an index of another dimension', async () => {
    const path = freshPath();
    await open(path, linesOf(10));
    const index = await open(path, linesOf(10, 4), { dimension: 4 });
    expect(index.opening.fault).toBe('damaged');
    expect((await index.search(vectorOf(5, 4), 1))[0]?.id).toBe('line-00005');
  });
});

describe('vectors that are not right', () => {
  it.each([
    ['hold NaN', Float32Array.from([Number.NaN, 0, 0, 0, 0, 0, 0, 1])],
    ['are infinite', Float32Array.from([Number.POSITIVE_INFINITY, 0, 0, 0, 0, 0, 0, 0])],
    ['have another dimension', vectorOf(1, 4)],
  ])('are refused: they %s', async (_, vector) => {
    const index = await open(freshPath(), linesOf(3));
    await expect(index.add([{ id: 'bad', vector }])).rejects.toMatchObject({ code: 'INDEX_DAMAGED' });
    await expect(index.search(vector, 1)).rejects.toMatchObject({ code: 'INDEX_DAMAGED' });
    expect(index.size).toBe(3);
  });
});

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] = bytes[at]! ^ 0xff;
  writeFileSync(path, bytes);
}

function edit(path: string, change: object): void {
  const card = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as object;
  writeFileSync(`${path}.json`, JSON.stringify({ ...card, ...change }));
}
