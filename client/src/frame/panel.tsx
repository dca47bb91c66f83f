import { Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './panel.module.css';

interface PanelProps {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A titled part of a view. */
export function Panel({ title, aside, children }: PanelProps) {
  return (
    <section className={classes.panel} aria-label={title}>
      <Group justify="space-between" gap="xs" className={classes.head ?? ''}>
        <Title order={2} size="sm">
          {title}
        </Title>
        <span className="quiet" style={{ fontSize: 12 }}>
          {aside}
        </span>
      </Group>
      {children}
    </section>
  );
}

/** Said where a part has nothing to show. */
export function Nothing({ children }: { readonly children: ReactNode }) {
  return <p className={classes.nothing}>{children}</p>;
}
