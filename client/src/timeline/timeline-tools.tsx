import { ActionIcon, Button, Chip, Group, TextInput, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconFilter, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { LANES } from '../convert/timeline-rows.ts';
import type { Lane } from '../convert/timeline-rows.ts';
import classes from './timeline.module.css';
import type { TimeView } from './use-window.ts';

interface ToolsProps {
  readonly view: TimeView;
  readonly lanes: readonly Lane[];
  readonly setLanes: (lanes: readonly Lane[]) => void;
  readonly words: string;
  readonly setWords: (words: string) => void;
}

const SPANS = [
  ['All', null],
  ['5 y', 1826],
  ['1 y', 365],
  ['3 m', 91],
] as const;

/** Which lanes, which words, which days. */
export function TimelineTools({ view, lanes, setLanes, words, setWords }: ToolsProps) {
  return (
    <div className={classes.tools}>
      <Group gap={6} wrap="nowrap">
        <TextInput
          flex={1}
          miw={90}
          aria-label="Filter the timeline"
          placeholder="Filter by words"
          leftSection={<IconFilter size={14} aria-hidden />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <Button.Group>
          {SPANS.map(([text, days]) => (
            <Button key={text} variant="default" px={8} onClick={() => view.show(days)}>
              {text}
            </Button>
          ))}
        </Button.Group>
        <ActionIcon.Group>
          <Tool label="Earlier" onClick={() => view.pan(-0.4)} icon={<IconChevronLeft size={15} />} />
          <Tool label="Zoom out" onClick={() => view.zoom(1.6)} icon={<IconZoomOut size={15} />} />
          <Tool label="Zoom in" onClick={() => view.zoom(1 / 1.6)} icon={<IconZoomIn size={15} />} />
          <Tool label="Later" onClick={() => view.pan(0.4)} icon={<IconChevronRight size={15} />} />
        </ActionIcon.Group>
      </Group>
      <Chip.Group multiple value={[...lanes]} onChange={(value) => setLanes(value as Lane[])}>
        <Group gap={5} mt={6} role="group" aria-label="Lanes">
          {LANES.map((lane) => (
            <Chip key={lane} value={lane} size="xs" radius="sm" variant="outline">
              {lane}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </div>
  );
}

interface ToolProps {
  readonly label: string;
  readonly onClick: () => void;
  readonly icon: React.ReactNode;
}

function Tool({ label, onClick, icon }: ToolProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size={30} aria-label={label} onClick={onClick}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
