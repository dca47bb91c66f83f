import { Button, Group, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPrinter, IconUpload } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useParams } from 'react-router';
import type { PgxResponse } from '#server/contract/index.ts';
import { resources } from '../api/resources.ts';
import { useResource } from '../api/use-resource.ts';
import { PrintHead } from '../frame/print-head.tsx';
import { View } from '../frame/view.tsx';
import { rememberRules } from '../note/known-rules.ts';
import { FhirExport } from './fhir-export.tsx';
import { GeneConflicts } from './gene-conflicts.tsx';
import { GenesTable } from './genes-table.tsx';
import { MedicinesTable } from './medicines-table.tsx';
import classes from './pgx.module.css';
import { UploadDialog } from './upload-dialog.tsx';
import { WarfarinPanel } from './warfarin-panel.tsx';

/** Genes, what they make of the medicines, and what was not tested; printable. */
export function PgxPage() {
  const { patient = '' } = useParams();
  const loaded = useResource(resources.pgx(patient));
  const [uploading, { open, close }] = useDisclosure(false);
  return (
    <div className={classes.page} tabIndex={0} role="region" aria-label="Pharmacogenomics">
      <Group justify="space-between" wrap="nowrap" className={classes.head ?? ''}>
        <Title order={1} size="md">
          Pharmacogenomics
        </Title>
        <Group gap={4} wrap="nowrap" className="no-print">
          <Button variant="subtle" leftSection={<IconUpload size={15} />} onClick={open}>
            Upload
          </Button>
          <FhirExport patient={patient} />
          <Button variant="subtle" leftSection={<IconPrinter size={15} />} onClick={() => window.print()}>
            Print
          </Button>
        </Group>
      </Group>
      <PrintHead patient={patient} title="Pharmacogenomic report" />
      <View of={loaded}>{(report) => <Report patient={patient} report={report} onUpload={open} />}</View>
      <UploadDialog patient={patient} opened={uploading} onClose={close} />
    </div>
  );
}

interface ReportProps {
  readonly patient: string;
  readonly report: PgxResponse;
  readonly onUpload: () => void;
}

function Report({ patient, report, onUpload }: ReportProps) {
  useEffect(() => rememberRules(report.advice.flatMap(({ citations }) => citations)), [report]);
  return (
    <>
      <GenesTable patient={patient} report={report} onUpload={onUpload} />
      <GeneConflicts report={report} />
      <MedicinesTable patient={patient} report={report} />
      <WarfarinPanel report={report} />
      <Text size="xs" c="dimmed" p="sm">
        {report.releases.join(' · ')}
      </Text>
    </>
  );
}
