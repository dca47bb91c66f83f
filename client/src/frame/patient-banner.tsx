import { ActionIcon, Group, Text, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { spotlight } from '@mantine/spotlight';
import { IconAlertTriangle, IconKeyboard, IconMoon, IconSearch, IconSun } from '@tabler/icons-react';
import type { GetPatientResponse } from '#server/contract/index.ts';
import { resources } from '../api/resources.ts';
import { useResource } from '../api/use-resource.ts';
import { allergyLine, identityParts } from '../convert/banner.ts';
import { formatDate } from '../convert/dates.ts';
import classes from './patient-banner.module.css';
import { useEvidence } from './use-evidence.ts';

interface BannerProps {
  readonly patient: string | null;
  readonly narrow: boolean;
  readonly onHelp: () => void;
}

/** Who this is, always in sight, and the only place where the name is large. */
export function PatientBanner({ patient, narrow, onHelp }: BannerProps) {
  const { data } = useResource(patient === null ? null : resources.patient(patient));
  useDocumentTitle(data ? `${data.name} · Anamnesis` : 'Anamnesis');
  return (
    <div className={classes.banner}>
      {data ? <Identity patient={data} narrow={narrow} /> : <Product />}
      <Tools narrow={narrow} onHelp={onHelp} />
    </div>
  );
}

function Product() {
  return (
    <Group gap={8} className={classes.identity ?? ''}>
      <Text fw={650} size="lg">
        Anamnesis
      </Text>
      <Text size="sm" c="dimmed" visibleFrom="xs">
        No patient open
      </Text>
    </Group>
  );
}

function Identity({ patient, narrow }: { readonly patient: GetPatientResponse; readonly narrow: boolean }) {
  const parts = identityParts(patient, narrow);
  return (
    <section className={classes.identity} aria-label="Patient">
      <span className={classes.who}>
        <strong className={classes.name}>{patient.name}</strong>
        {parts.map((part) => (
          <span key={part} className={classes.part}>
            {part}
          </span>
        ))}
      </span>
      <Allergies patient={patient} />
      {!narrow && patient.banner.asOf && <span className={classes.asOf}>as of {formatDate(patient.banner.asOf)}</span>}
    </section>
  );
}

function Allergies({ patient }: { readonly patient: GetPatientResponse }) {
  const { openCitation } = useEvidence();
  const line = allergyLine(patient.banner);
  return (
    <span className={classes.allergies} data-listed={line.danger || undefined} title={line.full}>
      {line.danger && <IconAlertTriangle size={14} aria-hidden style={{ flex: 'none' }} />}
      <span className={classes.allergyText}>
        {line.danger && <b>Allergies: </b>}
        {line.items.length === 0 && line.text}
        {line.items.map((item, index) => (
          <span key={index}>
            {index > 0 && ', '}
            {item.evidence ? (
              <button type="button" className="link" onClick={() => item.evidence && openCitation(item.evidence)}>
                {item.text}
              </button>
            ) : (
              item.text
            )}
          </span>
        ))}
      </span>
    </span>
  );
}

function Tools({ narrow, onHelp }: { readonly narrow: boolean; readonly onHelp: () => void }) {
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light') === 'dark';
  return (
    <Group gap={2} wrap="nowrap" className={classes.tools ?? ''}>
      <Tooltip label="Go to… (Ctrl K)">
        <ActionIcon variant="subtle" color="gray" aria-label="Go to a patient or view" onClick={spotlight.open}>
          <IconSearch size={18} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      {!narrow && (
        <Tooltip label="Keyboard (?)">
          <ActionIcon variant="subtle" color="gray" aria-label="Keyboard shortcuts" onClick={onHelp}>
            <IconKeyboard size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      )}
      <Tooltip label={dark ? 'Light' : 'Dark'}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={dark ? 'Use light colours' : 'Use dark colours'}
          onClick={() => setColorScheme(dark ? 'light' : 'dark')}
        >
          {dark ? <IconSun size={18} stroke={1.6} /> : <IconMoon size={18} stroke={1.6} />}
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
