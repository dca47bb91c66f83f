import { Button, FileInput, Group, Modal, SegmentedControl, Stack, Text, TextInput, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { UploadGenotypesResponse } from '#server/contract/index.ts';
import { request } from '../api/request.ts';
import { refresh } from '../api/use-resource.ts';
import { useSubmit } from '../frame/use-submit.ts';
import { ErrorView } from '../frame/view.tsx';

interface UploadProps {
  readonly patient: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Brings a genotype in: a VCF file, or a laboratory's report as text or file. */
export function UploadDialog({ patient, opened, onClose }: UploadProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Upload a genotype" closeButtonProps={{ 'aria-label': 'Close' }}>
      <UploadForm patient={patient} onClose={onClose} />
    </Modal>
  );
}

interface Draft {
  readonly kind: 'vcf' | 'report' | 'fhir';
  readonly file: File | null;
  readonly sample: string;
  readonly text: string;
}

const FILES = {
  vcf: { label: 'VCF file', placeholder: '.vcf or .vcf.gz', accept: '.vcf,.gz' },
  report: { label: 'Report file', placeholder: 'Text, one gene a line', accept: '.txt,.tsv,text/plain' },
  fhir: { label: 'FHIR file', placeholder: 'Bundle or observations, JSON', accept: '.json,application/json' },
} as const;

async function send(patient: string, { kind, file, sample, text }: Draft): Promise<UploadGenotypesResponse> {
  const path = `/api/v1/patients/${encodeURIComponent(patient)}/genotypes`;
  const chosen = sample.trim();
  if (kind === 'vcf' && file) {
    const query = new URLSearchParams({ name: file.name, ...(chosen ? { sample: chosen } : {}) });
    const type = file.name.endsWith('.gz') ? 'application/gzip' : 'text/plain';
    return request(`${path}?${query.toString()}`, { method: 'POST', raw: { body: file, type } });
  }
  if (kind === 'fhir' && file) {
    const name = encodeURIComponent(file.name);
    return request(`${path}?name=${name}`, { method: 'POST', raw: { body: file, type: 'application/fhir+json' } });
  }
  const report = file ? await file.text() : text;
  return request(path, { method: 'POST', json: { report, name: file?.name ?? 'pasted report' } });
}

function UploadForm({ patient, onClose }: Omit<UploadProps, 'opened'>) {
  const [draft, setDraft] = useState<Draft>({ kind: 'vcf', file: null, sample: '', text: '' });
  const change = (part: Partial<Draft>): void => setDraft((was) => ({ ...was, ...part }));
  const { submit, busy, error } = useSubmit(async () => {
    const { genes } = await send(patient, draft);
    refresh(`/api/v1/patients/${encodeURIComponent(patient)}`);
    const called = genes.filter(({ diplotypes, phenotype }) => diplotypes.length + phenotype.length > 0).length;
    notifications.show({ message: `Read: ${called} of ${genes.length} genes have a result.` });
    onClose();
  });
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    void submit();
  };
  const complete = draft.file !== null || (draft.kind === 'report' && draft.text.trim() !== '');
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <SegmentedControl
          aria-label="What to upload"
          value={draft.kind}
          onChange={(kind) => change({ kind: kind as Draft['kind'], file: null })}
          data={[
            { value: 'vcf', label: 'VCF (GRCh38)' },
            { value: 'report', label: 'Report' },
            { value: 'fhir', label: 'FHIR' },
          ]}
        />
        <FileInput
          label={FILES[draft.kind].label}
          size="xs"
          placeholder={FILES[draft.kind].placeholder}
          accept={FILES[draft.kind].accept}
          clearable
          clearButtonProps={{ 'aria-label': 'Take the file away' }}
          value={draft.file}
          onChange={(file) => change({ file })}
        />
        {draft.kind === 'vcf' && (
          <TextInput
            label="Sample"
            description="Only needed where the file holds several"
            value={draft.sample}
            onChange={(event) => change({ sample: event.currentTarget.value })}
          />
        )}
        {draft.kind === 'report' && (
          <Textarea
            label="Or paste it"
            autosize
            minRows={5}
            maxRows={12}
            disabled={draft.file !== null}
            placeholder={'CYP2C19\t*1/*2\nCYP2D6 *4/*5'}
            value={draft.text}
            onChange={(event) => change({ text: event.currentTarget.value })}
          />
        )}
        {error && <ErrorView error={error} />}
        <Group justify="space-between">
          <Text size="xs" c="dimmed">
            Stays on this machine.
          </Text>
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy} disabled={!complete}>
              Upload
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
