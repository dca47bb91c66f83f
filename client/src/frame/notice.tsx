import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';

export interface NoticeProps {
  readonly tone: 'danger' | 'look' | 'plain';
  readonly title: string;
  readonly children?: ReactNode;
  readonly code?: string;
  /** What the person can do. */
  readonly remedy?: string;
  readonly action?: { readonly label: string; readonly onClick: () => void };
}

const COLOUR = { danger: 'var(--danger)', look: 'var(--look)', plain: 'var(--quiet)' } as const;

/** A message inside a view: what happened, what to do, and a code to quote. */
export function Notice({ tone, title, children, code, remedy, action }: NoticeProps) {
  const Icon = tone === 'plain' ? IconInfoCircle : IconAlertTriangle;
  return (
    <Alert
      variant="default"
      radius="sm"
      p="sm"
      role={tone === 'danger' ? 'alert' : 'note'}
      icon={<Icon size={18} aria-hidden color={COLOUR[tone]} />}
      title={title}
      styles={{ root: { borderInlineStart: `3px solid ${COLOUR[tone]}` }, title: { color: 'inherit' } }}
    >
      {children}
      {remedy && <Text size="sm">{remedy}</Text>}
      {(code ?? action) && (
        <Group mt={6} gap="sm">
          {action && (
            <Button variant="default" onClick={action.onClick}>
              {action.label}
            </Button>
          )}
          {code && (
            <Text size="xs" c="dimmed">
              Code <span className="code">{code}</span>
            </Text>
          )}
        </Group>
      )}
    </Alert>
  );
}
