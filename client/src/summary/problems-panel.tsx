import { Table } from '@mantine/core';
import { useState } from 'react';
import type { ProblemItem } from '#server/contract/index.ts';
import { formatDate } from '../convert/dates.ts';
import { sortProblems } from '../convert/summary.ts';
import { EvidenceButton } from '../frame/evidence-button.tsx';
import { Fold } from '../frame/fold.tsx';
import { Nothing, Panel } from '../frame/panel.tsx';
import { FactNotes } from './fact-notes.tsx';

const FIRST = 8;

/** Problems of now with their status and since when; past ones, symptoms and what does not hold behind folds. */
export function ProblemsPanel({ items }: { readonly items: readonly ProblemItem[] }) {
  const [all, setAll] = useState(false);
  const { main, past, findings, apart } = sortProblems(items);
  return (
    <Panel title="Problems" aside={main.length > 0 && `${main.length}`}>
      {main.length === 0 && <Nothing>No problem is documented in the notes read so far.</Nothing>}
      {main.length > 0 && <ProblemTable items={all ? main : main.slice(0, FIRST)} />}
      {main.length > FIRST && (
        <button type="button" className="link" onClick={() => setAll(!all)}>
          {all ? 'Fewer problems' : `All ${main.length} problems`}
        </button>
      )}
      {past.length > 0 && (
        <Fold label={`Past (${past.length})`}>
          <ProblemTable items={past} />
        </Fold>
      )}
      {findings.length > 0 && (
        <Fold label={`Symptoms and findings (${findings.length})`}>
          <ProblemTable items={findings} />
        </Fold>
      )}
      {apart.length > 0 && (
        <Fold label={`Ruled out, family (${apart.length})`}>
          <ProblemTable items={apart} />
        </Fold>
      )}
    </Panel>
  );
}

function statusWords(item: ProblemItem): string {
  const status = item.status === 'family' && item.relative ? `family: ${item.relative}` : item.status.replace('-', ' ');
  return item.laterality ? `${status}, ${item.laterality}` : status;
}

function ProblemTable({ items }: { readonly items: readonly ProblemItem[] }) {
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Problem</Table.Th>
          <Table.Th w={96}>Status</Table.Th>
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
              <FactNotes fact={item} />
            </Table.Td>
            <Table.Td>{statusWords(item)}</Table.Td>
            <Table.Td className="date">
              {item.onset ? formatDate(item.onset) : <span className="quiet">by {formatDate(item.firstAsserted)}</span>}
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
