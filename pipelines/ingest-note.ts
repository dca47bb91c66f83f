import type { Terminology } from './contracts/terminology.ts';
import type { TaggedEntity, TokenTagger } from './contracts/token-tagger.ts';
import type { AnnotatedNote } from './domain/annotated-note.ts';
import type { Coding } from './domain/coding.ts';
import type { Entity } from './domain/entity.ts';
import type { EntityId, Release } from './domain/ids.ts';
import { asId } from './domain/ids.ts';
import type { Note } from './domain/note.ts';
import type { Provenance } from './domain/provenance.ts';
import type { ContextRules, RuleReading } from './extraction/assertions/index.ts';
import { combineFlags, CONTEXT_RULES, readContext } from './extraction/assertions/index.ts';
import { findSections, splitSentences, SECTION_RULES } from './text/index.ts';

/** What reading a note needs. */
export interface ReadingEngines {
  readonly tagger: TokenTagger;
  /** Without it, entities carry no concepts. */
  readonly terminology?: Terminology | undefined;
  /** The shipped ConText rules where absent. */
  readonly contextRules?: ContextRules | undefined;
}

/** Version of this flow; raised whenever it reads notes differently while its engines stay the same. */
const FLOW = 'reading/1';

/** Release of the whole pipeline with these engines: layers are kept apart by it. */
export function pipelineRelease(engines: ReadingEngines): Release {
  const parts = [FLOW, engines.tagger.release, SECTION_RULES, CONTEXT_RULES, ...(engines.terminology?.releases ?? [])];
  return parts.join('+');
}

/** Layers of a text: what a note has, without the note. */
export type TextLayers = Pick<AnnotatedNote, 'sections' | 'sentences' | 'entities' | 'relations'>;

/**
 * Reads a text: sections, sentences, entities with flags (by the model, and by the ConText rules as a second reader),
 * actions, relations and concepts. Pure in its engines: the same text gives the same layers.
 *
 * @param options.schema - Label set of the tagger; concepts are of the clinical one.
 * @param options.entities - Spans to read instead of found ones.
 * @throws ClinicalError `MODEL_WORKER_FAILED`, `MODEL_SCHEMA_UNKNOWN`; the signal's reason once it is aborted.
 */
export async function annotateText(
  text: string,
  engines: ReadingEngines,
  options: ReadingOptions = {},
): Promise<TextLayers> {
  const tagged = await engines.tagger.tag(text, options);
  const layers = { text, sections: findSections(text), sentences: splitSentences(text), entities: tagged.entities };
  const readings = readContext(layers, engines.contextRules);
  return {
    sections: layers.sections,
    sentences: layers.sentences,
    entities: tagged.entities.map((entity) => entityOf(entity, text, readings.get(entity.id), engines.terminology)),
    relations: tagged.relations.map((relation) => ({
      ...relation,
      head: asId<EntityId>(relation.head),
      tail: asId<EntityId>(relation.tail),
    })),
  };
}

export type ReadingOptions = NonNullable<Parameters<TokenTagger['tag']>[1]>;

/**
 * Reads a note and signs the layers. Flags are both readers' (`combineFlags`), not the model's alone as in `annotateText`.
 *
 * @throws As `annotateText`.
 */
export async function annotateNote(
  note: Note,
  engines: ReadingEngines,
  options: Pick<ReadingOptions, 'signal'> = {},
): Promise<AnnotatedNote> {
  const layers = await annotateText(note.text, engines, options);
  const entities = layers.entities.map((entity) => ({
    ...entity,
    flags: combineFlags(entity.label, entity.flags, entity.ruleFlags ?? []),
  }));
  return { note, ...layers, entities, pipeline: pipelineRelease(engines), by: signatures(engines) };
}

function entityOf(
  tagged: TaggedEntity,
  text: string,
  reading: RuleReading | undefined,
  terminology: Terminology | undefined,
): Entity {
  const concepts = terminology ? conceptsOf(tagged.label, text.slice(tagged.start, tagged.end), terminology) : [];
  return {
    ...tagged,
    id: asId<EntityId>(tagged.id),
    ...(reading && { ruleFlags: reading.flags, cues: reading.cues }),
    ...(concepts.length > 0 && { concepts }),
  };
}

/** Codes of a mention: medications by name, conditions and findings, tests. Empty for what the terminology does not know. */
export function conceptsOf(label: string, words: string, terminology: Terminology): readonly Coding[] {
  switch (label) {
    case 'Medication':
      return terminology.medication(words)?.codes ?? [];
    case 'Condition':
    case 'Finding':
      return terminology.condition(words)?.codes ?? [];
    case 'Test':
      return terminology.test(words)?.codes ?? [];
    default:
      return [];
  }
}

function signatures(engines: ReadingEngines): Provenance[] {
  return [
    { component: 'entities', model: engines.tagger.release },
    { component: 'context', rules: [CONTEXT_RULES] },
    { component: 'sections', rules: [SECTION_RULES] },
    ...(engines.terminology ? [{ component: 'concepts', rules: engines.terminology.releases }] : []),
  ];
}
