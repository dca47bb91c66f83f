import { describe, expect, it } from 'vitest';
import type { TokenTagger } from './contracts/token-tagger.ts';
import { loadTerminology } from './engines/terminology/index.ts';
import { annotateText, pipelineRelease } from './ingest-note.ts';

const terminology = loadTerminology('pipelines/rules/terminology/2026.1');
/** A model that has passed over everything. */
const tagger: TokenTagger = {
  release: 'blind/1',
  schemas: ['clinical'],
  tag: () => Promise.resolve({ entities: [], relations: [] }),
};

describe('mentions that only the rules find', () => {
  it('take their flags from the rules of context', async () => {
    const { entities } = await annotateText(
      'He takes no metoprolol 25 mg.',
      { tagger, terminology },
      { readers: 'both' },
    );
    expect(entities[0]).toMatchObject({ label: 'Medication', flags: ['neg'], ruleFlags: ['neg'] });
  });

  it('carry concepts', async () => {
    const { entities } = await annotateText('Labs: Na 138', { tagger, terminology }, { readers: 'both' });
    expect(entities[0]!.concepts).toMatchObject([{ system: 'http://loinc.org' }]);
  });

  it('are left out where only the model is asked', async () => {
    const { entities } = await annotateText('Labs: Na 138', { tagger, terminology });
    expect(entities).toEqual([]);
  });

  it('are signed in the release', () => {
    expect(pipelineRelease({ tagger, terminology })).toContain('added-mentions/1');
  });
});
