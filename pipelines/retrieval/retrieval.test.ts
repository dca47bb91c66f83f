import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Embedder } from '#pipelines/contracts/embedder.ts';
import type { AnnotatedNote } from '#pipelines/domain/annotated-note.ts';
import type { EntityId, EventId, NoteId, PatientId } from '#pipelines/domain/ids.ts';
import { asId } from '#pipelines/domain/ids.ts';
import type { TimelineEvent } from '#pipelines/domain/timeline.ts';
import { findSections, splitSentences } from '#pipelines/text/index.ts';
import {
  buildPassages,
  createPassageSearch,
  eventLines,
  eventOfLine,
  fuseRanks,
  LexicalIndex,
  rememberVectors,
  searchWords,
} from './index.ts';

function noteOf(text: string, { id = 'n1', patient = 'p1', date = '2021-05-01' } = {}): AnnotatedNote {
  return {
    note: { id: asId<NoteId>(id), patient: asId<PatientId>(patient), type: 'progress note', date, text, sha256: '' },
    sections: findSections(text),
    sentences: splitSentences(text),
    entities: [],
    relations: [],
    pipeline: 'test/1',
    by: [],
  };
}

const NOTE = `HISTORY OF PRESENT ILLNESS:
He came with melena for two days. He takes warfarin for atrial fibrillation. INR was 4.8. No chest pain. No dyspnea.

PLAN:
Hold warfarin. Give vitamin K. EGD tomorrow.
`;

describe('passages', () => {
  it('hold about three sentences, begin with their header and share a sentence with the next', () => {
    const passages = buildPassages(noteOf(NOTE)).map(({ text }) => text);
    expect(passages[0]).toMatch(/^HISTORY OF PRESENT ILLNESS:\s+He came with melena.*INR was 4\.8\.$/s);
    expect(passages[1]).toMatch(/^INR was 4\.8\. No chest pain\. No dyspnea\.$/);
    expect(passages.at(-1)).toMatch(/^PLAN:\s+Hold warfarin\. Give vitamin K\. EGD tomorrow\.$/s);
  });

  it('never cross from one section into the next', () => {
    for (const { text } of buildPassages(noteOf(NOTE))) expect(text).not.toMatch(/dyspnea\.\s+PLAN/);
  });

  it('are the note’s own characters at their offsets, and cover every sentence', () => {
    const pieces = fc.constantFrom(
      'Hb 9.1 g/dL. ',
      'No fever.\n',
      'PLAN:\n',
      '😀 ok. ',
      '\r\n',
      'x'.repeat(900),
      ' ',
      'Früher gesund. ',
      '\t- aspirin 81 mg\n',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 25 }), (parts) => {
        const note = noteOf(parts.join(''));
        const passages = buildPassages(note);
        for (const { start, end, text, id } of passages) {
          expect(text).toBe(note.note.text.slice(start, end));
          expect(text.trim()).not.toBe('');
          expect(passages.filter((other) => other.id === id)).toHaveLength(1);
        }
        const covered = (at: number): boolean => passages.some(({ start, end }) => start <= at && at < end);
        for (const { start, end } of note.sentences) {
          for (let at = start; at < end; at += 1) if (/\S/.test(note.note.text[at]!)) expect(covered(at)).toBe(true);
        }
      }),
    );
  });
});

describe('lexical search', () => {
  const index = new LexicalIndex([
    'warfarin held for INR 4.8',
    'no bleeding',
    'warfarin restarted, INR 2.1, warfarin 5 mg',
    'knee pain',
  ]);
  const words = (text: string) => new Map(searchWords(text).map((word) => [word, 1]));

  it('places the text with the rarer word first', () => {
    expect(index.search(words('warfarin 4.8')).map(({ position }) => position)).toEqual([0, 2]);
  });

  it('leaves out what is not allowed', () => {
    expect(index.search(words('warfarin'), (position) => position !== 2).map(({ position }) => position)).toEqual([0]);
  });

  it('takes plural and singular for one word and keeps numbers whole', () => {
    expect(searchWords('Bleeds, 4.8 mg; x-rays')).toEqual(['bleed', '4.8', 'mg', 'x-ray']);
  });

  it('finds only texts that hold a word of the query, best first', () => {
    fc.assert(
      fc.property(fc.array(fc.lorem({ maxCount: 8 }), { maxLength: 12 }), fc.lorem({ maxCount: 3 }), (texts, query) => {
        const found = new LexicalIndex(texts).search(words(query));
        for (const { position } of found) {
          expect(searchWords(texts[position]!).some((word) => searchWords(query).includes(word))).toBe(true);
        }
        const scores = found.map(({ score }) => score);
        expect(scores).toEqual([...scores].sort((a, b) => b - a));
      }),
    );
  });
});

describe('fusion', () => {
  it('places first what both rankings place well', () => {
    const fused = fuseRanks([
      { positions: [5, 1, 2], weight: 1 },
      { positions: [3, 1, 5], weight: 1 },
    ]);
    expect(fused.map(({ position }) => position)).toEqual([5, 1, 3, 2]);
  });
});

