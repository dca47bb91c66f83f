import { Button, Group, Tabs, VisuallyHidden } from '@mantine/core';
import { IconFilePlus } from '@tabler/icons-react';
import { Suspense, lazy } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { resources } from '../api/resources.ts';
import { useResource } from '../api/use-resource.ts';
import { NoSuchPage } from '../frame/crash-view.tsx';
import { RowsSkeleton } from '../frame/view.tsx';
import { openAddNote } from '../patients/add-note-state.ts';
import classes from './chart-page.module.css';

const Summary = lazy(async () => ({ default: (await import('./summary.tsx')).Summary }));
const Timeline = lazy(async () => ({ default: (await import('../timeline/timeline.tsx')).Timeline }));
const NoteList = lazy(async () => ({ default: (await import('../note/note-list.tsx')).NoteList }));
const Conflicts = lazy(async () => ({ default: (await import('../conflicts/conflicts.tsx')).Conflicts }));
const Brief = lazy(async () => ({ default: (await import('../brief/brief.tsx')).Brief }));

const VIEWS = { summary: Summary, timeline: Timeline, notes: NoteList, conflicts: Conflicts, brief: Brief } as const;

function isView(tab: string): tab is keyof typeof VIEWS {
  return Object.hasOwn(VIEWS, tab);
}

/** The chart: summary, timeline, notes, conflicts and brief. */
export function ChartPage() {
  const { patient = '', tab = 'summary' } = useParams();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const { data: conflicts } = useResource(resources.conflicts(patient));
  if (!isView(tab)) return <NoSuchPage />;
  const View = VIEWS[tab];
  const go = (to: string | null): void => {
    const next = new URLSearchParams(params);
    next.delete('view');
    void navigate({
      pathname: `/patients/${encodeURIComponent(patient)}/chart/${to ?? 'summary'}`,
      search: `?${next}`,
    });
  };
  const count = conflicts?.items.length ?? 0;
  return (
    <Tabs value={tab} onChange={go} keepMounted={false} className={classes.page ?? ''}>
      <VisuallyHidden component="h1">Chart: {tab}</VisuallyHidden>
      <Group justify="space-between" wrap="nowrap" gap={0} className={classes.head ?? ''}>
        <Tabs.List aria-label="Chart">
          <Tabs.Tab value="summary">Summary</Tabs.Tab>
          <Tabs.Tab value="timeline">Timeline</Tabs.Tab>
          <Tabs.Tab value="notes">Notes</Tabs.Tab>
          <Tabs.Tab value="conflicts">{count > 0 ? `Conflicts (${count})` : 'Conflicts'}</Tabs.Tab>
          <Tabs.Tab value="brief">Brief</Tabs.Tab>
        </Tabs.List>
        <Button
          variant="subtle"
          className={classes.add ?? ''}
          aria-label="Add note"
          onClick={() => openAddNote(patient)}
        >
          <IconFilePlus size={16} aria-hidden />
          <span className={classes.addText}>Add note</span>
        </Button>
      </Group>
      <Tabs.Panel value={tab} className={classes.panel ?? ''}>
        <Suspense fallback={<RowsSkeleton />}>
          <View patient={patient} />
        </Suspense>
      </Tabs.Panel>
    </Tabs>
  );
}
