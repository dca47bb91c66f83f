import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { ClinicalError } from '../../errors.ts';
import { positionsOfInterest } from '../../pgx/matcher/index.ts';
import { loadPgxRules } from '../pgx-rules/index.ts';
import { readVcf, readVcfSamples, readVcfText } from './index.ts';

const rules = loadPgxRules();
const wanted = positionsOfInterest(rules);
const folder = mkdtempSync(join(tmpdir(), 'vcf-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const VERSION = '##fileformat=VCFv4.2';
const CONTIG_38 = '##contig=<ID=chr10,assembly=GRCh38.p14>';
const columns = (...samples: string[]): string =>
  ['#CHROM', 'POS', 'ID', 'REF', 'ALT', 'QUAL', 'FILTER', 'INFO', 'FORMAT', ...samples].join('\t');
/** CYP2C9 *2 and *3. */
const rows = (...genotypes: string[]): string[] => [
  ['chr10', 94942290, 'rs1799853', 'C', 'T', '.', 'PASS', '.', 'GT', ...genotypes].join('\t'),
  [
    'chr10',
    94981296,
    'rs1057910',
    'A',
    'C',
    '.',
    'PASS',
    '.',
    'GT:PS:AD',
    ...genotypes.map((gt) => `${gt}:7:3,4`),
  ].join('\t'),
];
const vcf = (...lines: string[]): string => `${lines.join('\n')}\n`;
const good = vcf(VERSION, CONTIG_38, columns('S1'), ...rows('0/1'));

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof ClinicalError) return error.code;
    throw error;
  }
  return 'none';
}

async function codeOfAsync(run: () => Promise<unknown>): Promise<string> {
  return run().then(
    () => 'none',
    (error: unknown) => {
      if (error instanceof ClinicalError) return error.code;
      throw error;
    },
  );
}

/** A bgzip file: gzip members that carry their size in an extra field, and an empty one at the end. */
function bgzip(text: string, withEnd = true): Buffer {
  const blocks = [text.slice(0, 100), text.slice(100)].map((part) => {
    const plain = gzipSync(Buffer.from(part));
    const block = Buffer.concat([
      Buffer.from([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff, 6, 0, 0x42, 0x43, 2, 0, 0, 0]),
      plain.subarray(10),
    ]);
    block.writeUInt16LE(block.length - 1, 16);
    return block;
  });
  const end = Buffer.from('1f8b08040000000000ff0600424302001b0003000000000000000000', 'hex');
  return Buffer.concat(withEnd ? [...blocks, end] : blocks);
}

describe('a VCF', () => {
  it('gives the rows at positions of interest, with genotype, phase set and depths', () => {
    const sample = readVcfText(good, wanted);
    expect(sample.sample).toBe('S1');
    expect(sample.rows).toEqual([
      { chrom: 'chr10', pos: 94942290, id: 'rs1799853', ref: 'C', alts: ['T'], gt: '0/1', ps: null, ad: null },
      { chrom: 'chr10', pos: 94981296, id: 'rs1057910', ref: 'A', alts: ['C'], gt: '0/1', ps: '7', ad: '3,4' },
    ]);
  });

  it('leaves out rows at other positions and on other contigs', () => {
    const other = ['chr10\t5\t.\tA\tC\t.\t.\t.\tGT\t0/1', 'chrUn_1\t94942290\t.\tC\tT\t.\t.\t.\tGT\t0/1'];
    expect(readVcfText(good + vcf(...other), wanted).rows).toHaveLength(2);
  });

  it.each(['10', 'chr10', 'CHR10'])('may name the chromosome %s', (name) => {
    expect(readVcfText(good.replaceAll('\nchr10\t', `\n${name}\t`), wanted).rows).toHaveLength(2);
  });

  it('may end its lines with CR LF, start with a byte order mark, or lack the last line end', () => {
    for (const text of [good.replaceAll('\n', '\r\n'), `\ufeff${good}`, good.trimEnd()]) {
      expect(readVcfText(text, wanted).rows).toHaveLength(2);
    }
  });

  it.each([
    ['text', { text: good }],
    ['bytes', { bytes: Buffer.from(good) }],
    ['gzip', { bytes: gzipSync(good) }],
    ['bgzip', { bytes: bgzip(good) }],
    ['several gzip members', { bytes: Buffer.concat([gzipSync(good.slice(0, 80)), gzipSync(good.slice(80))]) }],
  ])('may come as %s', async (_, source) => {
    expect((await readVcf(source, wanted)).rows).toHaveLength(2);
  });

  it.each([
    ['plain.vcf', Buffer.from(good)],
    ['named-otherwise.txt', gzipSync(good)],
    ['block.vcf.gz', bgzip(good)],
  ])('may be the file %s', async (name, bytes) => {
    writeFileSync(join(folder, name), bytes);
    expect((await readVcf({ path: join(folder, name) }, wanted)).rows).toHaveLength(2);
  });

  it('may arrive byte by byte', async () => {
    async function* bytes(): AsyncGenerator<Uint8Array> {
      for (const byte of Buffer.from(good)) yield Uint8Array.of(byte);
    }
    expect((await readVcf({ stream: bytes() }, wanted)).rows).toHaveLength(2);
  });
});

