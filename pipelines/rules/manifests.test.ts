import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('.', import.meta.url).pathname;
const folders = (path: string): string[] =>
  readdirSync(path).filter((name) => statSync(join(path, name)).isDirectory() && name !== 'build');
const releases = folders(ROOT).flatMap((set) => folders(join(ROOT, set)).map((release) => join(set, release)));

describe('rule sets', () => {
  it.each(releases)('%s has a manifest that names source and licence, and whose hashes hold', (release) => {
    const folder = join(ROOT, release);
    expect(existsSync(join(folder, 'manifest.json'))).toBe(true);
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Record<string, unknown>;
    expect(manifest['licence'] ?? manifest['licences']).toBeTruthy();
    expect(manifest['source'] ?? manifest['sources']).toBeTruthy();
    const listed = manifest['files'] as Record<string, string | { readonly sha256: string }>;
    const present = readdirSync(folder).filter((name) => name !== 'manifest.json');
    expect(Object.keys(listed).toSorted()).toEqual(present.toSorted());
    for (const [name, entry] of Object.entries(listed)) {
      const wanted = typeof entry === 'string' ? entry : entry.sha256;
      expect(
        `${name} ${createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex')}`,
      ).toBe(`${name} ${wanted}`);
    }
  });
});
