import type { PgxResponse } from '#server/contract/index.ts';
import { Panel } from '../frame/panel.tsx';
import classes from './pgx.module.css';

/** Warfarin doses by algorithm, with what they lack. */
export function WarfarinPanel({ report }: { readonly report: PgxResponse }) {
  if (report.warfarin.length === 0) return null;
  return (
    <Panel title="Warfarin dose by algorithm" aside="for adults, within the algorithm's input ranges">
      {report.warfarin.map(({ algorithm, weeklyMg, dailyMg, missing }) => (
        <p key={algorithm} className={classes.dose}>
          <b>{algorithm}</b> {weeklyMg.toFixed(1)} mg a week, {dailyMg.toFixed(1)} mg a day
          {missing.length > 0 && <span className="look"> · {missing.join('; ')}</span>}
        </p>
      ))}
    </Panel>
  );
}
