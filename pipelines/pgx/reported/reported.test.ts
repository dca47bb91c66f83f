import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadPgxRules } from '../../engines/pgx-rules/index.ts';
import manifest from '../../rules/pgx-reading/1/manifest.json' with { type: 'json' };
import alleles from '../../rules/pgx-reading/1/alleles.json' with { type: 'json' };
import { interpretFinding, normalisePhenotypeText, readCall, readFreeText, readOutsideCalls } from './index.ts';

const rules = loadPgxRules();

/** What a text says, one short line a finding: `CYP2D6 *4/*5 Poor Metabolizer`. */
function read(text: string): readonly string[] {
  return readFreeText(rules, text).findings.map((finding) => {
    const result = interpretFinding(rules, finding, 'alleles', { kind: 'given' });
    const alleleNames = finding.alleles?.join('/') ?? '';
    return [finding.gene, alleleNames, result.phenotype.join(' or ')].filter((part) => part !== '').join(' ');
  });
}

describe('a sentence of a note', () => {
  it.each([
    ['CYP2D6 *4/*5, poor metabolizer', 'CYP2D6 *4/*5 Poor Metabolizer'],
    ['CYP2D6: *36+*10/*1', 'CYP2D6 *36 + *10/*1 Normal Metabolizer'],
    ['CYP2D6 (*2x2)/*1', 'CYP2D6 *2x2/*1 Ultrarapid Metabolizer'],
    ['CYP2C19 star 1 / star 17', 'CYP2C19 *1/*17 Rapid Metabolizer'],
    ['CYP2C19 ultra-rapid', 'CYP2C19 Ultrarapid Metabolizer'],
    ['CYP2C19: EM', 'CYP2C19 Normal Metabolizer'],
    ['an activity score 0.5 for CYP2D6', 'CYP2D6 Intermediate Metabolizer'],
    ['TPMT *3A het', 'TPMT *1/*3A Intermediate Metabolizer'],
    ['UGT1A1*28 homozygous', 'UGT1A1 *28/*28 Poor Metabolizer'],
    ['UGT1A1 TA6/TA7', 'UGT1A1 *1/*28 Intermediate Metabolizer'],
    ['DPYD c.1905+1G>A heterozygous', 'DPYD Reference/c.1905+1G>A (*2A) Intermediate Metabolizer'],
    ['DPYD *1/*2A: reduce the dose', 'DPYD Reference/c.1905+1G>A (*2A) Intermediate Metabolizer'],
    ['VKORC1 -1639 A/A', 'VKORC1 rs9923231 variant (T)/rs9923231 variant (T) -1639 AA'],
    ['rs4149056 TC', 'SLCO1B1 *1/*5 Decreased Function'],
    ['SLCO1B1 521TC', 'SLCO1B1 *1/*5 Decreased Function'],
    ['HLA-B*5701 neg', 'HLA-B *57:01 negative'],
    ['HLA-B*57:01: POSITIVE', 'HLA-B *57:01 positive'],
    ['No HLA-B*57:01 allele detected.', 'HLA-B *57:01 negative'],
    ['Abacavir is out: HLA-B*57:01+', 'HLA-B *57:01 positive'],
    ['CYP2D6 *1/*2xN', 'CYP2D6 *1/*2xN Ultrarapid Metabolizer'],
    ['G6PD deficient', 'G6PD Deficient'],
    ['CYP3A5 nonexpressor', 'CYP3A5 Poor Metabolizer'],
    ['NAT2 slow acetylator', 'NAT2 Poor Metabolizer'],
    ['MT-RNR1 A1555G detected', 'MT-RNR1 m.1555A>G increased risk of aminoglycoside-induced hearing loss'],
    ['CFTR F508del/G551D', 'CFTR ivacaftor non-responsive CFTR sequence/G551D ivacaftor responsive in CF patients'],
    ['FVL het', 'F5 wild type/Leiden'],
    ['poor metaboliser of CYP2D6', 'CYP2D6 Poor Metabolizer'],
    ['She is homozygous *2 for CYP2C19.', 'CYP2C19 *2/*2 Poor Metabolizer'],
    ['heterozygous for the *4 allele of CYP2D6', 'CYP2D6 *1/*4 Intermediate Metabolizer'],
    ['two no-function alleles (*4/*5) of CYP2D6', 'CYP2D6 *4/*5 Poor Metabolizer'],
    ['Mother is CYP2C19 *2/*2; patient is *1/*1.', 'CYP2C19 *1/*1 Normal Metabolizer'],
    ['Her sister is CYP2C19 *2/*2 but the patient herself is *1/*2', 'CYP2C19 *1/*2 Intermediate Metabolizer'],
    ['CYP2C19: *1/*2 (previously reported as *2/*2 in error)', 'CYP2C19 *1/*2 Intermediate Metabolizer'],
    [
      'DPYD: c.2846A>T heterozygous; c.1905+1G>A wild type; c.1679T>G wild type',
      'DPYD Reference/c.2846A>T Intermediate Metabolizer',
    ],
    [
      'DPYD: c.1905+1G>A not detected, c.1679T>G not detected, c.2846A>T heterozygous',
      'DPYD Reference/c.2846A>T Intermediate Metabolizer',
    ],
    ['Mother reports that he is a CYP2D6 poor metabolizer', 'CYP2D6 Poor Metabolizer'],
  ])('reads "%s"', (text, expected) => expect(read(text)).toEqual([expected]));

  it.each([
    'Family history: father CYP2D6 poor metabolizer.',
    'Brother tested, CYP2C19 *2/*2.',
    'CYP2D6 poor metabolizer (mother)',
    'Patient is not a CYP2C19 poor metabolizer.',
    'If CYP2C19 poor metabolizer, use prasugrel.',
    'CYP2D6 poor metabolizers should avoid codeine.',
    'HLA-B*15:02 pending',
    'Check HLA-B*57:01 before abacavir.',
    'suspected CYP2D6 poor metabolizer',
    'Bupropion makes her a functional CYP2D6 poor metabolizer.',
    'Bupropion inhibits CYP2D6 as strongly, so the poor metabolizer state goes on.',
    'Tumour sequencing lists CYP2C19 *2/*2.',
    'No known G6PD deficiency',
    'Likely CYP2D6 poor metabolizer given codeine failure.',
    'Consider CYP2D6 testing; if poor metabolizer, switch.',
    'CYP2D6/2C19: PM/NM',
  ])('takes no result from "%s"', (text) => expect(read(text)).toEqual([]));

  it('keeps the place of the words', () => {
    const text = 'Seen today. 😀 PGx: TPMT *1/*3A, NUDT15 *1/*1.';
    const [first] = readFreeText(rules, text).findings;
    expect(text.slice(first!.range!.start, first!.range!.end)).toBe('TPMT *1/*3A');
  });

  it('counts a list that one word closes', () => {
    expect(read('HLA-B*57:01 and HLA-B*58:01 negative')).toEqual(['HLA-B *57:01 negative', 'HLA-B *58:01 negative']);
    expect(read('TPMT and NUDT15 normal metabolizers')).toEqual([
      'TPMT Normal Metabolizer',
      'NUDT15 Normal Metabolizer',
    ]);
  });

  it('says that one allele is not a result', () => {
    const [finding] = readFreeText(rules, 'CYP2C19*2 carrier').findings;
    expect([finding?.partial, finding?.alleles]).toEqual([true, null]);
  });

  it('does not know an allele that the release does not have', () => {
    const [finding] = readFreeText(rules, 'CYP2D6 *1/*999').findings;
    const result = interpretFinding(rules, finding!, 'alleles', { kind: 'given' });
    expect([result.phenotype, result.warnings[0]?.code]).toEqual([['Indeterminate'], 'ALLELE_UNKNOWN']);
  });

  it('says when words and alleles disagree', () => {
    const [finding] = readFreeText(rules, 'CYP2C19 *1/*1 (poor metabolizer)').findings;
    const result = interpretFinding(rules, finding!, 'alleles', { kind: 'given' });
    expect(result.warnings.map((warning) => warning.code)).toEqual(['REPORT_CONTRADICTORY']);
  });

  it.each([
    'The 2021 letter giving CYP2C19 *2/*2 has been marked as superseded.',
    'The outside letter lists CYP2C19 *2/*2; the panel was repeated and supersedes it.',
    'An earlier letter gives CYP2C19 *2/*2. Use the panel result.',
  ])('takes back what "%s" takes back', (text) => {
    const report = readFreeText(rules, text);
    expect([report.findings.length, report.retractions.map((r) => r.lookupAlleles)]).toEqual([0, [['*2', '*2']]]);
  });
});

