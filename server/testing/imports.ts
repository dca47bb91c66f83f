import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { PROJECT_ROOT } from '../config.ts';

export interface SourceFile {
  /** From the project's root. */
  readonly path: string;
  readonly text: string;
  /** Files of the project that it imports, from the root. */
  readonly imports: readonly string[];
  /** Packages that it imports. */
  readonly packages: readonly string[];
}

const FOLDERS = ['pipelines', 'server', 'client', 'evals'];
const SKIPPED = new Set(['node_modules', 'dist', 'models', 'training', 'data']);
const IMPORT = /(?:^|[\s;])(?:import|export)\s(?:[^'"`;]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;

/** Every TypeScript file of the project with what it imports, statically or lazily. */
export function sourceFiles(): readonly SourceFile[] {
  return FOLDERS.flatMap((folder) => filesBelow(join(PROJECT_ROOT, folder))).map((file) => {
    const path = relative(PROJECT_ROOT, file);
    const text = readFileSync(file, 'utf8');
    const named = [...withoutComments(text).matchAll(IMPORT)].map((match) => match[1] ?? match[2]!);
    const inProject = named.map((name) => resolveImport(path, name)).filter((name) => name !== null);
    return { path, text, imports: [...new Set(inProject)], packages: named.filter((name) => !/^[.#]/.test(name)) };
  });
}

/** Source without its comments; strings that hold `//` are kept. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[\s;{}(,])\/\/[^\n]*/g, '$1');
}

/** Loops in the imports, each as the files that it passes. */
export function importCycles(files: readonly SourceFile[]): readonly string[] {
  const importsOf = new Map(files.map((file) => [file.path, file.imports]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) cycles.push([...trail.slice(at), path].join(' -> '));
    if (at >= 0 || done.has(path)) return;
    for (const next of importsOf.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const file of files) visit(file.path, []);
  return cycles;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : filesBelow(join(folder, entry.name));
    return /\.tsx?$/.test(entry.name) ? [join(folder, entry.name)] : [];
  });
}

function resolveImport(from: string, name: string): string | null {
  if (name.startsWith('#')) return normalize(name.slice(1));
  return name.startsWith('.') ? normalize(join(dirname(from), name)) : null;
}
