import { CloseButton, Group, Skeleton, Text, Title } from '@mantine/core';
import { Suspense, lazy } from 'react';
import { useSearchParams } from 'react-router';
import { resources } from '../api/resources.ts';
import { useResource } from '../api/use-resource.ts';
import { formatDate } from '../convert/dates.ts';
import { plotOf } from '../convert/result-plot.ts';
import { resultSeries, valueWords } from '../convert/summary.ts';
import { EvidenceButton } from '../frame/evidence-button.tsx';
import classes from './timeline.module.css';

const ResultPlot = lazy(async () => ({ default: (await import('./result-plot.tsx')).ResultPlot }));

/** The plot of the test that the address names, with its values as text. */
export function ResultPanel({ patient }: { readonly patient: string }) {
  const [params, setParams] = useSearchParams();
  const { data } = useResource(resources.results(patient));
  const test = params.get('test');
  const series = test ? resultSeries(data?.items ?? []).find((one) => one.test === test) : undefined;
  if (!series) return null;
  const close = (): void => {
    const next = new URLSearchParams(params);
    next.delete('test');
    setParams(next);
  };
  const plot = plotOf(series);
  return (
    <section className={classes.plot} aria-label={`Course of ${series.display}`}>
      <Group justify="space-between">
        <Title order={2} size="sm">
          {series.display}
          {plot.unit && <span className="quiet"> {plot.unit}</span>}
        </Title>
        <CloseButton size="sm" aria-label="Close the plot" onClick={close} />
      </Group>
      <Suspense fallback={<Skeleton height={180} />}>
        <ResultPlot plot={plot} name={series.display} />
      </Suspense>
      {plot.left > 0 && (
        <Text size="xs" c="dimmed">
          {plot.left} not plotted: no number, no date or another unit.
        </Text>
      )}
      <ul className={classes.values} aria-label="Values">
        {series.items.map((item) => (
          <li key={item.id}>
            <EvidenceButton of={item.evidence[0]}>{valueWords(item)}</EvidenceButton>{' '}
            <span className="quiet">{formatDate(item.date)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