describe('a report', () => {
  it('with a block for each gene is read line by line', () => {
    expect(read('CYP2C19\n  Genotype: *2/*2\n  Phenotype: Poor metabolizer\nCYP2D6\n  Genotype: *1/*4')).toEqual([
      'CYP2C19 *2/*2 Poor Metabolizer',
      'CYP2D6 *1/*4 Intermediate Metabolizer',
    ]);
  });

  it('of tab-separated calls takes the score before the phenotype before the diplotype', () => {
    const [finding] = readOutsideCalls(rules, 'CYP2C9\t*1/*2\tCYP2C9 Normal Metabolizer\n');
    const result = interpretFinding(rules, finding!, 'words', { kind: 'given' });
    expect([result.phenotype, result.lookupKeys, result.warnings[0]?.code]).toEqual([
      ['Normal Metabolizer'],
      ['2.0'],
      'REPORT_CONTRADICTORY',
    ]);
  });

  it.each([
    ['CYP2D6', '1/4', ['*1', '*4']],
    ['CYP2D6', '*4A/*1', ['*4', '*1']],
    ['CYP2D6', '*1x3/*4', ['*1x≥3', '*4']],
    ['CYP2C19', '*4.001/*1', ['*4', '*1']],
    ['SLCO1B1', '*1B/*15', ['*37', '*15']],
    ['G6PD', 'B (wildtype)/B (wildtype)', ['B (reference)', 'B (reference)']],
    ['HLA-B', 'HLA-B*57:01:01/HLA-B*07:02', ['*57:01', '*07:02']],
    ['TPMT', '*3A het', ['*1', '*3A']],
  ])('gives %s %s as %j', (gene, result, expected) => {
    expect(readCall(rules, gene, result).lookupAlleles).toEqual(expected);
  });
});

