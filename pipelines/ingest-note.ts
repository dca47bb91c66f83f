import type { Embedder } from './contracts/embedder.ts';
import type { NoteLayers } from './contracts/stores.ts';
import type { Terminology } from './contracts/terminology.ts';
import type { GivenSpan, TaggedEntity, TokenTagger } from './contracts/token-tagger.ts';
import type { AnnotatedNote } from './domain/annotated-note.ts';
import type { Entity } from './domain/entity.ts';
import type { EntityId, Release } from './domain/ids.ts';
import { asId } from './domain/ids.ts';
import type { Note } from './domain/note.ts';
import type { Patient } from './domain/patient.ts';
import type { Provenance } from './domain/provenance.ts';
import { takeTurns } from './domain/steps.ts';
import type { ContextRules, RuleReading } from './extraction/assertions/index.ts';
import { combineFlags, CONTEXT_RULES, readContextInSteps } from './extraction/assertions/index.ts';
import { addGenotypes } from './extraction/entities/genotypes/add-genotypes.ts';
import { GENOTYPE_RULES } from './extraction/entities/genotypes/find-genotypes.ts';
import { groundEntities } from './extraction/grounding/index.ts';
import { buildPassages, eventLines, RETRIEVAL_RELEASE } from './retrieval/index.ts';
import { findSections, splitSentences, SECTION_RULES } from './text/index.ts';
import { readNoteInSteps, TIMELINE_READING, TIMELINE_RELEASE } from './timeline/index.ts';

/** What reading a note needs. */
export interface ReadingEngines {
  readonly tagger: TokenTagger;
  /** Without it, entities carry no concepts. */
  readonly terminology?: Terminology | undefined;
  /** The shipped ConText rules where absent. */
  readonly contextRules?: ContextRules | undefined;
}

/** Version of this flow; raised whenever it reads notes differently while its engines stay the same. */
const FLOW = 'reading/3';

/** Release of the whole pipeline with these engines: layers are kept apart by it. */
export function pipelineRelease(engines: ReadingEngines): Release {
  const parts = [
    FLOW,
    engines.tagger.release,
    SECTION_RULES,
    CONTEXT_RULES,
    GENOTYPE_RULES,
    ...(engines.terminology?.releases ?? []),
  ];
  return parts.join('+');
}

/** Layers of a text: what a note has, without the note. */
export type TextLayers = Pick<AnnotatedNote, 'sections' | 'sentences' | 'entities' | 'relations'>;

export interface ReadingOptions {
  /** Label set of the tagger; concepts are of the clinical one, the default. */
  readonly schema?: string;
  /** Spans to read instead of found ones. */
  readonly entities?: readonly GivenSpan[];
  readonly signal?: AbortSignal;
  /** Awaited between the small steps of what runs on this thread; a server gives way to requests in it. */
  readonly rest?: () => Promise<void>;
  /**
   * Whose reading the entities are: the model's alone (the default), or also the rules': genotypes in notations that the model
   * misses, and family mentions that it takes for the patient's.
   */
  readonly readers?: 'model' | 'both';
}

const goOn = (): Promise<void> => Promise.resolve();

/**
 * Reads a text: sections, sentences, entities with flags (by the model, and by the ConText rules as a second reader),
 * actions, relations and concepts. Pure in its engines: the same text gives the same layers.
 *
 * @throws ClinicalError `MODEL_WORKER_FAILED`, `MODEL_SCHEMA_UNKNOWN`; the signal's reason once it is aborted.
 */
