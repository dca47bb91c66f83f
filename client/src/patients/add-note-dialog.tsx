import { Button, FileInput, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useNavigate } from 'react-router';
import type { CreateNoteResponse } from '#server/contract/index.ts';
import { request } from '../api/request.ts';
import { refresh } from '../api/use-resource.ts';
import { DateField } from '../frame/date-field.tsx';
import { useSubmit } from '../frame/use-submit.ts';
import { ErrorView } from '../frame/view.tsx';
import { closeAddNote, useAddNotePatient } from './add-note-state.ts';

/** Adds a note to a patient: pasted, or from a text file, which is sent as it is. */
export function AddNoteDialog() {
  const patient = useAddNotePatient();
  return (
    <Modal
      opened={patient !== null}
      onClose={closeAddNote}
      title="Add a note"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {patient !== null && <NoteForm patient={patient} />}
    </Modal>
  );
}

interface Draft {
  readonly date: string;
  readonly type: string;
  readonly text: string;
  readonly file: File | null;
}

function sendNote(patient: string, { date, type, text, file }: Draft): Promise<CreateNoteResponse> {
  const path = `/api/v1/patients/${encodeURIComponent(patient)}/notes`;
  if (!file) {
    return request(path, { method: 'POST', json: { date, type: type || 'note', text } });
  }
  const query = new URLSearchParams({ date, type: type || 'note' });
  return request(`${path}?${query.toString()}`, { method: 'POST', raw: { body: file, type: 'text/plain' } });
}

function NoteForm({ patient }: { readonly patient: string }) {
  const navigate = useNavigate();
  const [draft, setDraft] = useState<Draft>({ date: '', type: '', text: '', file: null });
  const change = (part: Partial<Draft>): void => setDraft((was) => ({ ...was, ...part }));
  const { submit, busy, error } = useSubmit(async () => {
    const { id } = await sendNote(patient, draft);
    refresh('/api/v1/');
    closeAddNote();
    notifications.show({ message: 'The note was stored and read.' });
    void navigate(`/patients/${encodeURIComponent(patient)}/chart/notes?note=${encodeURIComponent(id)}&view=evidence`);
  });
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    void submit();
  };
  const complete = draft.date !== '' && (draft.file !== null || draft.text.trim() !== '');
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <Group grow align="start">
          <DateField label="Date of the note" required value={draft.date} onChange={(date) => change({ date })} />
          <TextInput
            label="Kind"
            placeholder="discharge summary, clinic letter…"
            maxLength={200}
            value={draft.type}
            onChange={(event) => change({ type: event.currentTarget.value })}
          />
        </Group>
        <FileInput
          label="Text file"
          size="xs"
          placeholder="Choose a file in UTF-8, or paste below"
          accept="text/plain,.txt,.md,.text"
          clearable
          clearButtonProps={{ 'aria-label': 'Take the file away' }}
          value={draft.file}
          onChange={(file) => change({ file })}
        />
        <Textarea
          label="Text"
          description="Stored and shown exactly as pasted"
          autosize
          minRows={10}
          maxRows={18}
          disabled={draft.file !== null}
          value={draft.text}
          onChange={(event) => change({ text: event.currentTarget.value })}
        />
        {error && <ErrorView error={error} />}
        <Group justify="space-between">
          <Text size="xs" c="dimmed">
            Read on this machine; nothing is sent elsewhere.
          </Text>
          <Group gap="xs">
            <Button variant="default" onClick={closeAddNote}>
              Cancel
            </Button>
            <Button type="submit" loading={busy} disabled={!complete}>
              Add note
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
