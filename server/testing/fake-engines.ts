import type { Embedder } from '#pipelines/contracts/embedder.ts';
import type { PairRanker } from '#pipelines/contracts/pair-ranker.ts';
import type { TaggedEntity, TokenTagger } from '#pipelines/contracts/token-tagger.ts';
import type { Flag, MedicationAction } from '#pipelines/domain/entity.ts';

interface Known {
  readonly words: RegExp;
  readonly label: string;
  readonly flags?: readonly Flag[];
  readonly action?: MedicationAction;
}

/** What the fake tagger reads, so that tests of the server need no model; the words before a mention set its context. */
const KNOWN: readonly Known[] = [
  { words: /(?<=stopped )(lisinopril|warfarin)/gi, label: 'Medication', action: 'stop' },
  { words: /(?<=started )(lisinopril|warfarin|metoprolol)/gi, label: 'Medication', action: 'start' },
  { words: /(?<=allerg(?:y|ic) to )(penicillin)/gi, label: 'Medication', action: 'allergy' },
  { words: /(?<=denies )(chest pain)/gi, label: 'Finding', flags: ['neg'] },
  { words: /\b(atrial fibrillation|hypertension)\b/gi, label: 'Condition' },
  { words: /\b(dry cough)\b/gi, label: 'Finding' },
  { words: /\b(INR|potassium)\b/g, label: 'Test' },
  { words: /(?<=INR |potassium )(\d+(?:\.\d+)?)/g, label: 'Value' },
];

/** A tagger that knows a handful of phrases. Fails on a note that says so, for tests of failure. */
export const fakeTagger: TokenTagger = {
  release: 'fake-tagger/1',
  schemas: ['clinical'],
  tag: async (text) => {
    if (text.includes('MODEL FAILS HERE')) throw new Error('the fake tagger was told to fail');
    const found = KNOWN.flatMap(({ words, label, flags = [], action = null }) =>
      [...text.matchAll(words)].map((match) => ({
        start: match.index,
        end: match.index + match[0].length,
        label,
        flags,
        action,
      })),
    );
    const entities: TaggedEntity[] = found
      .sort((a, b) => a.start - b.start)
      .map((entity, index) => ({ ...entity, id: `e${index + 1}`, score: 0.9 }));
    const values = entities.filter(({ label }) => label === 'Value');
    const relations = values.flatMap((value) => {
      const test = entities.filter(({ label, end }) => label === 'Test' && end <= value.start).at(-1);
      return test ? [{ type: 'of' as const, head: value.id, tail: test.id, score: 0.9 }] : [];
    });
    return { entities, relations };
  },
};

const DIMENSION = 16;

/** Hashes words into a vector of length 1: equal words, equal direction. */
/** Counts the words of the question that a sentence holds. */
export const fakeRanker: PairRanker = {
  release: 'fake-ranker/1',
  score: async (question, sentences) => {
    const words = new Set(question.toLowerCase().match(/[a-z0-9]+/g) ?? []);
    return sentences.map(
      (sentence) => (sentence.toLowerCase().match(/[a-z0-9]+/g) ?? []).filter((w) => words.has(w)).length,
    );
  },
};

export const fakeEmbedder: Embedder = {
  release: 'fake-embedder/1',
  dimension: DIMENSION,
  embed: async (texts) => texts.map(vectorOf),
};

function vectorOf(text: string): Float32Array {
  const vector = new Float32Array(DIMENSION);
  for (const word of text.toLowerCase().match(/[a-z0-9]+/g) ?? []) {
    let hash = 7;
    for (const letter of word) hash = (hash * 31 + letter.charCodeAt(0)) >>> 0;
    vector[hash % DIMENSION]! += 1;
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}
