import { ActionIcon, Button, Checkbox, Group, Popover, Text, TextInput, Tooltip } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp, IconPalette, IconSearch } from '@tabler/icons-react';
import { useRef } from 'react';
import type { GetNoteResponse } from '#server/contract/index.ts';
import { Legend } from './legend.tsx';
import { OutlineMenu } from './note-outline.tsx';
import classes from './note.module.css';
import type { MarkSettingsControl } from './use-mark-settings.ts';
import type { MarkSteps } from './use-mark-steps.ts';

export interface Find {
  readonly words: string;
  readonly count: number;
  readonly current: number;
  readonly setWords: (words: string) => void;
  readonly step: (by: number) => void;
}

interface ToolsProps {
  readonly note: GetNoteResponse;
  readonly settings: MarkSettingsControl;
  readonly steps: MarkSteps;
  readonly find: Find;
}

/** Find, step through the findings, legend. */
export function NoteTools({ note, settings, steps, find }: ToolsProps) {
  return (
    <Group gap={6} wrap="nowrap" className={classes.tools ?? ''}>
      <FindField find={find} />
      <Group gap={2} wrap="nowrap">
        <Tooltip label="Previous finding (k)">
          <ActionIcon variant="subtle" color="gray" aria-label="Previous finding" onClick={steps.previous}>
            <IconArrowUp size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Next finding (j)">
          <ActionIcon variant="subtle" color="gray" aria-label="Next finding" onClick={steps.next}>
            <IconArrowDown size={16} />
          </ActionIcon>
        </Tooltip>
        <Text size="xs" c="dimmed" miw={72} style={{ whiteSpace: 'nowrap' }}>
          {steps.place}
        </Text>
      </Group>
      <OutlineMenu note={note} />
      <Popover position="bottom-end" width={340} withinPortal>
        <Popover.Target>
          <Button variant="default" size="compact-xs" aria-label="Legend">
            <IconPalette size={14} aria-hidden />
            <span className={classes.toolText}>Legend</span>
          </Button>
        </Popover.Target>
        <Popover.Dropdown p="sm">
          <Legend settings={settings} />
          <Group mt="sm" gap="md">
            <Checkbox
              size="xs"
              label="Plain text, no marks"
              checked={settings.raw}
              onChange={(event) => settings.setRaw(event.currentTarget.checked)}
            />
            <Checkbox
              size="xs"
              label="Fold copied text"
              checked={settings.fold}
              onChange={(event) => settings.setFold(event.currentTarget.checked)}
            />
          </Group>
        </Popover.Dropdown>
      </Popover>
    </Group>
  );
}

function FindField({ find }: { readonly find: Find }) {
  const field = useRef<HTMLInputElement>(null);
  useHotkeys([['f', () => field.current?.focus()]]);
  const place = find.words.trim() === '' ? null : find.count === 0 ? 'none' : `${find.current + 1}/${find.count}`;
  return (
    <TextInput
      ref={field}
      flex={1}
      miw={90}
      aria-label="Find in note"
      placeholder="Find in note"
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={
        place && (
          <Text size="xs" c="dimmed" aria-live="polite">
            {place}
          </Text>
        )
      }
      rightSectionWidth={56}
      value={find.words}
      onChange={(event) => find.setWords(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') find.step(event.shiftKey ? -1 : 1);
        if (event.key === 'Escape') find.setWords('');
      }}
    />
  );
}
