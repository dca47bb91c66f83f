import { Button, EmptyState } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { Suspense, lazy } from 'react';
import { RowsSkeleton, View } from '../frame/view.tsx';
import { useEvidence } from '../frame/use-evidence.ts';
import { openAddNote } from '../patients/add-note-state.ts';
import { NotePicker } from './note-picker.tsx';
import { useChartNotes } from './use-chart-notes.ts';

const NoteView = lazy(async () => ({ default: (await import('./note-view.tsx')).NoteView }));
const RuleView = lazy(async () => ({ default: (await import('./rule-view.tsx')).RuleView }));

/** The right pane: the note or the rule that the address names, else the last note. */
export function EvidencePane({ patient }: { readonly patient: string }) {
  const { target } = useEvidence();
  const { notes, loaded } = useChartNotes(patient);
  if (target.rule) {
    return (
      <Suspense fallback={<RowsSkeleton />}>
        <RuleView rule={target.rule} />
      </Suspense>
    );
  }
  const note = target.note ?? notes.at(-1)?.id;
  return (
    <View of={loaded} empty={{ when: ({ notes: all }) => all.length === 0, show: <NoNotes patient={patient} /> }}>
      {() => (
        <>
          <NotePicker notes={notes} current={note ?? null} />
          {note && (
            <Suspense fallback={<RowsSkeleton />}>
              <NoteView key={note} patient={patient} note={note} />
            </Suspense>
          )}
        </>
      )}
    </View>
  );
}

function NoNotes({ patient }: { readonly patient: string }) {
  return (
    <EmptyState
      mt="xl"
      icon={<IconFileText size={28} stroke={1.4} />}
      title="No notes yet"
      description="Paste a note or choose a text file; it is read on this machine."
    >
      <EmptyState.Actions>
        <Button onClick={() => openAddNote(patient)}>Add a note</Button>
      </EmptyState.Actions>
    </EmptyState>
  );
}
