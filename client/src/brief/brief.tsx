import { Button, Group, Text } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import type { BriefResponse } from '#server/contract/index.ts';
import { resources } from '../api/resources.ts';
import { useResource } from '../api/use-resource.ts';
import { Claim } from '../conversation/turn.tsx';
import type { NumberedNote } from '../convert/citations.ts';
import { formatDate } from '../convert/dates.ts';
import { DateField } from '../frame/date-field.tsx';
import { View } from '../frame/view.tsx';
import { useChartNotes } from '../note/use-chart-notes.ts';
import { modelRelease } from '../convert/verdict.ts';
import { PrintHead } from '../frame/print-head.tsx';
import classes from './brief.module.css';

/** The chart on one page, every line cited; what changed since a day where one is given. */
export function Brief({ patient }: { readonly patient: string }) {
  const [params, setParams] = useSearchParams();
  const since = params.get('since');
  const loaded = useResource(resources.brief(patient, since));
  const { notes } = useChartNotes(patient);
  const setSince = (value: string): void => {
    const next = new URLSearchParams(params);
    if (value) next.set('since', value);
    else next.delete('since');
    setParams(next, { replace: true });
  };
  return (
    <div className={classes.page}>
      <Group justify="space-between" align="end" className="no-print" mb="xs">
        <DateField label="What changed since" value={since ?? ''} onChange={setSince} />
        <Button variant="default" leftSection={<IconPrinter size={15} />} onClick={() => window.print()}>
          Print
        </Button>
      </Group>
      <PrintHead patient={patient} title="Brief" />
      <View of={loaded}>{(brief) => <BriefText patient={patient} brief={brief} notes={notes} />}</View>
    </div>
  );
}

interface TextProps {
  readonly patient: string;
  readonly brief: BriefResponse;
  readonly notes: readonly NumberedNote[];
}

function BriefText({ patient, brief, notes }: TextProps) {
  const told = brief.sections.filter(({ claims }) => claims.length > 0);
  const silent = brief.sections.filter(({ claims }) => claims.length === 0);
  return (
    <>
      {told.length === 0 && <Text c="dimmed">Nothing to tell: no fact was read from the notes.</Text>}
      {told.map((section, index) => (
        <section key={index} className={classes.section} data-kind={section.kind} aria-label={section.title}>
          <h2>{section.title}</h2>
          {section.claims.map((claim, at) => (
            <Claim key={at} patient={patient} notes={notes} claim={claim} />
          ))}
        </section>
      ))}
      <Text size="xs" c="dimmed" mt="sm">
        {[
          brief.asOf && `as of ${formatDate(brief.asOf)}, the last note`,
          brief.since && `changes since ${formatDate(brief.since)}`,
          silent.length > 0 && `nothing documented for: ${silent.map(({ title }) => title.toLowerCase()).join(', ')}`,
          modelRelease(brief.by.pipeline),
          ...brief.by.rules,
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
    </>
  );
}
