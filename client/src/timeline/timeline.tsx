import { Anchor, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { resources } from '../api/resources.ts';
import { useResource } from '../api/use-resource.ts';
import { dayNumber } from '../convert/dates.ts';
import {
  encounterRow,
  extentOf,
  homeOf,
  joinRows,
  medicationRows,
  problemRows,
  procedureRows,
  resultRows,
} from '../convert/timeline-rows.ts';
import type { ChartRows, Lane } from '../convert/timeline-rows.ts';
import { ErrorView, RowsSkeleton, useOverdue } from '../frame/view.tsx';
import { useChartNotes } from '../note/use-chart-notes.ts';
import { Lanes } from './lanes.tsx';
import { ResultPanel } from './result-panel.tsx';
import { TimelineTools } from './timeline-tools.tsx';
import classes from './timeline.module.css';
import { UndatedTray } from './undated-tray.tsx';
import { useWindow } from './use-window.ts';

/** When things happened, lane by lane. */
export function Timeline({ patient }: { readonly patient: string }) {
  const medications = useResource(resources.medications(patient));
  const problems = useResource(resources.problems(patient));
  const procedures = useResource(resources.procedures(patient));
  const results = useResource(resources.results(patient));
  const { notes } = useChartNotes(patient);
  const all = [medications, problems, procedures, results];
  const broken = all.find(({ error, data }) => error && !data);
  const overdue = useOverdue(all.some(({ data }) => !data));
  const chart = useMemo(() => {
    const asOf = medications.data?.asOf;
    if (!medications.data || !problems.data || !procedures.data || !results.data) return null;
    const end = asOf ? dayNumber(asOf) : 0;
    return joinRows([
      encounterRow(notes),
      problemRows(problems.data.items, end),
      medicationRows(medications.data.items, end),
      procedureRows(procedures.data.items),
      resultRows(results.data.items),
    ]);
  }, [notes, medications.data, problems.data, procedures.data, results.data]);
  if (broken?.error) return <ErrorView error={broken.error} retry={broken.reload} />;
  if (!chart) return overdue ? <RowsSkeleton rows={12} /> : null;
  if (chart.rows.length === 0 && chart.undated.length === 0) {
    return (
      <Text p="md" c="dimmed">
        Nothing to place in time: no note has been read yet.
      </Text>
    );
  }
  return <LoadedTimeline patient={patient} chart={chart} />;
}

const AT_FIRST: readonly Lane[] = ['encounters', 'problems', 'medications', 'procedures', 'results'];

function LoadedTimeline({ patient, chart }: { readonly patient: string; readonly chart: ChartRows }) {
  const [lanes, setLanes] = useState<readonly Lane[]>(AT_FIRST);
  const [words, setWords] = useState('');
  const extent = useMemo(() => extentOf(chart.rows), [chart.rows]);
  const home = useMemo(() => homeOf(chart.rows, extent), [chart.rows, extent]);
  const view = useWindow(extent, home);
  const wanted = words.trim().toLowerCase();
  const fits = ({ lane, label }: { readonly lane: Lane; readonly label: string }): boolean =>
    lanes.includes(lane) && (wanted === '' || label.toLowerCase().includes(wanted));
  const rows = chart.rows.filter(fits);
  return (
    <div className={classes.page}>
      <ResultPanel patient={patient} />
      <TimelineTools view={view} lanes={lanes} setLanes={setLanes} words={words} setWords={setWords} />
      <Lanes rows={rows} all={chart.rows} view={view} />
      {rows.length === 0 && (
        <Text p="md" c="dimmed">
          Nothing matches.{' '}
          <Anchor
            component="button"
            size="sm"
            onClick={() => {
              setWords('');
              setLanes(AT_FIRST);
            }}
          >
            Show everything
          </Anchor>
        </Text>
      )}
      <UndatedTray items={chart.undated.filter(fits)} />
    </div>
  );
}
