import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Runs the command as a user would, apart from npm. */
function extract(input: string, ...args: string[]): Promise<{ code: number | null; output: string; errors: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/cli/extract.ts', ...args], { cwd: ROOT });
  let [output, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  child.stdin.end(input);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output, errors })));
}

interface Line {
  readonly id: string | number;
  readonly entities: readonly {
    readonly id: string;
    readonly start: number;
    readonly end: number;
    readonly label: string;
    readonly score: number;
    readonly flags: readonly string[];
    readonly action: string | null;
    readonly cues?: readonly { readonly flag: string; readonly start: number; readonly end: number }[];
    readonly concepts?: readonly { readonly code: string }[];
  }[];
  readonly relations: readonly { readonly type: string; readonly head: string; readonly tail: string }[];
  readonly sections: readonly { readonly start: number; readonly end: number; readonly category: string }[];
}

const linesOf = (output: string): Line[] =>
  output
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
const TEXT = '😀 Denies chest pain.\r\nStarted apixaban 5 mg BID for AF.\r\nAllergies: penicillin (hives)';

describe('extract', { timeout: 120_000 }, () => {
  it('reads entities, flags with cues, actions, relations, concepts and sections, offsets in UTF-16 code units', async () => {
    const { code, output } = await extract(`${JSON.stringify({ id: 'n1', text: TEXT })}\r\n`);
    const [line] = linesOf(output);
    const of = (words: string) => line!.entities.find(({ start, end }) => TEXT.slice(start, end) === words)!;
    expect(code).toBe(0);
    expect(of('chest pain')).toMatchObject({ label: 'Finding', flags: ['neg'], action: null });
    expect(of('chest pain').cues!.map(({ flag, start, end }) => [flag, TEXT.slice(start, end)])).toEqual([
      ['neg', 'Denies'],
    ]);
    expect(of('apixaban')).toMatchObject({ label: 'Medication', action: 'start', flags: [] });
    expect(of('apixaban').concepts!.map((concept) => concept.code)).toContain('apixaban');
    expect(of('penicillin').action).toBe('allergy');
    expect(line!.relations).toContainEqual(
      expect.objectContaining({ type: 'of', head: of('5 mg').id, tail: of('apixaban').id }),
    );
    const allergies = line!.sections.find(({ category }) => category === 'allergies')!;
    expect(TEXT.slice(allergies.start, allergies.end)).toBe('Allergies: penicillin (hives)');
  });

  it('counts code points for Python, in and out', async () => {
    const entities = [{ id: 'given', start: 9, end: 19, label: 'Finding' }];
    const input = [
      { id: 1, text: TEXT },
      { id: 2, text: TEXT, entities },
    ]
      .map((line) => JSON.stringify(line))
      .join('\n');
    const { output } = await extract(input, '--offsets', 'codepoints');
    const [found, given] = linesOf(output);
    const points = [...TEXT];
    expect(found!.entities.map(({ start, end }) => points.slice(start, end).join(''))).toContain('apixaban');
    expect(given!.entities).toMatchObject([{ ...entities[0], score: 1, flags: ['neg'], action: null }]);
    const [cue] = given!.entities[0]!.cues!;
    expect(points.slice(cue!.start, cue!.end).join('')).toBe('Denies');
    expect(points.slice(given!.sections.at(-1)!.start).join('')).toContain('Allergies');
  });

  it('reads the other label sets of the model', async () => {
    const { code, output } = await extract(
      '{"id":"a","text":"Lithium caused diabetes insipidus."}\n',
      '--schema',
      'bc5cdr',
    );
    expect(code).toBe(0);
    expect(linesOf(output)[0]!.entities.map(({ label }) => label)).toEqual(['Chemical', 'Disease']);
  });

  it('names bad lines, passes them over and exits with 1', async () => {
    const bad = [
      'not json',
      '',
      '{"id":"a"}',
      '{"text":"x"}',
      '[]',
      '{"id":"a","text":"HTN","entities":[{"id":"e","start":0,"end":9,"label":"Condition"}]}',
      '{"id":"a","text":"HTN","entities":[{"id":"e","start":0,"end":"3","label":"Condition"}]}',
    ];
    const { code, output, errors } = await extract([...bad, '{"id":"good","text":""}'].join('\n'));
    expect(errors.trim().split('\n')).toEqual([
      'line 1: not JSON',
      'line 3: "text" is missing',
      'line 4: "id" is missing',
      'line 5: the line is not an object',
      'line 6: an entity lies outside the text',
      'line 7: "end" is not a whole number',
    ]);
    expect(linesOf(output)).toEqual([{ id: 'good', entities: [], relations: [], sections: [] }]);
    expect(code).toBe(1);
  });

  it('explains itself, and refuses what it does not know', async () => {
    const help = await extract('', '--help');
    expect([help.code, help.errors]).toEqual([0, '']);
    expect(help.output).toMatch(/--schema[^]*--offsets[^]*clinical, maccrobat/);
    const unknown = await extract('', '--schema', 'no-such-schema');
    expect(unknown.code).toBe(2);
    expect(unknown.errors).toContain('MODEL_SCHEMA_UNKNOWN');
    expect((await extract('', '--no-such-option')).code).toBe(2);
  });
});
