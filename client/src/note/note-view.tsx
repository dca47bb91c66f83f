import { Box } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { GetNoteResponse } from '#server/contract/index.ts';
import { resources } from '../api/resources.ts';
import { useResource } from '../api/use-resource.ts';
import { findInText } from '../convert/segments.ts';
import { visibleMarks } from '../convert/visible-marks.ts';
import { Notice } from '../frame/notice.tsx';
import { View } from '../frame/view.tsx';
import { useEvidence } from '../frame/use-evidence.ts';
import { NoteOutline } from './note-outline.tsx';
import { NoteText } from './note-text.tsx';
import { NoteTools } from './note-tools.tsx';
import classes from './note.module.css';
import { useCopiedLines } from './use-copied-lines.ts';
import { useMarkSettings } from './use-mark-settings.ts';
import { useMarkSteps } from './use-mark-steps.ts';

/** One note: its tools, its outline and its text with the marks. */
export function NoteView({ patient, note }: { readonly patient: string; readonly note: string }) {
  const loaded = useResource(resources.note(patient, note));
  return <View of={loaded}>{(data) => <LoadedNote patient={patient} data={data} reload={loaded.reload} />}</View>;
}

interface LoadedProps {
  readonly patient: string;
  readonly data: GetNoteResponse;
  readonly reload: () => void;
}

function LoadedNote({ patient, data, reload }: LoadedProps) {
  const { target, flash } = useEvidence();
  const [words, setWords] = useState('');
  const [current, setCurrent] = useState(0);
  const settings = useMarkSettings();
  const marks = useMemo(() => visibleMarks(data.entities, settings), [data.entities, settings]);
  const found = useMemo(() => findInText(data.note.text, words), [data.note.text, words]);
  const steps = useMarkSteps(marks);
  const copied = useCopiedLines({ patient, note: data.note, on: settings.fold });
  const cited = target.note === data.note.id ? target.span : null;
  return (
    <div className={classes.note}>
      <NoteTools
        note={data}
        settings={settings}
        steps={steps}
        find={{
          words,
          count: found.length,
          current,
          setWords: (next) => {
            setWords(next);
            setCurrent(0);
          },
          step: (by) => found.length > 0 && setCurrent((at) => (at + by + found.length) % found.length),
        }}
      />
      <NoteStateNotice state={data.state} reload={reload} />
      <div className={classes.body}>
        <NoteOutline note={data} />
        <NoteText
          patient={patient}
          note={data}
          marks={marks}
          cited={cited}
          flash={flash}
          found={found}
          current={found[current] ?? null}
          active={steps.active}
          onActivate={steps.activate}
          copied={copied}
          raw={settings.raw}
        />
      </div>
    </div>
  );
}

function NoteStateNotice({ state, reload }: { readonly state: GetNoteResponse['state']; readonly reload: () => void }) {
  if (state === 'read') return null;
  return (
    <Box p="xs">
      {state === 'queued' ? (
        <Notice
          tone="plain"
          title="This note waits to be read"
          remedy="The text is complete; its marks appear once it has been read."
          action={{ label: 'Look again', onClick: reload }}
        />
      ) : (
        <Notice
          tone="look"
          title="This note could not be read"
          code="NOTE_NOT_READ"
          remedy="The text is kept as it was received, without marks, and no answer rests on it."
        />
      )}
    </Box>
  );
}
