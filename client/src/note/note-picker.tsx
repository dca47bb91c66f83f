import { ActionIcon, Group, Select, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { NumberedNote } from '../convert/citations.ts';
import { formatDate } from '../convert/dates.ts';
import { useEvidence } from '../frame/use-evidence.ts';
import classes from './note.module.css';

interface PickerProps {
  readonly notes: readonly NumberedNote[];
  readonly current: string | null;
}

const STATE = { read: '', queued: ' · waiting to be read', failed: ' · could not be read' } as const;

/** Chooses the note: by number, date and kind, or the one before and after. */
export function NotePicker({ notes, current }: PickerProps) {
  const { open } = useEvidence();
  const index = notes.findIndex((note) => note.id === current);
  const step = (by: number) => {
    const to = notes[index + by];
    return to ? { disabled: false, onClick: () => open({ note: to.id }) } : { disabled: true };
  };
  return (
    <Group gap={4} wrap="nowrap" className={classes.picker ?? ''}>
      <Tooltip label="Earlier note">
        <ActionIcon variant="default" aria-label="Earlier note" {...step(-1)}>
          <IconChevronLeft size={16} />
        </ActionIcon>
      </Tooltip>
      <Select
        aria-label="Note"
        flex={1}
        size="xs"
        allowDeselect={false}
        searchable={notes.length > 12}
        nothingFoundMessage="No such note"
        maxDropdownHeight={420}
        value={index < 0 ? null : current}
        onChange={(value) => value && open({ note: value })}
        data={[...notes].reverse().map(({ id, number, date, type, state }) => ({
          value: id,
          label: `${number} · ${formatDate(date)} · ${type}${STATE[state]}`,
        }))}
        comboboxProps={{ transitionProps: { duration: 0 } }}
      />
      <Tooltip label="Later note">
        <ActionIcon variant="default" aria-label="Later note" {...step(1)}>
          <IconChevronRight size={16} />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
