import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes the hashes of every rule set's files into its manifest; source, licence and release stay as they are. Run after
 * editing rules by hand (`npm run rules:sign`), so that a reviewer sees rule and hash change together.
 */
function sign(folder: string): void {
  const path = join(folder, 'manifest.json');
  if (!existsSync(path)) throw new Error(`${folder} has no manifest.json: write one with source, licence and release`);
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  const before = (manifest['files'] ?? {}) as Record<string, string | Record<string, unknown>>;
  const names = readdirSync(folder)
    .filter((name) => name !== 'manifest.json')
    .toSorted();
  const files = Object.fromEntries(
    names.map((name) => {
      const sha256 = createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex');
      const entry = before[name];
      return [name, typeof entry === 'object' ? { ...entry, sha256 } : sha256];
    }),
  );
  const sorted = Object.fromEntries(Object.entries(before).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  if (JSON.stringify(sorted) === JSON.stringify(files)) return; // leaves the order that a builder gave it
  writeFileSync(path, `${JSON.stringify({ ...manifest, files }, null, 2)}\n`);
}

const root = new URL('.', import.meta.url).pathname;
const folders = (path: string): string[] =>
  readdirSync(path).filter((name) => statSync(join(path, name)).isDirectory() && name !== 'build');
for (const set of folders(root)) for (const release of folders(join(root, set))) sign(join(root, set, release));
