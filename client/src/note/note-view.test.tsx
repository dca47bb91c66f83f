// @vitest-environment happy-dom
import { cleanup, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import type { GetNoteResponse } from '#server/contract/index.ts';
import { aNote, anEntity, NOTE_TEXT } from '../testing/fixtures.ts';
import { renderAt } from '../testing/render.tsx';
import { replies, useFakeServer } from '../testing/server.ts';
import { NoteView } from './note-view.tsx';

const server = useFakeServer();
afterEach(() => {
  cleanup();
  localStorage.clear();
});

const denied = { existence: 'absent', temporality: 'current', experiencer: 'patient' } as const;

function aNoteReply(part: Partial<GetNoteResponse> = {}, text = NOTE_TEXT): GetNoteResponse {
  return {
    note: { id: 'n1', date: '2022-03-12', type: 'clinic note', text, sha256: 'x' },
    state: 'read',
    sections: [],
    sentences: [],
    entities: [anEntity('Dry cough'), anEntity('chest pain', { assertion: denied })],
    relations: [],
    pipeline: 'pipeline/1',
    by: [],
    ...part,
  };
}

function draw(reply: GetNoteResponse, search = '') {
  server.use(
    replies('/patients/p/notes/n1', reply),
    replies('/patients/p/notes', { notes: [aNote()] }),
    replies('/patients/p/notes/n1/uses', { answers: [] }),
  );
  return renderAt(`/${search}`, '/', <NoteView patient="p" note="n1" />);
}

async function textShown(): Promise<HTMLElement> {
  const region = await screen.findByRole('region', { name: 'Note text' });
  return region.querySelector<HTMLElement>('[data-note-text]')!;
}

describe('a note on screen', () => {
  it('has exactly the characters that were written', async () => {
    const text = 'Pt  seen.\r\n\r\n\tBP\t120/80 😀\n  éù – "q"\n';
    draw(aNoteReply({ entities: [] }, text));
    expect((await textShown()).textContent).toBe(text);
  });

  it('shows markup in a note as text and never as an element', async () => {
    const text = 'Plan: <img src=x onerror="alert(1)"><b>stop</b> <script>alert(2)</script>';
    draw(aNoteReply({ entities: [] }, text));
    const shown = await textShown();
    expect(shown.textContent).toBe(text);
    expect(shown.querySelector('img, b, script')).toBeNull();
  });

  it('gives each mark its words for those who do not see colour and form', async () => {
    draw(aNoteReply());
    await textShown();
    expect(screen.getByLabelText('Dry cough: Finding')).toBeDefined();
    expect(screen.getByLabelText('chest pain: Finding, denied').dataset.forms).toBe('denied');
  });

  it('outlines the cited words that the address names', async () => {
    const start = NOTE_TEXT.indexOf('Stopped');
    draw(aNoteReply(), `?note=n1&span=${start}-${start + 7}`);
    expect((await textShown()).querySelector('[data-cited]')?.textContent).toBe('Stopped');
  });

  it('steps through the findings by j and k, around the ends', async () => {
    draw(aNoteReply());
    const shown = await textShown();
    const active = () => shown.querySelector('[data-active]')?.textContent;
    await userEvent.keyboard('j');
    expect(active()).toBe('Dry cough');
    await userEvent.keyboard('j');
    expect(active()).toBe('chest pain');
    await userEvent.keyboard('j');
    expect(active()).toBe('Dry cough');
    await userEvent.keyboard('k');
    expect(active()).toBe('chest pain');
  });

  it('hides what the legend switches off', async () => {
    draw(aNoteReply());
    await textShown();
    await userEvent.click(screen.getByRole('button', { name: 'Legend' }));
    await userEvent.click(await screen.findByRole('checkbox', { name: 'denied' }));
    expect(screen.queryByLabelText('chest pain: Finding, denied')).toBeNull();
    expect(screen.getByLabelText('Dry cough: Finding')).toBeDefined();
  });

  it('counts what find finds', async () => {
    draw(aNoteReply());
    const shown = await textShown();
    await userEvent.type(screen.getByLabelText('Find in note'), 'lisinopril');
    expect(screen.getByText('1/2')).toBeDefined();
    expect(shown.querySelector('[data-current]')?.textContent).toBe('lisinopril');
  });

  it('says that a note waits to be read, and shows its text', async () => {
    draw(aNoteReply({ state: 'queued', entities: [], pipeline: null }));
    expect((await textShown()).textContent).toBe(NOTE_TEXT);
    expect(within(document.body).getByText('This note waits to be read')).toBeDefined();
  });
});
