import { Table } from '@mantine/core';
import type { MedicationItem } from '#server/contract/index.ts';
import { formatDate } from '../convert/dates.ts';
import { doseWords, sortMedications } from '../convert/summary.ts';
import { EvidenceButton } from '../frame/evidence-button.tsx';
import { Fold } from '../frame/fold.tsx';
import { Nothing, Panel } from '../frame/panel.tsx';
import { FactNotes } from './fact-notes.tsx';

/** Medications taken now, and the others behind a fold. */
export function MedicationsPanel({ items }: { readonly items: readonly MedicationItem[] }) {
  const { current, others } = sortMedications(items);
  return (
    <Panel title="Current medications" aside={current.length > 0 && `${current.length}`}>
      {current.length === 0 && <Nothing>No current medication is documented in the notes read so far.</Nothing>}
      {current.length > 0 && <CurrentTable items={current} />}
      {others.length > 0 && (
        <Fold label={`Stopped, planned and past (${others.length})`}>
          <OthersTable items={others} />
        </Fold>
      )}
    </Panel>
  );
}

function CurrentTable({ items }: { readonly items: readonly MedicationItem[] }) {
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Medication</Table.Th>
          <Table.Th>Dose</Table.Th>
          <Table.Th w={112}>Since</Table.Th>
          <Table.Th w={104} visibleFrom="xs">
            Last asserted
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((item) => (
          <Table.Tr key={item.id}>
            <Table.Td>
              <EvidenceButton of={item.evidence[0]}>{item.display}</EvidenceButton>
              {item.status === 'on-hold' && <span className="look"> on hold</span>}
              <FactNotes fact={item} />
            </Table.Td>
            <Table.Td>{doseWords(item) || <span className="quiet">not stated</span>}</Table.Td>
            <Table.Td className="date">
              {item.start ? formatDate(item.start) : <span className="quiet">by {formatDate(item.firstAsserted)}</span>}
            </Table.Td>
            <Table.Td className="date" visibleFrom="xs">
              {formatDate(item.lastAsserted)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function OthersTable({ items }: { readonly items: readonly MedicationItem[] }) {
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Medication</Table.Th>
          <Table.Th w={90}>Status</Table.Th>
          <Table.Th>Why</Table.Th>
          <Table.Th w={104}>When</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((item) => (
          <Table.Tr key={item.id}>
            <Table.Td>
              <EvidenceButton of={item.evidence[0]}>{item.display}</EvidenceButton> {doseWords(item)}
            </Table.Td>
            <Table.Td>{item.status.replace('-', ' ')}</Table.Td>
            <Table.Td>{item.stopReason ?? ''}</Table.Td>
            <Table.Td className="date">{formatDate(item.stop ?? item.lastAsserted)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
