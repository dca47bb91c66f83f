import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ClinicalError } from '#pipelines/errors.ts';
import { BadLine, runJsonLines } from './json-lines.ts';

async function run(chunks: readonly (string | Buffer)[], handle: (value: unknown) => Promise<unknown>) {
  const [output, errors] = [new PassThrough(), new PassThrough()];
  const input = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  const code = await runJsonLines({ input, output, errors, concurrency: 3, handle });
  return { code, output: String(output.read() ?? ''), errors: String(errors.read() ?? '') };
}

const echo = (value: unknown): Promise<unknown> => Promise.resolve(value);

describe('runJsonLines', () => {
  it('writes one line for each line, in order, however long each takes', async () => {
    const slowFirst = async (value: unknown): Promise<unknown> => {
      await new Promise((resolve) => setTimeout(resolve, value === 1 ? 20 : 0));
      return { value };
    };
    const { code, output } = await run(['1\n2\n', '3\n4\n5'], slowFirst);
    expect(output).toBe('{"value":1}\n{"value":2}\n{"value":3}\n{"value":4}\n{"value":5}\n');
    expect(code).toBe(0);
  });

  it('reads lines cut anywhere between chunks, with CR LF, blank lines and a byte order mark', async () => {
    const bytes = Buffer.from('\ufeff"é😀"\r\n\r\n  \n"b"\n');
    const { code, output, errors } = await run(
      [...bytes].map((byte) => Buffer.of(byte)),
      echo,
    );
    expect(output).toBe('"é😀"\n"b"\n');
    expect([code, errors]).toEqual([0, '']);
  });

  it('names bad lines by number, counting blank ones, and passes them over', async () => {
    const handle = (value: unknown): Promise<unknown> => {
      if (value === 'bad') return Promise.reject(new BadLine('"text" is missing'));
      if (value === 'known') return Promise.reject(new ClinicalError('NOTE_EMPTY'));
      return value === 'bug' ? Promise.reject(new Error('secret')) : echo(value);
    };
    const lines = ['{', '', '"bad"', '"good"', '"bug"', '"known"'].join('\n');
    const { code, output, errors } = await run([lines], handle);
    expect(output).toBe('"good"\n');
    expect(errors.split('\n')).toEqual([
      'line 1: not JSON',
      'line 3: "text" is missing',
      'line 5: failed inside (INTERNAL)',
      expect.stringContaining('line 6: The note has no text.'),
      '',
    ]);
    expect(code).toBe(1);
  });

  it('spoils one line alone by a broken encoding', async () => {
    const { code, output, errors } = await run([Buffer.of(34, 0xff, 34, 10), '"ok"\n'], echo);
    expect([code, output, errors]).toEqual([1, '"ok"\n', 'line 1: not valid UTF-8\n']);
  });
});
