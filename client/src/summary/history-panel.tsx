import { Table } from '@mantine/core';
import type { Citation } from '#server/contract/index.ts';
import { resources } from '../api/resources.ts';
import { useResource } from '../api/use-resource.ts';
import { formatDate } from '../convert/dates.ts';
import { EvidenceButton } from '../frame/evidence-button.tsx';
import { Panel } from '../frame/panel.tsx';

/** Procedures and habits; left out where there are none. */
export function HistoryPanel({ patient }: { readonly patient: string }) {
  const procedures = useResource(resources.procedures(patient)).data?.items ?? [];
  const habits = useResource(resources.habits(patient)).data?.items ?? [];
  return (
    <>
      {procedures.length > 0 && (
        <Panel title="Procedures" aside={`${procedures.length}`}>
          <FactTable items={procedures} />
        </Panel>
      )}
      {habits.length > 0 && (
        <Panel title="Habits">
          <FactTable items={habits.map((item) => ({ ...item, status: `${item.habit}, ${item.status}` }))} />
        </Panel>
      )}
    </>
  );
}

interface Row {
  readonly id: string;
  readonly display: string;
  readonly status: string;
  readonly date: string | null;
  readonly lastAsserted: string;
  readonly evidence: readonly Citation[];
}

function FactTable({ items }: { readonly items: readonly Row[] }) {
  const sorted = [...items].sort((a, b) => (b.date ?? b.lastAsserted).localeCompare(a.date ?? a.lastAsserted));
  return (
    <Table>
      <Table.Tbody>
        {sorted.map((item) => (
          <Table.Tr key={item.id}>
            <Table.Td>
              <EvidenceButton of={item.evidence[0]}>{item.display}</EvidenceButton>
            </Table.Td>
            <Table.Td w={150}>{item.status.replace('-', ' ')}</Table.Td>
            <Table.Td w={104}>{item.date ? formatDate(item.date) : <span className="quiet">undated</span>}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
