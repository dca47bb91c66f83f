import { LineChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import { Paper, Text } from '@mantine/core';
import { formatDate, isoOfDay } from '../convert/dates.ts';
import type { Plot, PlotPoint } from '../convert/result-plot.ts';
import { useEvidence } from '../frame/use-evidence.ts';

interface PlotProps {
  readonly plot: Plot;
  readonly name: string;
}

interface DotClick {
  readonly payload?: PlotPoint;
}

/** Values over time; a point opens its evidence. The values also stand below as text, so the picture itself is hidden from readers. */
export function ResultPlot({ plot, name }: PlotProps) {
  const { openCitation } = useEvidence();
  const series = [
    { name: 'value', label: plot.pair ? 'first' : name, color: 'var(--hue-test)' },
    ...(plot.pair ? [{ name: 'second', label: 'second', color: 'var(--hue-habit)' }] : []),
  ];
  const onClick = (_event: unknown, dot: unknown): void => {
    const point = (dot as DotClick).payload;
    if (point) openCitation(point.evidence);
  };
  return (
    <div aria-hidden>
      <LineChart
        h={180}
        data={plot.points.map((point) => ({ ...point }))}
        dataKey="day"
        series={series}
        curveType="linear"
        strokeWidth={1.5}
        withTooltip
        tooltipAnimationDuration={0}
        tooltipProps={{
          content: ({ payload }) => <PointCard payload={payload as readonly { payload: PlotPoint }[]} />,
        }}
        gridAxis="xy"
        xAxisProps={{
          type: 'number',
          domain: ['dataMin', 'dataMax'],
          tickFormatter: (day: number) => formatDate(isoOfDay(day)),
          padding: { left: 12, right: 12 },
        }}
        yAxisProps={{ domain: ['auto', 'auto'], width: 44 }}
        dotProps={{ r: 3 }}
        activeDotProps={{ r: 5, cursor: 'pointer', onClick }}
        lineChartProps={{ accessibilityLayer: false }}
        lineProps={{ isAnimationActive: false }}
      />
    </div>
  );
}

function PointCard({ payload }: { readonly payload: readonly { readonly payload: PlotPoint }[] | undefined }) {
  const point = payload?.[0]?.payload;
  if (!point) return null;
  return (
    <Paper px="xs" py={4} withBorder>
      <Text size="xs">
        <b>{point.words}</b> {formatDate(point.date)}
      </Text>
    </Paper>
  );
}
