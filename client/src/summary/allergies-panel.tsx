import { Table } from '@mantine/core';
import type { AllergiesResponse } from '#server/contract/index.ts';
import { formatDate } from '../convert/dates.ts';
import { EvidenceButton } from '../frame/evidence-button.tsx';
import { Nothing, Panel } from '../frame/panel.tsx';

const NONE = {
  'allergies listed': 'Allergies are mentioned; open the notes.',
  'no known allergies stated': 'No known allergies, as stated in the notes.',
  'no allergy statement found': 'No allergy statement found in the notes read so far.',
} as const;

/** Allergies with reaction; text that could not be read as one stands word for word. */
export function AllergiesPanel({ data }: { readonly data: AllergiesResponse }) {
  return (
    <Panel title="Allergies and intolerances" aside={data.items.length > 0 && data.statement}>
      {data.items.length === 0 ? (
        <Nothing>
          <EvidenceButton of={data.statementEvidence[0]}>{NONE[data.statement]}</EvidenceButton>
        </Nothing>
      ) : (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Substance</Table.Th>
              <Table.Th>Reaction</Table.Th>
              <Table.Th w={104}>Last asserted</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.items.map((item) => (
              <Table.Tr key={item.id}>
                <Table.Td className={item.interpreted ? 'danger' : ''} fw={item.interpreted ? 550 : 400}>
                  <EvidenceButton of={item.evidence[0]}>
                    {item.interpreted ? item.substance : `“${item.display}”`}
                  </EvidenceButton>
                </Table.Td>
                <Table.Td>
                  {item.interpreted ? (
                    (item.reaction ?? <span className="quiet">not stated</span>)
                  ) : (
                    <span className="look">allergy text not interpreted</span>
                  )}
                </Table.Td>
                <Table.Td>{formatDate(item.lastAsserted)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Panel>
  );
}
