import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asId } from '../domain/ids.ts';
import type { ConversationId, NoteId, PatientId } from '../domain/ids.ts';
import type { AnnotationStore, ConversationStore, GenotypeStore, NoteStore, PatientStore } from './stores.ts';
import { ANN, annotated, BOB, eventOf, layersOf, noteWith, PIPELINE, turnOf, WRITE } from './stores.samples.ts';

interface StoresUnderTest {
  readonly patients: PatientStore;
  readonly notes: NoteStore;
  readonly annotations: AnnotationStore;
  readonly conversations: ConversationStore;
  readonly genotypes: GenotypeStore;
}

/** What every implementation of the stores keeps to. `open` gives empty stores, `reopen` the same data opened anew. */
export function storesContract(
  name: string,
  implementation: {
    open(): Promise<StoresUnderTest>;
    reopen(): Promise<StoresUnderTest>;
    close(): Promise<void>;
  },
): void {
  describe(`stores: ${name}`, () => {
    let stores: StoresUnderTest;
    const note = noteWith('n1', ANN, 'Warfarin started.\r\nINR 2.4 \u{1F600}\t');

    beforeEach(async () => {
      stores = await implementation.open();
      await stores.patients.add(ANN, { name: 'Ann Example', birthDate: '1950-02-01', sex: 'female' }, WRITE);
      await stores.patients.add(BOB, { name: 'Bob Example', identifiers: [{ system: 'mrn', value: '7' }] }, WRITE);
    });
    afterEach(() => implementation.close());

    it('reads a patient as written, and says null of an unknown one', async () => {
      const stored = await stores.patients.get(BOB);
      expect(stored).toMatchObject({ name: 'Bob Example', sex: null, identifiers: [{ system: 'mrn', value: '7' }] });
      expect(await stores.patients.get(asId<PatientId>('nobody'))).toBeNull();
    });

    it('names the other patients only', async () => {
      expect(await stores.patients.namesOtherThan(ANN)).toEqual(['Bob Example']);
    });

    it('keeps the text of a note to the character', async () => {
      await stores.notes.add(note, WRITE);
      expect(await stores.notes.get(ANN, note.id)).toEqual({ ...note, state: 'queued' });
    });

    it("never gives a note by another patient's id", async () => {
      await stores.notes.add(note, WRITE);
      expect(await stores.notes.get(BOB, note.id)).toBeNull();
      expect(await stores.annotations.get(BOB, note.id, PIPELINE)).toBeNull();
    });

    it('stores the same text once for a patient, and once more for another', async () => {
      await stores.notes.add(note, WRITE);
      const again = await stores.notes.add({ ...note, id: asId<NoteId>('n2') }, WRITE);
      expect(again).toEqual({ note, duplicate: true });
      const other = await stores.notes.add({ ...note, id: asId<NoteId>('n3'), patient: BOB }, WRITE);
      expect(other.duplicate).toBe(false);
      expect(await stores.notes.list(ANN)).toHaveLength(1);
    });

    it('lists notes by date, and by receipt within a day', async () => {
      for (const each of [
        noteWith('late', ANN, 'c', '2023-01-01'),
        noteWith('z-first', ANN, 'a', '2021-01-01'),
        noteWith('a-second', ANN, 'b', '2021-01-01'),
      ]) {
        await stores.notes.add(each, WRITE);
      }
      expect((await stores.notes.list(ANN)).map((each) => each.id)).toEqual(['z-first', 'a-second', 'late']);
      const listed = (await stores.patients.list()).map(({ id, notes, lastNote }) => ({ id, notes, lastNote }));
      expect(listed).toEqual([
        { id: 'ann', notes: 3, lastNote: '2023-01-01' },
        { id: 'bob', notes: 0, lastNote: null },
      ]);
    });

    it('shows layers, events, passages and vectors of a note together, and only then calls it read', async () => {
      await stores.notes.add(note, WRITE);
      expect(await stores.notes.queued()).toEqual([note]);
      await stores.annotations.save(layersOf(note), WRITE);
      expect(await stores.notes.queued()).toEqual([]);
      expect(await stores.notes.counts()).toEqual({ queued: 0, read: 1, failed: 0 });
      expect(await stores.annotations.get(ANN, note.id, PIPELINE)).toEqual(annotated(note));
      expect(await stores.annotations.events(ANN, PIPELINE)).toEqual([eventOf(note)]);
      expect(await stores.annotations.passages(ANN, PIPELINE)).toEqual(layersOf(note).passages);
    });

    it('saves nothing of a note whose layers cannot all be saved', async () => {
      await stores.notes.add(note, WRITE);
      const layers = layersOf(note);
      const broken = { ...layers, eventLines: [...layers.eventLines, ...layers.eventLines] };
      await expect(stores.annotations.save(broken, WRITE)).rejects.toThrow();
      expect(await stores.annotations.events(ANN, PIPELINE)).toEqual([]);
      expect(await stores.notes.counts()).toMatchObject({ queued: 1, read: 0 });
    });

    it('saves the layers of a note again without doubling them', async () => {
      await stores.notes.add(note, WRITE);
      await stores.annotations.save(layersOf(note), WRITE);
      await stores.annotations.save(layersOf(note), WRITE);
      expect(await stores.annotations.passages(ANN, PIPELINE)).toHaveLength(1);
      expect(await stores.annotations.events(ANN, PIPELINE)).toHaveLength(1);
    });

    it('keeps the layers of two pipeline releases side by side', async () => {
      await stores.notes.add(note, WRITE);
      await stores.annotations.save(layersOf(note), WRITE);
      await stores.annotations.save(layersOf(note, 'pipeline/2'), WRITE);
      expect((await stores.annotations.get(ANN, note.id, PIPELINE))?.pipeline).toBe(PIPELINE);
      expect((await stores.annotations.get(ANN, note.id, 'pipeline/2'))?.pipeline).toBe('pipeline/2');
    });

    it('gives the event lines of all patients in pages, each line once, and no passage', async () => {
      const other = noteWith('n2', BOB, 'Metoprolol held.');
      for (const each of [note, other]) {
        await stores.notes.add(each, WRITE);
        await stores.annotations.save(layersOf(each), WRITE);
      }
      const seen: string[] = [];
      for (let after: string | null = null; ; after = seen.at(-1)!) {
        const page = await stores.annotations.allVectors(PIPELINE, after, 1);
        seen.push(...page.map((line) => line.id));
        if (page.length < 1) break;
      }
      expect(seen).toEqual(['n1:l1', 'n2:l1']);
      const [line] = await stores.annotations.lines(['n2:l1', 'unknown']);
      expect(line).toEqual(layersOf(other).eventLines[0]);
    });

    it('queues a failed note again, and one that a new release has not read', async () => {
      await stores.notes.add(note, WRITE);
      await stores.notes.fail(note.id, 'MODEL_WORKER_FAILED', WRITE);
      expect(await stores.notes.counts()).toEqual({ queued: 0, read: 0, failed: 1 });
      expect(await stores.notes.requeue(PIPELINE)).toBe(1);
      await stores.annotations.save(layersOf(note), WRITE);
      expect(await stores.notes.requeue(PIPELINE)).toBe(0);
      expect(await stores.notes.requeue('pipeline/2')).toBe(1);
      expect(await stores.notes.queued()).toEqual([note]);
    });

    it('counts the notes of a patient that are not read, up to a day', async () => {
      await stores.notes.add(note, WRITE);
      await stores.notes.add(noteWith('n2', ANN, 'later', '2023-01-01'), WRITE);
      await stores.notes.add(noteWith('n3', BOB, 'of another'), WRITE);
      expect(await stores.notes.unread(ANN, null)).toBe(2);
      expect(await stores.notes.unread(ANN, '2022-12-31')).toBe(1);
      await stores.annotations.save(layersOf(note), WRITE);
      expect(await stores.notes.unread(ANN, '2022-12-31')).toBe(0);
      await stores.notes.fail(asId<NoteId>('n2'), 'MODEL_WORKER_FAILED', WRITE);
      expect(await stores.notes.unread(ANN, null)).toBe(1);
    });

    it('names the patients asked about last', async () => {
      const other = noteWith('n2', BOB, 'Metoprolol held.');
      for (const [index, each] of [note, other].entries()) {
        const talk = asId<ConversationId>(`talk of ${each.patient}`);
        await stores.notes.add(each, WRITE);
        await stores.conversations.create(talk, each.patient, WRITE);
        const turn = turnOf(`a${index}`, each, { start: 0, end: 8 });
        await stores.conversations.addTurn(
          { ...turn, conversation: talk, patient: each.patient },
          { ...WRITE, at: `2024-01-0${index + 1}T00:00:00.000Z` },
        );
      }
      expect(await stores.conversations.recentPatients(5)).toEqual([BOB, ANN]);
      expect(await stores.conversations.recentPatients(1)).toEqual([BOB]);
    });

    it('keeps conversations apart by patient', async () => {
      await stores.notes.add(note, WRITE);
      const talk = asId<ConversationId>('talk');
      expect(await stores.conversations.patientOf(talk)).toBeNull();
      await stores.conversations.create(talk, ANN, WRITE);
      const turn = turnOf('a1', note, { start: 0, end: 8 });
      await stores.conversations.addTurn(turn, WRITE);
      expect(await stores.conversations.patientOf(talk)).toBe(ANN);
      expect(await stores.conversations.turns(talk)).toEqual([turn]);
      expect(await stores.conversations.answer(ANN, turn.id)).toEqual(turn);
      expect(await stores.conversations.answer(BOB, turn.id)).toBeNull();
      expect(await stores.conversations.listForPatient(BOB)).toEqual([]);
      expect(await stores.conversations.listForPatient(ANN)).toEqual([
        { id: 'talk', started: WRITE.at, turns: 1, firstQuestion: turn.question },
      ]);
    });

    it('finds the answers that cite an overlapping range, half-open', async () => {
      await stores.notes.add(note, WRITE);
      await stores.conversations.create(asId<ConversationId>('talk'), ANN, WRITE);
      await stores.conversations.addTurn(turnOf('a1', note, { start: 0, end: 8 }), WRITE);
      const citing = async (start: number, end: number) =>
        (await stores.conversations.answersCiting(ANN, note.id, start, end)).map((turn) => turn.id);
      expect(await citing(7, 12)).toEqual(['a1']);
      expect(await citing(8, 12)).toEqual([]);
      expect(await stores.conversations.answersCiting(BOB, note.id, 0, 8)).toEqual([]);
    });

    it('takes feedback on an answer', async () => {
      await stores.notes.add(note, WRITE);
      await stores.conversations.create(asId<ConversationId>('talk'), ANN, WRITE);
      const turn = turnOf('a1', note, { start: 0, end: 8 });
      await stores.conversations.addTurn(turn, WRITE);
      const feedback = { verdict: 'wrong', comment: 'It was 13 Mar.' } as const;
      await expect(stores.conversations.addFeedback(ANN, turn.id, feedback, WRITE)).resolves.toBeUndefined();
    });

    it('lists genotype uploads of the patient alone', async () => {
      const results = [{ gene: 'CYP2C19', diplotypes: [['*2', '*2']] }];
      const id = await stores.genotypes.add(ANN, { kind: 'report', name: 'panel', results }, WRITE);
      expect(await stores.genotypes.list(ANN)).toEqual([{ id, kind: 'report', name: 'panel', results, at: WRITE.at }]);
      expect(await stores.genotypes.list(BOB)).toEqual([]);
    });

    it('has everything after it was closed and opened again', async () => {
      await stores.notes.add(note, WRITE);
      await stores.annotations.save(layersOf(note), WRITE);
      stores = await implementation.reopen();
      expect(await stores.patients.get(ANN)).toMatchObject({ name: 'Ann Example' });
      expect(await stores.notes.get(ANN, note.id)).toEqual({ ...note, state: 'read' });
      expect(await stores.annotations.passages(ANN, PIPELINE)).toEqual(layersOf(note).passages);
    });
  });
}
