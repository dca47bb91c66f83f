import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ClinicalError, ERRORS } from './errors.ts';

const ROOT = new URL('..', import.meta.url).pathname;

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (name === 'node_modules' || name === 'dist') return [];
    if (statSync(path).isDirectory()) return sources(path);
    return /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && !path.endsWith('pipelines/errors.ts') ? [path] : [];
  });
}

describe('the error catalogue', () => {
  const code = ['pipelines', 'server', 'client/src', 'evals'].flatMap((folder) => sources(join(ROOT, folder)));
  const text = code.map((path) => readFileSync(path, 'utf8')).join('\n');

  it.each(Object.keys(ERRORS))('%s is raised somewhere', (name) => {
    expect(text).toMatch(new RegExp(`'${name}'`));
  });

  it('stands in server/README.md, code for code', () => {
    const readme = readFileSync(join(ROOT, 'server/README.md'), 'utf8');
    const documented = [
      ...readme.matchAll(
        /^\| `([A-Z_]+)` +\| (?:invalid|not-found|conflict|forbidden|unsupported|unavailable|defect)/gm,
      ),
    ];
    expect(documented.map((match) => match[1]).toSorted()).toEqual(Object.keys(ERRORS).toSorted());
  });

  it('fills a message from its details, and says what to do', () => {
    const error = new ClinicalError('PORT_IN_USE', { port: 3180 });
    expect(error.message).toBe('Port 3180 is in use.');
    expect(error.remedy).toContain('PORT');
  });
});
