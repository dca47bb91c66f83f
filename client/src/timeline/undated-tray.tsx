import type { Undated } from '../convert/timeline-rows.ts';
import { EvidenceButton } from '../frame/evidence-button.tsx';
import { Panel } from '../frame/panel.tsx';
import classes from './timeline.module.css';

/** What the notes give no date for. */
export function UndatedTray({ items }: { readonly items: readonly Undated[] }) {
  if (items.length === 0) return null;
  return (
    <Panel title="Undated" aside={`${items.length}, not placed on a guessed day`}>
      <ul className={classes.tray}>
        {items.map((item) => (
          <li key={item.id}>
            <EvidenceButton of={item.evidence}>{item.label}</EvidenceButton>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
