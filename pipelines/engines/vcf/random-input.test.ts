import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClinicalError } from '../../errors.ts';
import { matchGenes, positionsOfInterest } from '../../pgx/matcher/index.ts';
import { loadPgxRules } from '../pgx-rules/index.ts';
import { readVcf, readVcfText } from './index.ts';

const rules = loadPgxRules();
const wanted = positionsOfInterest(rules);

const VERSION = '##fileformat=VCFv4.2';
const COLUMNS = '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1';
const HEADER = `${VERSION}\n##contig=<ID=chr10,assembly=GRCh38.p14>\n${COLUMNS}\n`;

/** The catalogue code that work ends with; any other failure is passed on and fails the test. */
async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ClinicalError) return error.code;
    throw error;
  }
  return 'none';
}

describe('any text', () => {
  const cell = fc.oneof(
    fc.constantFrom('chr10', '10', 'X', 'chrX', '.', '', 'C', 'T', 'A', '<DEL>', '*', 'N', 'GT', 'GT:AD:PS', 'AD'),
    fc.constantFrom('0/1', '1|0', './.', '.|1', '1', '0/0/1', '9/9', '0/1:3,x:2', '94942290', '94981296', '154532439'),
    fc.string({ maxLength: 8 }),
  );
  const line = fc.array(cell, { maxLength: 14 }).map((cells) => cells.join('\t'));
  const body = fc.array(line, { maxLength: 30 }).map((lines) => lines.join('\n'));

  it('after a good header is read and matched, or refused by the catalogue', async () => {
    await fc.assert(
      fc.asyncProperty(body, async (text) => {
        const code = await codeOf(() => matchGenes(readVcfText(HEADER + text, wanted), rules));
        expect(['none', 'VCF_NO_GENOTYPES']).toContain(code);
      }),
      { numRuns: 300 },
    );
  });

  it('alone is refused by the catalogue', async () => {
    const refused = ['VCF_NOT_VCF', 'VCF_NO_GENOTYPES', 'VCF_SAMPLE_AMBIGUOUS', 'VCF_BUILD_UNSUPPORTED', 'none'];
    const header = fc.constantFrom(
      '',
      `${VERSION}\n`,
      `${COLUMNS}\n`,
      '##x\n',
      '##contig=<ID=\n',
      `${VERSION}\n##=<\n`,
    );
    await fc.assert(
      fc.asyncProperty(header, body, async (start, text) => {
        expect(refused).toContain(await codeOf(() => readVcfText(start + text, wanted)));
      }),
      { numRuns: 300 },
    );
  });

  it('as bytes, whole or compressed, is refused by the catalogue', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      body.map((text) => gzipSync(text)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.nat(200), async (data, cut) => {
        const code = await codeOf(() => readVcf({ bytes: data.subarray(0, cut) }, wanted));
        expect(['VCF_NOT_VCF', 'VCF_TRUNCATED', 'VCF_NO_GENOTYPES']).toContain(code);
      }),
      { numRuns: 200 },
    );
  });
});