export async function annotateText(
  text: string,
  engines: ReadingEngines,
  { readers = 'model', rest = goOn, ...options }: ReadingOptions = {},
): Promise<TextLayers> {
  const byModel = await engines.tagger.tag(text, options);
  const found = options.entities === undefined && (options.schema ?? 'clinical') === 'clinical';
  const sections = findSections(text);
  const tagged = readers === 'both' && found ? addGenotypes(byModel, text) : byModel;
  const modelIds = new Set(byModel.entities.map(({ id }) => id));
  const layers = { text, sections, sentences: splitSentences(text), entities: tagged.entities };
  await rest();
  const readings = await takeTurns(readContextInSteps(layers, engines.contextRules), rest);
  const entities = tagged.entities.map((entity) => {
    const reading = readings.get(entity.id);
    const flags =
      reading === undefined || readers === 'model'
        ? entity.flags
        : modelIds.has(entity.id)
          ? combineFlags(entity.label, entity.flags, reading.flags)
          : reading.flags;
    return entityOf({ ...entity, flags }, reading);
  });
  return {
    sections: layers.sections,
    sentences: layers.sentences,
    entities: engines.terminology === undefined ? entities : groundEntities(text, entities, engines.terminology),
    relations: tagged.relations.map((relation) => ({
      ...relation,
      head: asId<EntityId>(relation.head),
      tail: asId<EntityId>(relation.tail),
    })),
  };
}

/**
 * Reads a note with both readers and signs the layers.
 *
 * @throws As `annotateText`.
 */
export async function annotateNote(
  note: Note,
  engines: ReadingEngines,
  options: Pick<ReadingOptions, 'signal' | 'rest'> = {},
): Promise<AnnotatedNote> {
  const layers = await annotateText(note.text, engines, { ...options, readers: 'both' });
  return { note, ...layers, pipeline: pipelineRelease(engines), by: signatures(engines) };
}

/** What putting a note into the store and the indexes needs. */
export interface IngestEngines extends ReadingEngines {
  readonly terminology: Terminology;
  readonly embedder: Embedder;
  /** For event lines, which recur: one that remembers vectors (`rememberVectors`); the embedder itself where absent. */
  readonly lineEmbedder?: Embedder;
  /** See `ReadingOptions`. */
  readonly rest?: () => Promise<void>;
}

/**
 * Release that layers are stored under: of the reading, and of all that is made from it. Layers of another release are made
 * anew, so that no stale event, passage or vector can stay.
 */
export function layersRelease(engines: IngestEngines): Release {
  return [
    pipelineRelease(engines),
    TIMELINE_READING,
    TIMELINE_RELEASE,
    RETRIEVAL_RELEASE,
    engines.embedder.release,
  ].join('+');
}

/**
 * Makes every layer of a note: what was read, its events in time, its passages and event lines with their vectors. To be
 * stored together.
 *
 * @throws As `annotateText`.
 */
export async function ingestNote(note: Note, patient: Patient, engines: IngestEngines): Promise<NoteLayers> {
  const { terminology, embedder, lineEmbedder = embedder, rest = goOn } = engines;
  const annotated = { ...(await annotateNote(note, engines, { rest })), pipeline: layersRelease(engines) };
  const { events } = await takeTurns(readNoteInSteps(annotated, { patient, terminology }), rest);
  const passages = buildPassages(annotated);
  await rest();
  const lines = eventLines(events, note.date);
  const texts = [...new Set(lines.map(({ text }) => text))];
  const [passageVectors, lineVectors] = await Promise.all([
    embedder.embed(passages.map(({ text }) => text)),
    lineEmbedder.embed(texts),
  ]);
  const vectorOf = new Map(texts.map((text, index) => [text, lineVectors[index]!]));
  return {
    annotated,
    events,
    passages: passages.map((passage, index) => ({ passage, vector: passageVectors[index]! })),
    eventLines: lines.map((line) => ({ ...line, vector: vectorOf.get(line.text)! })),
  };
}

function entityOf(tagged: TaggedEntity, reading: RuleReading | undefined): Entity {
  return {
    ...tagged,
    id: asId<EntityId>(tagged.id),
    ...(reading && { ruleFlags: reading.flags, cues: reading.cues }),
  };
}

function signatures(engines: ReadingEngines): Provenance[] {
  return [
    { component: 'entities', model: engines.tagger.release },
    { component: 'genotype mentions', rules: [GENOTYPE_RULES] },
    { component: 'context', rules: [CONTEXT_RULES] },
    { component: 'sections', rules: [SECTION_RULES] },
    ...(engines.terminology ? [{ component: 'concepts', rules: engines.terminology.releases }] : []),
  ];
}
