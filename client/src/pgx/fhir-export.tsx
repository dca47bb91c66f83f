import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { request } from '../api/request.ts';
import { useSubmit } from '../frame/use-submit.ts';

/** Saves the report as a FHIR Genomics Reporting bundle. */
export function FhirExport({ patient }: { readonly patient: string }) {
  const { submit, busy } = useSubmit(async () => {
    try {
      const bundle = await request<object>(`/api/v1/patients/${encodeURIComponent(patient)}/pgx?format=fhir`);
      save(bundle, `pharmacogenomics-${patient}.json`);
    } catch (cause) {
      notifications.show({ message: 'The FHIR bundle could not be made; nothing was saved.' });
      throw cause;
    }
  });
  return (
    <Button variant="subtle" leftSection={<IconDownload size={15} />} loading={busy} onClick={() => void submit()}>
      FHIR
    </Button>
  );
}

function save(value: object, name: string): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(value, null, 2)], { type: 'application/fhir+json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
