/**
 * Builds the client when its sources differ from those of the last build, and does nothing otherwise (`prestart`).
 * Compares contents, not times, so that a fresh copy of the repository behaves like the original.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CLIENT = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(CLIENT);
const STAMP = join(CLIENT, 'dist', '.stamp');
const SOURCES = [
  'client/src',
  'client/public',
  'client/index.html',
  'client/vite.config.ts',
  'pipelines/domain',
  'server/contract',
  'package-lock.json',
];

/** Every file below a path that ends up in the build, in a fixed order; tests are left out. */
export function sourceFiles(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? sourceFiles(join(path, entry.name)) : [join(path, entry.name)]))
    .filter((file) => !/\.test\.tsx?$/.test(file));
}

/** One hash of names and contents of all sources. */
export function sourceHash(paths: readonly string[], root: string): string {
  const hash = createHash('sha256');
  for (const file of paths.flatMap((path) => sourceFiles(join(root, path)))) {
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

async function main(): Promise<void> {
  const hash = sourceHash(SOURCES, ROOT);
  const built = existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash;
  if (built) {
    process.stdout.write('client: up to date\n');
    return;
  }
  process.stdout.write('client: building…');
  const { build } = await import('vite');
  await build({ configFile: join(CLIENT, 'vite.config.ts'), logLevel: 'warn' });
  writeFileSync(STAMP, hash);
  process.stdout.write(' done\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