describe('samples', () => {
  const two = vcf(VERSION, CONTIG_38, columns('Zoë', 'S2'), ...rows('0/1', '1/1'));

  it('are chosen by name', async () => {
    expect(readVcfText(two, wanted, { sample: 'S2' }).rows[0]?.gt).toBe('1/1');
    expect((await readVcf({ bytes: Buffer.from(two) }, wanted, { sample: 'Zoë' })).rows[0]?.gt).toBe('0/1');
  });
  it('may all be read at once', async () => {
    const samples = await readVcfSamples({ text: two }, wanted);
    expect(samples.map(({ sample, rows: [row] }) => [sample, row?.gt])).toEqual([
      ['Zoë', '0/1'],
      ['S2', '1/1'],
    ]);
  });
  it('must be chosen where there are several, and must be there', () => {
    expect(codeOf(() => readVcfText(two, wanted))).toBe('VCF_SAMPLE_AMBIGUOUS');
    expect(codeOf(() => readVcfText(two, wanted, { sample: 'S3' }))).toBe('VCF_SAMPLE_UNKNOWN');
  });
});

describe('what is not usable', () => {
  it.each([
    ['', 'empty'],
    ['CYP2C19\t*1/*2\n', 'a report'],
    ['chr10\t94942290\trs1799853\tC\tT\t.\t.\t.\tGT\t0/1\n', 'rows without a header'],
    [vcf(VERSION), 'a header without column names'],
    [vcf(VERSION, columns('S1').replaceAll('\t', '  ')), 'columns between spaces'],
  ])('%j is refused as no VCF', (text) => {
    expect(codeOf(() => readVcfText(text, wanted))).toBe('VCF_NOT_VCF');
  });

  it('binary files and damaged compression are refused as no VCF', async () => {
    const damaged = gzipSync(good);
    damaged.fill(0x55, 20, 60);
    for (const bytes of [Buffer.from('BCF\u0002\u0002\u0000\u0000'), damaged]) {
      expect(await codeOfAsync(() => readVcf({ bytes }, wanted))).toBe('VCF_NOT_VCF');
    }
    expect(await codeOfAsync(() => readVcf({ path: join(folder, 'absent.vcf') }, wanted))).toBe('VCF_NOT_VCF');
  });

  it('a compressed file that ends early is refused, also where it ends between blocks', async () => {
    for (const bytes of [gzipSync(good).subarray(0, -20), bgzip(good, false)]) {
      expect(await codeOfAsync(() => readVcf({ bytes }, wanted))).toBe('VCF_TRUNCATED');
      writeFileSync(join(folder, 'cut.vcf.gz'), bytes);
      expect(await codeOfAsync(() => readVcf({ path: join(folder, 'cut.vcf.gz') }, wanted))).toBe('VCF_TRUNCATED');
    }
  });

  it('a file without samples or without GT has no genotypes', () => {
    const sites = vcf(VERSION, columns().replace('\tFORMAT', ''), 'chr10\t94942290\t.\tC\tT\t.\t.\t.');
    expect(codeOf(() => readVcfText(sites, wanted))).toBe('VCF_NO_GENOTYPES');
    const noGt = vcf(VERSION, columns('S1'), 'chr10\t94942290\t.\tC\tT\t.\t.\t.\tDP\t31');
    expect(codeOf(() => readVcfText(noGt, wanted))).toBe('VCF_NO_GENOTYPES');
  });
});

