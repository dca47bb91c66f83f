import { describe, expect, it } from 'vitest';
import type { TaggedEntity, TokenTagger } from './contracts/token-tagger.ts';
import { loadTerminology } from './engines/terminology/index.ts';
import { annotateText, pipelineRelease } from './ingest-note.ts';

const terminology = loadTerminology('pipelines/rules/terminology/2026.1');
/** A model that finds what it is told to. */
const taggerOf = (...entities: TaggedEntity[]): TokenTagger => ({
  release: 'told/1',
  schemas: ['clinical'],
  tag: () => Promise.resolve({ entities, relations: [] }),
});
const blind = taggerOf();

describe('mentions that only the rules find', () => {
  it('are added with both readers, and left out where only the model is asked', async () => {
    const text = 'Result: CYP2D6 *4/*4.';
    const both = await annotateText(text, { tagger: blind, terminology }, { readers: 'both' });
    expect(both.entities.map(({ label, start, end }) => [label, text.slice(start, end)])).toEqual([
      ['Genotype', 'CYP2D6 *4/*4'],
    ]);
    expect((await annotateText(text, { tagger: blind, terminology })).entities).toEqual([]);
  });

  it('are signed in the release', () => {
    expect(pipelineRelease({ tagger: blind, terminology })).toContain('genotype-mentions/1');
  });
});

describe('mentions of the model', () => {
  const drug: TaggedEntity = { id: 'e1', label: 'Medication', start: 12, end: 22, score: 1, flags: [], action: null };

  it('carry the reading of the rules beside their own flags', async () => {
    const { entities } = await annotateText('He takes no metoprolol.', { tagger: taggerOf(drug), terminology });
    expect(entities[0]).toMatchObject({ flags: [], ruleFlags: ['neg'] });
  });

  it('carry the concepts of the terminology, and none without one', async () => {
    const engines = { tagger: taggerOf(drug) };
    const grounded = await annotateText('He takes no metoprolol.', { ...engines, terminology });
    expect(grounded.entities[0]!.concepts![0]).toMatchObject({ code: 'metoprolol' });
    expect((await annotateText('He takes no metoprolol.', engines)).entities[0]!.concepts).toBeUndefined();
  });
});
