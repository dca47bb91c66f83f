import { EmptyState, Table } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { formatDate } from '../convert/dates.ts';
import { useEvidence } from '../frame/use-evidence.ts';
import { View } from '../frame/view.tsx';
import { useChartNotes } from './use-chart-notes.ts';

const STATE = { read: '', queued: 'waiting', failed: 'could not be read' } as const;

/** Every note of the chart, newest first; a row opens it at the right. */
export function NoteList({ patient }: { readonly patient: string }) {
  const { notes, loaded } = useChartNotes(patient);
  const { target, open } = useEvidence();
  const shown = target.note ?? notes.at(-1)?.id;
  const none = <EmptyState mt="xl" icon={<IconFileText size={28} stroke={1.4} />} title="No notes yet" />;
  return (
    <View of={loaded} empty={{ when: (data) => data.notes.length === 0, show: none }}>
      {() => (
        <Table highlightOnHover stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={48}>No.</Table.Th>
              <Table.Th w={110}>Date</Table.Th>
              <Table.Th>Kind</Table.Th>
              <Table.Th ta="end" w={80}>
                Words
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {[...notes].reverse().map(({ id, number, date, type, words, state }) => (
              <Table.Tr
                key={id}
                style={{ cursor: 'pointer' }}
                onClick={() => open({ note: id })}
                {...(id === shown ? { bg: 'var(--panel)' } : {})}
              >
                <Table.Td className="quiet">{number}</Table.Td>
                <Table.Td>{formatDate(date)}</Table.Td>
                <Table.Td>
                  <button type="button" className="link" aria-current={id === shown || undefined}>
                    {type}
                  </button>{' '}
                  <span className="look">{STATE[state]}</span>
                </Table.Td>
                <Table.Td ta="end">{words.toLocaleString('en')}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </View>
  );
}