describe('another genome build', () => {
  it.each([
    '##contig=<ID=10,length=135534747>',
    '##contig=<ID=chr10,assembly=hg19>',
    '##contig=<ID=chr10,length=135534747,assembly=GRCh38>',
    '##reference=file:///ref/human_g1k_v37.fasta',
    '##reference=GRCh37',
  ])('is refused by its header: %s', (line) => {
    const text = vcf(VERSION, line, columns('S1'), ...rows('0/1'));
    expect(codeOf(() => readVcfText(text, wanted))).toBe('VCF_BUILD_UNSUPPORTED');
  });

  it('GRCh38 by any of its names is read', () => {
    const names = [
      '##contig=<ID=chr10,length=133797422>',
      '##contig=<ID=chr10,assembly=hg38>',
      '##reference=hs38DH.fa',
    ];
    for (const line of names) {
      expect(readVcfText(vcf(VERSION, line, columns('S1'), ...rows('0/1')), wanted).rows).toHaveLength(2);
    }
  });

  it('is refused by rs numbers at other places where the header is silent', () => {
    const grch37 = [
      ['rs4244285', 96541616],
      ['rs4986893', 96540410],
      ['rs12248560', 96521657],
      ['rs1799853', 96702047],
      ['rs1057910', 96741053],
    ].map(([id, pos]) => `10\t${String(pos)}\t${String(id)}\tC\tT\t.\t.\t.\tGT\t0/1`);
    expect(codeOf(() => readVcfText(vcf(VERSION, columns('S1'), ...grch37), wanted))).toBe('VCF_BUILD_UNSUPPORTED');
  });

  it('is refused by many reference bases that disagree, but not by one', () => {
    const positions = [...(wanted.byChrom.get('chr19') ?? [])].filter(([, ref]) => ref.length === 1).slice(0, 8);
    const wrong = positions.map(
      ([pos, ref]) => `19\t${String(pos)}\t.\t${ref === 'A' ? 'C' : 'A'}\tT\t.\t.\t.\tGT\t0/0`,
    );
    const right = positions.slice(1).map(([pos, ref]) => `19\t${String(pos)}\t.\t${ref}\t.\t.\t.\t.\tGT\t0/0`);
    expect(codeOf(() => readVcfText(vcf(VERSION, columns('S1'), ...wrong), wanted))).toBe('VCF_BUILD_UNSUPPORTED');
    expect(codeOf(() => readVcfText(vcf(VERSION, columns('S1'), wrong[0] ?? '', ...right), wanted))).toBe('none');
  });
});

describe('a header that states GRCh38 over rows of another build', () => {
  it('is not believed against many reference bases', () => {
    const wrong = [...(wanted.byChrom.get('chr10') ?? [])]
      .filter(([, ref]) => ref.length === 1)
      .map(([pos, ref]) => `chr10\t${String(pos)}\t.\t${ref === 'A' ? 'C' : 'A'}\tT\t.\t.\t.\tGT\t0/0`);
    expect(codeOf(() => readVcfText(vcf(VERSION, CONTIG_38, columns('S1'), ...wrong), wanted))).toBe(
      'VCF_BUILD_UNSUPPORTED',
    );
    const few = vcf(VERSION, CONTIG_38, columns('S1'), ...wrong.slice(0, 5));
    expect(codeOf(() => readVcfText(few, wanted))).toBe('none');
  });
});

describe('depths', () => {
  it('are used unless the header declares them otherwise than one for each allele', () => {
    const declared = (number: string): string =>
      vcf(VERSION, `##FORMAT=<ID=AD,Number=${number},Type=Integer,Description="d">`, columns('S1'), ...rows('0/1'));
    expect(readVcfText(good, wanted).allelicDepthUsable).toBe(true);
    expect(readVcfText(declared('R'), wanted).allelicDepthUsable).toBe(true);
    expect(readVcfText(declared('.'), wanted).allelicDepthUsable).toBe(false);
  });
});
