import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Embedder } from '#pipelines/contracts/embedder.ts';
import type { Terminology } from '#pipelines/contracts/terminology.ts';
import type { PairRanker } from '#pipelines/contracts/pair-ranker.ts';
import type { TaggedText, TokenTagger } from '#pipelines/contracts/token-tagger.ts';
import type { AnnotatedNote } from '#pipelines/domain/annotated-note.ts';
import type { Note } from '#pipelines/domain/note.ts';
import { createModels } from '#pipelines/engines/transformers/index.ts';
import { annotateNote } from '#pipelines/ingest-note.ts';

const MODELS = new URL('../pipelines/models/', import.meta.url).pathname;
const CACHE = new URL('../.cache/', import.meta.url).pathname;

const EXTRACTOR = 'clinical-extractor/1';
const EMBEDDER = 'clinical-embedder/1';
const RANKER = 'pair-ranker/3';

export interface CachedModels {
  readonly tagger: TokenTagger;
  readonly embedder: Embedder;
  readonly ranker: PairRanker;
  close(): Promise<void>;
}

/**
 * The product's models behind a cache on disk, keyed by release and text: only what the models return is kept, so that
 * changed rules always run anew and a second evaluation takes seconds.
 */
export async function cachedModels(): Promise<CachedModels> {
  let started: ReturnType<typeof startModels> | null = null;
  const models = (): ReturnType<typeof startModels> => (started ??= startModels());
  return {
    tagger: cachedTagger(EXTRACTOR, async (text, options) => (await models()).tagger.tag(text, options)),
    embedder: cachedEmbedder(EMBEDDER, async (texts) => (await models()).embedder.embed(texts)),
    ranker: cachedRanker(RANKER, async (question, texts) => (await models()).ranker.score(question, texts)),
    close: async () => (started === null ? undefined : (await started).close()),
  };
}

/** Only where the cache misses: a run that finds everything loads no model. */
function startModels(): ReturnType<typeof createModels> {
  return createModels({
    extractorDir: join(MODELS, EXTRACTOR),
    embedderDir: join(MODELS, EMBEDDER),
    rankerDir: join(MODELS, RANKER),
  });
}

/** Reads notes through the product's own flow, with the models' part cached. Order kept. */
export async function annotatedNotes(
  notes: readonly Note[],
  engines: { readonly models: CachedModels; readonly terminology?: Terminology },
  log: (line: string) => void = () => undefined,
): Promise<readonly AnnotatedNote[]> {
  const { models, terminology } = engines;
  const reading = { tagger: models.tagger, ...(terminology === undefined ? {} : { terminology }) };
  let done = 0;
  return Promise.all(
    notes.map(async (note) => {
      const annotated = await annotateNote(note, reading);
      done += 1;
      if (done % 100 === 0) log(`read ${done} of ${notes.length} notes`);
      return annotated;
    }),
  );
}

function cachedTagger(release: string, tag: TokenTagger['tag']): TokenTagger {
  return {
    release,
    schemas: ['clinical'],
    tag: async (text, options = {}) => {
      if (options.entities !== undefined) return tag(text, options);
      const file = cacheFile('tagged', release, `${options.schema ?? 'clinical'}\n${text}`, 'json');
      if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as TaggedText;
      const tagged = await tag(text, options);
      write(file, JSON.stringify(tagged));
      return tagged;
    },
  };
}

function cachedEmbedder(release: string, embed: Embedder['embed']): Embedder {
  return {
    release,
    dimension: 384,
    embed: async (texts) => {
      const files = texts.map((text) => cacheFile('vectors', release, text, 'f32'));
      const missing = files.flatMap((file, i) => (existsSync(file) ? [] : [i]));
      const made = missing.length === 0 ? [] : await embed(missing.map((i) => texts[i]!));
      missing.forEach((i, at) => write(files[i]!, Buffer.from(made[at]!.slice().buffer)));
      return files.map((file) => {
        const bytes = readFileSync(file);
        return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
      });
    },
  };
}

function cachedRanker(release: string, score: PairRanker['score']): PairRanker {
  return {
    release,
    score: async (question, texts) => {
      const file = cacheFile('ranked', release, question, 'json');
      const known = (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}) as Record<string, number>;
      const missing = texts.filter((text) => known[text] === undefined);
      if (missing.length > 0) {
        const made = await score(question, missing);
        missing.forEach((text, i) => (known[text] = made[i]!));
        write(file, JSON.stringify(known));
      }
      return texts.map((text) => known[text]!);
    },
  };
}

function cacheFile(kind: string, release: string, text: string, extension: string): string {
  const hash = createHash('sha256').update(text).digest('hex');
  const folder = join(CACHE, kind, release.replaceAll('/', '-'), hash.slice(0, 2));
  mkdirSync(folder, { recursive: true });
  return join(folder, `${hash}.${extension}`);
}

/** Written beside and renamed, so that a run that is stopped leaves no half file. */
function write(file: string, content: string | Buffer): void {
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, content);
  renameSync(temporary, file);
}