describe('search of a patient’s passages', () => {
  /** Counts a few words: enough of a vector space for the search to be told apart from chance. */
  const VOCABULARY = ['warfarin', 'bleed', 'pain', 'knee', 'melena'];
  const embedder: Embedder = {
    release: 'counting/1',
    dimension: VOCABULARY.length + 1,
    embed: async (texts) =>
      texts.map((text) => {
        const raw = [...VOCABULARY.map((word) => text.toLowerCase().split(word).length - 1), 0.1];
        const length = Math.hypot(...raw);
        return Float32Array.from(raw, (value) => value / length);
      }),
  };
  const notes = [
    noteOf('Melena on warfarin. Seen by GI. Stable.', { id: 'a', patient: 'p1', date: '2020-01-01' }),
    noteOf('Knee pain again. Exercises. Review in June.', { id: 'b', patient: 'p1', date: '2021-01-01' }),
    noteOf('Melena on warfarin as well. Other patient. Stable.', { id: 'c', patient: 'p2', date: '2020-01-01' }),
  ];
  const search = createPassageSearch({
    embedder,
    load: async (patient) => {
      const passages = notes.flatMap(buildPassages).filter((passage) => passage.patient === patient);
      const vectors = await embedder.embed(passages.map(({ text }) => text));
      return passages.map((passage, i) => ({ passage, vector: vectors[i]! }));
    },
  });
  const p1 = asId<PatientId>('p1');

  it('finds the passage that is about the question first', async () => {
    const found = await search.search({ patient: p1 }, 'any knee pain?', 2);
    expect(found[0]?.passage.note).toBe('b');
  });

  it('never finds another patient’s passage', async () => {
    const found = await search.search({ patient: p1 }, 'melena on warfarin', 10);
    expect(found.map(({ passage }) => passage.patient)).toEqual(['p1', 'p1']);
  });

  it('leaves out notes after the day that is asked for', async () => {
    const found = await search.search({ patient: p1, asOf: '2020-06-30' }, 'knee pain', 10);
    expect(found.map(({ passage }) => passage.note)).toEqual(['a']);
  });

  it('finds nothing for a patient without notes and for an empty question', async () => {
    expect(await search.search({ patient: asId<PatientId>('p9') }, 'pain', 5)).toEqual([]);
    expect(await search.search({ patient: p1 }, '  ', 5)).toEqual([]);
  });
});

describe('event lines', () => {
  const event: TimelineEvent = {
    id: asId<EventId>('n1/e4'),
    patient: asId<PatientId>('p1'),
    note: asId<NoteId>('n1'),
    entity: asId<EntityId>('e4'),
    kind: 'medication',
    display: 'Coumadin',
    concept: 'warfarin',
    concepts: [],
    assertion: { existence: 'present', temporality: 'current', experiencer: 'patient' },
    when: { start: '2021-06', end: '2021-06', precision: 'month', anchor: 'stated' },
    action: 'stop',
    dose: '5 mg',
    evidence: [{ kind: 'note', noteId: asId<NoteId>('n1'), start: 10, end: 18, quote: 'Coumadin' }],
    by: { component: 'timeline' },
  };

  it('say kind and concept with its own words, at the offsets of the mention', () => {
    const [line] = eventLines([event]);
    expect(line).toMatchObject({ text: 'medication warfarin (coumadin)', start: 10, end: 18, date: '2021-06' });
    expect(eventOfLine(line!.id)).toBe('n1/e4');
    expect(eventOfLine('n1/p0')).toBeNull();
  });

  it('are the same for one thing at two times, so that they share a vector', () => {
    const later = { ...event, when: { ...event.when, start: '2023', end: '2023' }, dose: '2 mg', action: null };
    expect(eventLines([later])[0]?.text).toBe(eventLines([event])[0]?.text);
  });

  it('are not written of what is denied, uncertain or planned, which no search over patients finds', () => {
    const withExistence = (existence: TimelineEvent['assertion']['existence']): TimelineEvent => ({
      ...event,
      assertion: { ...event.assertion, existence },
    });
    expect(eventLines([withExistence('absent'), withExistence('possible'), withExistence('hypothetical')])).toEqual([]);
    const family = { ...event, assertion: { ...event.assertion, experiencer: 'family' as const } };
    expect(eventLines([family])).toHaveLength(1);
  });
});

describe('remembered vectors', () => {
  const counted = () => {
    const asked: string[][] = [];
    const embedder: Embedder = {
      release: 'length/1',
      dimension: 1,
      embed: async (texts) => {
        asked.push([...texts]);
        if (texts.includes('fails')) throw new Error('told to fail');
        return texts.map((text) => Float32Array.of(text.length));
      },
    };
    return { asked, embedder };
  };

  it('embed equal texts once, in one call or in several, in the order asked for', async () => {
    const { asked, embedder } = counted();
    const remembering = rememberVectors(embedder);
    const [first] = await Promise.all([remembering.embed(['bb', 'a', 'bb']), remembering.embed(['a', 'ccc'])]);
    expect(first.map(([length]) => length)).toEqual([2, 1, 2]);
    expect((await remembering.embed(['ccc', 'a'])).map(([length]) => length)).toEqual([3, 1]);
    expect(asked).toEqual([['bb', 'a'], ['ccc']]);
  });

  it('are forgotten beyond the limit, those not used for longest first', async () => {
    const { asked, embedder } = counted();
    const remembering = rememberVectors(embedder, 2);
    for (const text of ['a', 'b', 'a', 'c', 'a', 'b']) await remembering.embed([text]);
    expect(asked.flat()).toEqual(['a', 'b', 'c', 'b']);
  });

  it('are not kept of a failure', async () => {
    const { asked, embedder } = counted();
    const remembering = rememberVectors(embedder);
    await expect(remembering.embed(['fails'])).rejects.toThrow('told to fail');
    await expect(remembering.embed(['fails'])).rejects.toThrow('told to fail');
    expect(asked).toHaveLength(2);
  });
});
