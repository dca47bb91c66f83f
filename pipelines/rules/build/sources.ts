import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Where the open data of the project's makers lies; only this script, training and evals read it. */
const ROOTS = ['.data/data', '../shared/data'] as const;

/** Path of a source file, looked for in the unpacked tree first. @throws Error naming the file that is not there */
export function sourcePath(name: string): string {
  const found = ROOTS.map((root) => join(root, name)).find((path) => existsSync(path));
  if (found === undefined) {
    throw new Error(`Source ${name} is not there. Lay the archives out with ../shared/unpack.sh .data first.`);
  }
  return found;
}

/** Text of a source file; a name that ends in `.gz` is unpacked. */
export function readSource(name: string): string {
  const bytes = readFileSync(sourcePath(name));
  return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** Rows of a tab-separated text with a header line, as records; cells lose surrounding double quotes. */
export function tsvRecords(text: string): Record<string, string>[] {
  const [header = '', ...lines] = text.split(/\r?\n/).filter((line) => line !== '');
  const names = header.split('\t');
  return lines.map((line) => {
    const cells = line.split('\t');
    return Object.fromEntries(names.map((name, index) => [name, unquote(cells[index] ?? '')]));
  });
}

function unquote(cell: string): string {
  return cell.length > 1 && cell.startsWith('"') && cell.endsWith('"') ? cell.slice(1, -1) : cell;
}

/** A tab-separated text with a header line. Cells must hold no tab and no line break. */
export function toTsv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, ...rows].map((row) => row.map((cell) => cell.replace(/\s+/g, ' ')).join('\t')).join('\n') + '\n';
}
