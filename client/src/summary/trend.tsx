import { Sparkline } from '@mantine/charts';
import '@mantine/charts/styles.css';

/** How a result went, without scales. */
export function Trend({ numbers }: { readonly numbers: readonly number[] }) {
  return (
    <Sparkline
      w={80}
      h={24}
      data={[...numbers]}
      color="var(--hue-test)"
      strokeWidth={1.5}
      fillOpacity={0.15}
      areaProps={{ isAnimationActive: false, dot: { r: 1.5, strokeWidth: 0, fill: 'var(--hue-test)' } }}
    />
  );
}