it.each([
  ['*57:01 negative', [{ allele: '*57:01', status: 'negative' }]],
  ['57:01 pos', [{ allele: '*57:01', status: 'positive' }]],
])('reads the HLA-B call "%s" as presence, not as a typing', (result, statuses) => {
  const finding = readCall(rules, 'HLA-B', result);
  expect([finding.alleles, finding.statuses]).toEqual([null, statuses]);
});

it.each([
  ['  Normal    Metabolizers', 'Normal Metabolizer'],
  ['Extensive Metabolisers', 'Normal Metabolizer'],
  ['NM   ', 'Normal Metabolizer'],
  ['Likely Normal Metaboliser (NM)', 'Likely Normal Metabolizer'],
  ['foo\t\t bar', 'foo bar'],
])('writes the phenotype "%s" as "%s"', (text, expected) => expect(normalisePhenotypeText(text)).toBe(expected));

describe('the word lists', () => {
  it('name only alleles of the release', () => {
    const targets = Object.entries(alleles.synonyms).flatMap(([gene, pairs]) => pairs.map((pair) => [gene, pair[1]]));
    const unknown = targets.filter(([gene, name]) => rules.genes.get(gene!)?.alleles.has(name!) !== true);
    expect(unknown).toEqual([]);
  });
  it('are those of the manifest', () => {
    for (const [name, hash] of Object.entries(manifest.files)) {
      const file = readFileSync(new URL(`../../rules/pgx-reading/1/${name}`, import.meta.url));
      expect([name, createHash('sha256').update(file).digest('hex')]).toEqual([name, hash]);
    }
  });
});
