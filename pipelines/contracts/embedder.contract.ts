import { expect, it } from 'vitest';
import type { Embedder } from './embedder.ts';

/** What every embedder must do. Call within a `describe`. @param embedder - Gives the embedder once it is set up. */
export function behavesAsEmbedder(embedder: () => Embedder): void {
  it('gives vectors of the stated dimension and of length 1, whatever the text', async () => {
    for (const vector of await embedder().embed(['chest pain', '', '😀\0\ud83d', 'fever '.repeat(1000)])) {
      expect(vector).toHaveLength(embedder().dimension);
      expect(vector.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 4);
    }
  });

  it('keeps order, and gives a batch what it gives its members one by one', async () => {
    const texts = ['heart attack', 'takes metformin daily', 'no rash'];
    const batch = await embedder().embed(texts);
    for (const [index, text] of texts.entries()) expect(batch[index]).toEqual((await embedder().embed([text]))[0]);
  });

  it('puts a paraphrase nearer than another matter', async () => {
    const [a, b, c] = await embedder().embed(['heart attack', 'myocardial infarction', 'sprained ankle']);
    const cosine = (x: Float32Array, y: Float32Array): number => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
    expect(cosine(a!, b!)).toBeGreaterThan(cosine(a!, c!));
  });

  it('gives nothing for nothing', async () => {
    expect(await embedder().embed([])).toEqual([]);
  });
}
