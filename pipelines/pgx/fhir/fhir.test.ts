import type { Observation } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { loadPgxRules } from '../../engines/pgx-rules/index.ts';
import { readFhir, writeGenomicsReport } from './index.ts';

const report = {
  genes: [
    {
      gene: 'CYP2C19',
      diplotypes: [['*2', '*2']],
      components: [],
      phenotype: ['Poor Metabolizer'],
      activityScore: [],
      lookupKeys: ['Poor Metabolizer'],
      clinicalPhenotype: null,
      callable: true,
      warnings: [],
      source: { kind: 'given' as const },
    },
  ],
  conflicts: [],
  advice: [],
  warfarin: [],
  releases: [],
};

describe('FHIR Genomics Reporting', () => {
  it('writes a bundle in which every reference resolves', () => {
    const bundle = writeGenomicsReport(report, { id: 'p1' as never });
    const urls = new Set((bundle.entry ?? []).map(({ fullUrl }) => fullUrl));
    const references = [...JSON.stringify(bundle).matchAll(/"reference":"([^"]+)"/g)].map((match) => match[1]);
    expect(references.length).toBeGreaterThan(2);
    for (const reference of references) expect(urls).toContain(`http://anamnesis.invalid/fhir/${reference}`);
  });

  it('reads past an observation without a code', () => {
    const broken = { resourceType: 'Observation', status: 'final' } as unknown as Observation;
    expect(() => readFhir(loadPgxRules(), [broken])).not.toThrow();
  });
});
