import { SegmentedControl, Splitter, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { NARROW } from './breakpoints.ts';
import classes from './split-view.module.css';

interface SplitProps {
  readonly left: ReactNode;
  readonly right: ReactNode;
}

/** The two panes, side by side; on a narrow screen as two tabs, of which the address names the one in front. */
export function SplitView({ left, right }: SplitProps) {
  const narrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false }) ?? false;
  return narrow ? <Tabbed left={left} right={right} /> : <SideBySide left={left} right={right} />;
}

function SideBySide({ left, right }: SplitProps) {
  return (
    <Splitter className={classes.split ?? ''} lineSize={1} handleColor="var(--rule)">
      <Splitter.Pane defaultSize={50} min={30} className={classes.pane ?? ''}>
        <section className={classes.fill} aria-label="Conclusions">
          {left}
        </section>
      </Splitter.Pane>
      <Splitter.Pane defaultSize={50} min={30} className={classes.pane ?? ''}>
        <section className={classes.fill} aria-label="Evidence">
          {right}
        </section>
      </Splitter.Pane>
    </Splitter>
  );
}

function Tabbed({ left, right }: SplitProps) {
  const [params, setParams] = useSearchParams();
  const evidence = params.get('view') === 'evidence';
  const show = (view: string): void => {
    const next = new URLSearchParams(params);
    next.set('view', view);
    setParams(next, { replace: true });
  };
  return (
    <div className={classes.tabbed}>
      <SegmentedControl
        fullWidth
        radius={0}
        aria-label="Pane"
        value={evidence ? 'evidence' : 'conclusion'}
        onChange={show}
        data={[
          { value: 'conclusion', label: 'Chart and answers' },
          { value: 'evidence', label: 'Notes and evidence' },
        ]}
      />
      <div className={classes.stack}>
        <section className={classes.fill} aria-label="Conclusions" hidden={evidence}>
          {left}
        </section>
        <section className={classes.fill} aria-label="Evidence" hidden={!evidence}>
          <VisuallyHidden component="h1">Notes and evidence</VisuallyHidden>
          {right}
        </section>
      </div>
    </div>
  );
}
