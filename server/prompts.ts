import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_ROOT } from './config.ts';

export interface LoadedPrompt {
  /** `draft-claims/1`. */
  readonly id: string;
  readonly text: string;
  /** Of the whole file. */
  readonly sha256: string;
}

/** Reads a prompt of a version; what stands before the second `---` is about it, not of it. */
export async function loadPrompt(id: string): Promise<LoadedPrompt> {
  const file = await readFile(join(PROJECT_ROOT, 'prompts', `${id}.md`), 'utf8');
  const text = file.replace(/^---\n[\s\S]*?\n---\n/, '').trim();
  return { id, text, sha256: createHash('sha256').update(file).digest('hex') };
}
