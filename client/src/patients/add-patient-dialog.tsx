import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useNavigate } from 'react-router';
import type { CreatePatientRequest, CreatePatientResponse } from '#server/contract/index.ts';
import { request } from '../api/request.ts';
import { refresh } from '../api/use-resource.ts';
import { ErrorView } from '../frame/view.tsx';
import { DateField } from '../frame/date-field.tsx';
import { useSubmit } from '../frame/use-submit.ts';

interface DialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Adds a patient and opens the empty chart. */
export function AddPatientDialog({ opened, onClose }: DialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Add patient" closeButtonProps={{ 'aria-label': 'Close' }}>
      <PatientForm onClose={onClose} />
    </Modal>
  );
}

type Sex = NonNullable<CreatePatientRequest['sex']>;

function PatientForm({ onClose }: { readonly onClose: () => void }) {
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [birthDate, setBirthDate] = useState('');
  const [sex, setSex] = useState<Sex | null>(null);
  const [identifier, setIdentifier] = useState('');
  const { submit, busy, error } = useSubmit(async () => {
    const json: CreatePatientRequest = {
      name,
      birthDate: birthDate || null,
      sex,
      identifiers: identifier.trim() ? [{ system: 'urn:local', value: identifier.trim() }] : [],
    };
    const { id } = await request<CreatePatientResponse>('/api/v1/patients', { method: 'POST', json });
    refresh('/api/v1/patients');
    onClose();
    void navigate(`/patients/${encodeURIComponent(id)}/chart`);
  });
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    void submit();
  };
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <TextInput
          label="Name"
          required
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Group grow>
          <DateField label="Birth date" value={birthDate} onChange={setBirthDate} />
          <Select
            label="Sex"
            placeholder="Not stated"
            clearable
            clearButtonProps={{ 'aria-label': 'Clear sex' }}
            value={sex}
            onChange={(value) => setSex(value as Sex | null)}
            data={['female', 'male', 'other', 'unknown']}
          />
        </Group>
        <TextInput
          label="Identifier"
          description="Hospital number, if there is one"
          maxLength={200}
          value={identifier}
          onChange={(event) => setIdentifier(event.currentTarget.value)}
        />
        {error && <ErrorView error={error} />}
        <Group justify="end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={name.trim() === ''}>
            Add patient
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
