import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { PROJECT_ROOT } from '../config.ts';

const ROOT = join(PROJECT_ROOT, 'corpora/charts');

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [relative(ROOT, path)];
  });
}

it('the demo charts are those of the manifest: every file, to the byte', () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'manifest.json'), 'utf8')) as { files: number; sha256: string };
  const files = filesBelow(ROOT)
    .filter((path) => path !== 'manifest.json')
    .sort();
  const hash = createHash('sha256');
  for (const path of files) hash.update(`${path}\0`).update(readFileSync(join(ROOT, path)));
  expect(files).toHaveLength(manifest.files);
  expect(hash.digest('hex')).toBe(manifest.sha256);
});
