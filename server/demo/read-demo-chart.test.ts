import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../config.ts';
import { demoFolders, readDemoChart } from './read-demo-chart.ts';
import { stripTags } from './strip-tags.ts';

const GOLD = 'gold-never-to-be-read';
const patient = {
  id: 'x1',
  name: 'Nora Example',
  birthDate: '1950-01-02',
  sex: 'female',
  race: 'White',
  ethnicity: 'Not Hispanic or Latino',
  genotype: [{ gene: GOLD, result: GOLD, source: GOLD }],
  summary: GOLD,
};

let root = '';
const chart = (batch: string, id: string, notes: Record<string, string>) => {
  const folder = join(root, batch, id);
  mkdirSync(join(folder, 'notes'), { recursive: true });
  writeFileSync(join(folder, 'patient.json'), JSON.stringify({ ...patient, id }));
  for (const file of ['questions.jsonl', 'codes.jsonl']) writeFileSync(join(folder, file), `{"${GOLD}": true}\n`);
  for (const [file, text] of Object.entries(notes)) writeFileSync(join(folder, 'notes', file), text);
  return folder;
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'anamnesis-demo-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('demo charts', () => {
  it('take demographics and clean notes, and nothing of the gold', async () => {
    const folder = chart('batch1', 'x1', {
      '01_2021-03-04_ed-note.txt':
        'Denies <S neg>chest pain</S>.\r\nOn <M id=m1 act=continue>ASA</M> <D of=m1>81 mg</D>, SpO2 <92% & rising.',
    });
    const read = await readDemoChart(folder);
    expect(read.notes).toEqual([
      { date: '2021-03-04', type: 'ed note', text: 'Denies chest pain.\r\nOn ASA 81 mg, SpO2 <92% & rising.' },
    ]);
    expect(Object.keys(read).sort()).toEqual(['birthDate', 'ethnicity', 'id', 'name', 'notes', 'race', 'sex']);
    expect(JSON.stringify(read)).not.toContain(GOLD);
  });

  it('are the longitudinal ones, in order of batch and patient', async () => {
    const two = { '01_2021-03-04_ed-note.txt': 'a', '02_2021-03-05_ed-note.txt': 'b' };
    chart('batch10', 'x10', two);
    chart('batch2', 'x2', two);
    chart('batch2', 'x3', { '01_2021-03-04_ed-note.txt': 'a' });
    expect(await demoFolders(root)).toEqual([join(root, 'batch2', 'x2'), join(root, 'batch10', 'x10')]);
  });

  it('of the shipped corpus hold no tag', async () => {
    const folders = await demoFolders(join(PROJECT_ROOT, 'corpora', 'charts'));
    expect(folders).toHaveLength(34);
    for (const folder of folders) {
      const { notes } = await readDemoChart(folder);
      expect(notes.length).toBeGreaterThanOrEqual(2);
      for (const { text } of notes) expect(text).not.toMatch(/<\/?[A-Z][ >]/);
    }
  });

  it('lose every form of tag and keep other angle brackets', () => {
    expect(stripTags('<C id=c1 neg unc by=m1,m2>AKI</C> if K <3.5 or Na > 150 <not a tag> <B>')).toBe(
      'AKI if K <3.5 or Na > 150 <not a tag> ',
    );
  });
});
