import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** What stands beside the index file: hnswlib itself accepts files of another dimension and some damaged ones. */
export interface IndexCard {
  readonly format: 1;
  /** What the vectors are of: releases of pipeline and embedder. An index of another key is stale. */
  readonly key: string;
  readonly dimension: number;
  /** Points in the file, deleted ones too. */
  readonly count: number;
  /** Lower-case hexadecimal SHA-256 of the index file. */
  readonly sha256: string;
  /** Id of each label; null for a deleted point. */
  readonly ids: readonly (string | null)[];
}

/** Why an index could not be taken as it is. */
export type IndexFault = 'missing' | 'stale' | 'damaged';

/** Path of the card that belongs to an index file. */
export const cardPath = (path: string): string => `${path}.json`;

/**
 * Checks an index file against its card before hnswlib sees it.
 *
 * @returns The card, or why the index has to be built anew.
 */
export function checkIndexFile(
  path: string,
  expected: { readonly key: string; readonly dimension: number },
): IndexCard | IndexFault {
  if (!existsSync(path) || !existsSync(cardPath(path))) return 'missing';
  const card = readCard(cardPath(path));
  if (card === null || card.format !== 1 || card.ids.length !== card.count) return 'damaged';
  if (card.key !== expected.key) return 'stale';
  if (card.dimension !== expected.dimension) return 'damaged';
  return hashOf(path) === card.sha256 ? card : 'damaged';
}

/** Puts the file that was written to `temporary` in place, with its card: a crash in between leaves a pair that does not match. */
export function publishIndexFile(temporary: string, path: string, card: Omit<IndexCard, 'sha256' | 'format'>): void {
  const whole: IndexCard = { format: 1, ...card, sha256: hashOf(temporary) };
  const temporaryCard = `${temporary}.json`;
  writeFileSync(temporaryCard, JSON.stringify(whole));
  for (const file of [temporary, temporaryCard]) flush(file);
  renameSync(temporary, path);
  renameSync(temporaryCard, cardPath(path));
}

function readCard(path: string): IndexCard | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as IndexCard;
  } catch {
    return null;
  }
}

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

function flush(path: string): void {
  const file = openSync(path, 'r');
  fsyncSync(file);
  closeSync(file);
}
