import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asId } from '#pipelines/domain/ids.ts';
import type { NoteId, PatientId } from '#pipelines/domain/ids.ts';
import { ingestNote, layersRelease } from '#pipelines/ingest-note.ts';
import { RETRIEVAL_RELEASE } from '#pipelines/retrieval/index.ts';
import { TIMELINE_READING, TIMELINE_RELEASE } from '#pipelines/timeline/index.ts';
import { openSqliteStores } from '../stores/sqlite/index.ts';
import type { Stores } from '../stores/stores.ts';
import { fakeEmbedder, fakeTagger } from '../testing/fake-engines.ts';
import { fakeTerminology } from '../testing/fake-terminology.ts';

const engines = { tagger: fakeTagger, embedder: fakeEmbedder, terminology: fakeTerminology };
const write = { actor: 'dr test', at: '2024-01-01T00:00:00.000Z' };
const id = asId<PatientId>('ann');
const text = 'Has hypertension. Denies chest pain. Started warfarin.';
const note = { id: asId<NoteId>('n1'), patient: id, type: 'note', date: '2022-03-12', text, sha256: 'x' };

describe('the release that layers are stored under', () => {
  let folder = '';
  let stores: Stores;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'anamnesis-layers-'));
    stores = openSqliteStores(folder);
  });
  afterEach(async () => {
    await stores.close();
    rmSync(folder, { recursive: true });
  });

  it('covers reading, timeline, lines and embedder', () => {
    const release = layersRelease(engines).split('+');
    const made = [TIMELINE_READING, TIMELINE_RELEASE, RETRIEVAL_RELEASE, fakeEmbedder.release, fakeTagger.release];
    expect(release).toEqual(expect.arrayContaining([...made, ...fakeTerminology.releases]));
  });

  it('lets no event line of another embedder stay: its notes are read anew', async () => {
    const patient = await stores.patients.add(id, { name: 'Ann Example' }, write);
    await stores.notes.add(note, write);
    await stores.annotations.save(await ingestNote(note, patient, engines), write);
    expect(await stores.notes.requeue(layersRelease(engines))).toBe(0);
    const lines = await stores.annotations.allVectors(layersRelease(engines), null, 10);
    expect(lines.map((line) => line.text)).toEqual(['condition hypertension', 'medication warfarin']);

    const changed = { ...engines, embedder: { ...fakeEmbedder, release: 'fake-embedder/2' } };
    expect(await stores.annotations.allVectors(layersRelease(changed), null, 10)).toEqual([]);
    expect(await stores.notes.requeue(layersRelease(changed))).toBe(1);
  });
});
