import { Skeleton, Table } from '@mantine/core';
import { Suspense, lazy, useState } from 'react';
import { Link } from 'react-router';
import type { ResultItem } from '#server/contract/index.ts';
import { formatDate } from '../convert/dates.ts';
import { resultSeries, valueWords } from '../convert/summary.ts';
import type { ResultSeries } from '../convert/summary.ts';
import { EvidenceButton } from '../frame/evidence-button.tsx';
import { Nothing, Panel } from '../frame/panel.tsx';

const Trend = lazy(async () => ({ default: (await import('./trend.tsx')).Trend }));
const FIRST = 14;

interface ResultsProps {
  readonly patient: string;
  readonly items: readonly ResultItem[];
}

/** The last result of each test, with how it went. */
export function ResultsPanel({ patient, items }: ResultsProps) {
  const [all, setAll] = useState(false);
  const series = resultSeries(items);
  const shown = all ? series : series.slice(0, FIRST);
  return (
    <Panel title="Last results" aside={series.length > 0 && `${series.length} tests`}>
      {series.length === 0 ? (
        <Nothing>No result is documented in the notes read so far.</Nothing>
      ) : (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Test</Table.Th>
              <Table.Th>Value</Table.Th>
              <Table.Th w={96}>Course</Table.Th>
              <Table.Th w={104}>Date</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((one) => (
              <ResultRow key={one.test} patient={patient} series={one} />
            ))}
          </Table.Tbody>
        </Table>
      )}
      {series.length > FIRST && (
        <button type="button" className="link" onClick={() => setAll(!all)}>
          {all ? 'Fewer tests' : `All ${series.length} tests`}
        </button>
      )}
    </Panel>
  );
}

const FLAGS = { low: 'low', high: 'high', critical: 'critical', normal: '' } as const;

function ResultRow({ patient, series }: { readonly patient: string; readonly series: ResultSeries }) {
  const { last, items, numbers, display, test } = series;
  const flag = last.flag ? FLAGS[last.flag] : '';
  return (
    <Table.Tr>
      <Table.Td>{display}</Table.Td>
      <Table.Td>
        <EvidenceButton of={last.evidence[0]}>{valueWords(last)}</EvidenceButton>
        {flag && <span className={last.flag === 'critical' ? 'danger' : 'look'}> {flag}</span>}
      </Table.Td>
      <Table.Td py={0}>
        {numbers.length > 1 ? (
          <Link
            to={`/patients/${encodeURIComponent(patient)}/chart/timeline?test=${encodeURIComponent(test)}`}
            aria-label={`${display}: ${numbers.length} values from ${numbers[0]} to ${numbers.at(-1)}; open the plot`}
          >
            <Suspense fallback={<Skeleton height={24} width={80} />}>
              <Trend numbers={numbers} />
            </Suspense>
          </Link>
        ) : (
          <span className="quiet">{items.length > 1 ? `${items.length} results` : ''}</span>
        )}
      </Table.Td>
      <Table.Td className="date">{formatDate(last.date ?? last.lastAsserted)}</Table.Td>
    </Table.Tr>
  );
}
