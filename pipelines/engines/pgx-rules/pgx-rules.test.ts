import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CURRENT_PGX_RULES, loadPgxRules } from './index.ts';

const rules = loadPgxRules();
const folder = mkdtempSync(join(tmpdir(), 'pgx-rules-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the shipped pharmacogenomic rules', () => {
  it('hold what their sources hold: nineteen genes from VCF, 2,115 CPIC rows, 529 DPWG rows, 124 FDA rows', () => {
    const callable = [...rules.genes.values()].filter(({ callableFromVcf }) => callableFromVcf);
    expect(callable).toHaveLength(19);
    expect(rules.cpic).toHaveLength(2115);
    expect(rules.dpwg).toHaveLength(529);
    expect(rules.fda.rows).toHaveLength(124);
    expect([...rules.warfarin.keys()]).toHaveLength(4);
    expect(rules.genes.get('NAT2')?.calling.tiePicks).toHaveLength(29);
  });

  it('name only positions that exist and reference bases that are bases', () => {
    for (const gene of rules.genes.values()) {
      expect(gene.positions.every(({ ref, alts }) => [ref, ...alts].every((base) => /^[ACGT]+$/.test(base)))).toBe(
        true,
      );
      expect(gene.positions.map(({ pos }) => pos)).toEqual(gene.positions.map(({ pos }) => pos).sort((a, b) => a - b));
      for (const { variants } of gene.alleles.values()) {
        expect((variants ?? []).every(([index]) => index < gene.positions.length)).toBe(true);
      }
    }
  });

  it('give every CPIC row a guideline and every diplotype key two known functions', () => {
    expect(rules.cpic.filter(({ guidelineId }) => !rules.cpicGuidelines.has(guidelineId))).toEqual([]);
    for (const gene of rules.genes.values()) {
      const functions = new Set([...gene.alleles.values()].map((allele) => allele.function));
      const keys = [...gene.phenotypes.keys()].flatMap((key) => key.split('|'));
      expect(keys.filter((name) => !functions.has(name))).toEqual([]);
    }
  });

  it('carry no wording of the Dutch guideline, only flags and keys', () => {
    const stored = JSON.parse(readFileSync(join(CURRENT_PGX_RULES, 'dpwg.json'), 'utf8')) as { rows: unknown[][] };
    const words = stored.rows.flat().filter((cell) => typeof cell === 'string' && cell.split(' ').length > 6);
    expect(words).toEqual([]);
  });

  it('are refused where a file differs from the manifest, or is missing', () => {
    const copy = join(folder, 'release');
    cpSync(CURRENT_PGX_RULES, copy, { recursive: true });
    expect(loadPgxRules(copy).release).toBe(rules.release);
    appendFileSync(join(copy, 'fda.json'), ' ');
    expect(() => loadPgxRules(copy)).toThrowError(expect.objectContaining({ code: 'RULES_DAMAGED' }));
    expect(() => loadPgxRules(join(folder, 'absent'))).toThrowError(expect.objectContaining({ code: 'RULES_DAMAGED' }));
  });
});
