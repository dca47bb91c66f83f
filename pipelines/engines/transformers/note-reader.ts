import type { GivenSpan, TaggedEntity, TaggedText } from '../../contracts/token-tagger.ts';
import { MEDICATION_ACTIONS, FLAGS, RELATION_TYPES } from '../../domain/entity.ts';
import { readAction, readFlags } from '../../extraction/assertions/model-flags.ts';
import { decodeEntities } from '../../extraction/entities/decode-entities.ts';
import { wordsTouched } from '../../extraction/entities/given-entities.ts';
import { linkEntities } from '../../extraction/relations/link-entities.ts';
import type { WordPiece } from '../../text/word-piece.ts';
import type { Window } from '../../text/windows.ts';
import { windowsOf } from '../../text/windows.ts';
import type { Word } from '../../text/words.ts';
import { wordsOf } from '../../text/words.ts';
import type { ExtractorConfig } from './extractor-config.ts';
import type { Rows } from './model.ts';
import { RowStore } from './row-store.ts';

export interface NoteToRead {
  readonly text: string;
  readonly schema: string;
  readonly entities?: readonly GivenSpan[] | undefined;
}

type Placed = TaggedEntity & { readonly from: number };
type Outputs = Readonly<Record<string, Rows>>;

/** A reading that stops at each window: it yields the pieces to run and is given the model's outputs for them. */
export type Reading = Generator<readonly number[], TaggedText, Outputs>;

/**
 * Reads a text of any length, a window at a time, so that readings can take turns on one model. Follows the release's
 * reference reader step by step: words, pieces, windows, best path over the whole text, flags, actions, relations.
 *
 * @param note - `schema` is one of the release's; offsets of given entities are UTF-16 code units.
 */
export function* readNote(note: NoteToRead, config: ExtractorConfig, wordPiece: WordPiece): Reading {
  const words = wordsOf(note.text);
  if (words.length === 0) return { entities: (note.entities ?? []).map(unread), relations: [] };
  const pieces = words.map((word) => encode(word, note.text, wordPiece));
  const labels = config.schemas[note.schema]!;
  const store = new RowStore(words.length, {
    tags: 1 + 2 * labels.length,
    flags: FLAGS.length,
    actions: MEDICATION_ACTIONS.length + 1,
    relations: config.relations.dimension * RELATION_TYPES.length,
  });
  const windows = windowsOf(
    pieces.map((ids) => ids.length),
    (word) => isStop(words[word]!, note.text),
    config.window,
  );
  const given = note.entities?.map((span) => ({ ...wordsTouched(span, words), label: span.label, score: 1, span }));
  const keep = given && new Set(given.map((entity) => entity.from));
  for (const window of windows) {
    const outputs = yield* runWindow(window, pieces, wordPiece);
    store.put(window, outputs, `tags_${note.schema}`, keep);
  }
  const found = given ?? decodeEntities(store.tags, words, labels).map((entity) => ({ ...entity, span: undefined }));
  const entities = found.map(({ from, to, label, score, span }, index): Placed => ({
    id: span?.id ?? `e${index + 1}`,
    start: span?.start ?? words[from]!.start,
    end: span?.end ?? words[to - 1]!.end,
    label,
    score,
    flags: readFlags(store.flags, { from, to }, label, config.flagThresholds),
    action: readAction(store.actions, from, label),
    from,
  }));
  if (note.schema !== 'clinical') return { entities: entities.map(withoutPlace), relations: [] };
  for (const window of store.windowsLacking(
    entities.map((entity) => entity.from),
    windows,
  )) {
    store.keepRelations(window, yield* runWindow(window, pieces, wordPiece));
  }
  return { entities: entities.map(withoutPlace), relations: linkEntities(entities, store, config.relations) };
}

/** Runs one window and keeps, of each word, the row of its first piece. */
function* runWindow(
  window: Window,
  pieces: readonly (readonly number[])[],
  wordPiece: WordPiece,
): Generator<readonly number[], Outputs, Outputs> {
  const sequence = [wordPiece.special('[CLS]')];
  const first: number[] = [];
  for (let word = window.from; word < window.to; word++) {
    first.push(sequence.length);
    sequence.push(...pieces[word]!);
  }
  sequence.push(wordPiece.special('[SEP]'));
  const outputs = yield sequence;
  return Object.fromEntries(Object.entries(outputs).map(([name, rows]) => [name, pick(rows, first)]));
}

function pick({ data, width }: Rows, rows: readonly number[]): Rows {
  const picked = new Float32Array(rows.length * width);
  rows.forEach((row, index) => picked.set(data.subarray(row * width, (row + 1) * width), index * width));
  return { data: picked, width };
}

function encode(word: Word, text: string, wordPiece: WordPiece): readonly number[] {
  if (word.form === 'line') return [wordPiece.special('[unused1]')];
  if (word.form === 'blank') return [wordPiece.special('[unused2]')];
  return wordPiece.encode(text.slice(word.start, word.end));
}

function isStop(word: Word, text: string): boolean {
  return word.form !== 'word' || (word.end - word.start === 1 && text[word.start] === '.');
}

function unread(span: GivenSpan): TaggedEntity {
  return { ...span, score: 1, flags: [], action: null };
}

function withoutPlace({ from: _, ...entity }: Placed): TaggedEntity {
  return entity;
}
