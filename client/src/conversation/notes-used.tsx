import { Button, Chip, Group, Pill, Popover, Skeleton, Stack, Text } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { Suspense, lazy, useState } from 'react';
import { useSearchParams } from 'react-router';
import { resources } from '../api/resources.ts';
import { useResource } from '../api/use-resource.ts';
import { formatDate } from '../convert/dates.ts';
import { useChartNotes } from '../note/use-chart-notes.ts';

const DateField = lazy(async () => ({ default: (await import('../frame/date-field.tsx')).DateField }));

/** Which notes the next answer may use, as the address keeps them: all, those up to a day, those of some types. */
export function useNotesUsed() {
  const [params, setParams] = useSearchParams();
  const change = (name: 'asOf' | 'type', values: readonly string[]): void => {
    const next = new URLSearchParams(params);
    next.delete(name);
    for (const value of values) if (value) next.append(name, value);
    setParams(next, { replace: true });
  };
  return {
    asOf: params.get('asOf'),
    noteTypes: params.getAll('type'),
    setAsOf: (value: string) => change('asOf', [value]),
    setNoteTypes: (values: readonly string[]) => change('type', values),
  };
}

/** Shows which notes the next answer may use, and lets a day and types of notes be chosen. */
export function NotesUsed({ patient }: { readonly patient: string }) {
  const { asOf, noteTypes, setAsOf, setNoteTypes } = useNotesUsed();
  const [opened, setOpened] = useState(false);
  const { data } = useResource(resources.patient(patient));
  const last = data?.banner.asOf ?? null;
  const isNarrowed = asOf !== null || noteTypes.length > 0;
  return (
    <Group gap={6}>
      <Text size="xs" c="dimmed">
        Notes used:
      </Text>
      {asOf && <Chosen words={`up to ${formatDate(asOf)}`} remove="Use all notes" onRemove={() => setAsOf('')} />}
      {noteTypes.map((type) => (
        <Chosen
          key={type}
          words={type}
          remove={`Do not narrow to ${type}`}
          onRemove={() => setNoteTypes(noteTypes.filter((other) => other !== type))}
        />
      ))}
      <Popover opened={opened} onChange={setOpened} position="top-start" trapFocus withinPortal>
        <Popover.Target>
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<IconCalendar size={13} />}
            onClick={() => setOpened(!opened)}
          >
            {isNarrowed ? 'change' : last ? `all, to ${formatDate(last)}` : 'all'}
          </Button>
        </Popover.Target>
        <Popover.Dropdown p="sm" maw={360}>
          <Stack gap="sm">
            <Suspense fallback={<Skeleton h={48} w={200} />}>
              <DateField
                label="Answer as of"
                description="Later notes are left out"
                max={last}
                value={asOf ?? ''}
                onChange={setAsOf}
              />
            </Suspense>
            <TypeChips patient={patient} chosen={noteTypes} setChosen={setNoteTypes} />
          </Stack>
        </Popover.Dropdown>
      </Popover>
    </Group>
  );
}

interface ChosenProps {
  readonly words: string;
  readonly remove: string;
  readonly onRemove: () => void;
}

function Chosen({ words, remove, onRemove }: ChosenProps) {
  return (
    <Pill
      size="sm"
      withRemoveButton
      removeButtonProps={{ 'aria-label': remove, 'aria-hidden': false, tabIndex: 0 }}
      onRemove={onRemove}
    >
      {words}
    </Pill>
  );
}

interface TypeProps {
  readonly patient: string;
  readonly chosen: readonly string[];
  readonly setChosen: (types: readonly string[]) => void;
}

/** The types of this patient's notes; none pressed means all. */
function TypeChips({ patient, chosen, setChosen }: TypeProps) {
  const { notes } = useChartNotes(patient);
  const types = [...new Set([...notes.map(({ type }) => type), ...chosen])].sort();
  if (types.length < 2) return null;
  return (
    <div role="group" aria-label="Types of notes">
      <Text size="sm" fw={500}>
        Types of notes
      </Text>
      <Text size="xs" c="dimmed" mb={6}>
        Notes of other types are left out, except where allergies or giving a drug are asked about
      </Text>
      <Chip.Group multiple value={[...chosen]} onChange={setChosen}>
        <Group gap={4}>
          {types.map((type) => (
            <Chip key={type} value={type} size="xs" radius="sm" variant="outline">
              {type}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </div>
  );
}
