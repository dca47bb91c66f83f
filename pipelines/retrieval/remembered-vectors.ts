import type { Embedder } from '#pipelines/contracts/embedder.ts';

/** Vectors kept by default: of 384 dimensions, 15 MB. */
const KEPT = 10_000;

/**
 * An embedder that keeps the vectors of the texts it saw last, for texts that recur: the same few thousand event lines make up
 * most charts.
 */
export function rememberVectors(embedder: Embedder, kept = KEPT): Embedder {
  /** Least recently used first. */
  const known = new Map<string, Promise<Float32Array>>();
  const recall = (text: string): Promise<Float32Array> | undefined => {
    const vector = known.get(text);
    if (vector === undefined) return undefined;
    known.delete(text);
    known.set(text, vector);
    return vector;
  };
  const learn = (texts: readonly string[]): void => {
    const made = embedder.embed(texts);
    texts.forEach((text, index) => {
      const vector = made.then((vectors) => vectors[index]!);
      known.set(text, vector);
      vector.catch(() => known.get(text) === vector && known.delete(text));
    });
  };
  return {
    release: embedder.release,
    dimension: embedder.dimension,
    embed: async (texts) => {
      const missing = [...new Set(texts)].filter((text) => recall(text) === undefined);
      if (missing.length > 0) learn(missing);
      const vectors = texts.map((text) => known.get(text)!);
      for (const oldest of known.keys()) {
        if (known.size <= kept) break;
        known.delete(oldest);
      }
      return Promise.all(vectors);
    },
  };
}
