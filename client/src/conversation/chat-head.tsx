import { Button, Group, Menu, Text, Title } from '@mantine/core';
import { IconHistory, IconPlus } from '@tabler/icons-react';
import { Link } from 'react-router';
import { resources } from '../api/resources.ts';
import { useResource } from '../api/use-resource.ts';
import { formatDate } from '../convert/dates.ts';
import classes from './chat.module.css';

interface HeadProps {
  readonly patient: string;
  readonly conversation: string | null;
}

/** Earlier conversations of this patient, and a new one. */
export function ChatHead({ patient, conversation }: HeadProps) {
  const { data, reload } = useResource(resources.conversations(patient));
  const base = `/patients/${encodeURIComponent(patient)}/chat`;
  const list = data?.conversations ?? [];
  return (
    <Group justify="space-between" wrap="nowrap" className={classes.head ?? ''}>
      <Title order={1} size="md">
        Chat
      </Title>
      <Group gap={4} wrap="nowrap">
        <Menu position="bottom-end" width={340} transitionProps={{ duration: 0 }} onOpen={reload}>
          <Menu.Target>
            <Button variant="subtle" leftSection={<IconHistory size={15} />}>
              History{list.length > 0 ? ` (${list.length})` : ''}
            </Button>
          </Menu.Target>
          <Menu.Dropdown mah={380} style={{ overflowY: 'auto' }}>
            {list.length === 0 && <Menu.Label>No conversations about this patient yet</Menu.Label>}
            {list.map(({ id, started, turns, firstQuestion }) => (
              <Menu.Item
                key={id}
                component={Link}
                to={`${base}/${encodeURIComponent(id)}`}
                aria-current={id === conversation || undefined}
              >
                <Text size="sm" truncate fw={id === conversation ? 600 : 400}>
                  {firstQuestion}
                </Text>
                <Text size="xs" c="dimmed">
                  {formatDate(started)} · {turns} {turns === 1 ? 'question' : 'questions'}
                </Text>
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <Button component={Link} to={base} variant="subtle" leftSection={<IconPlus size={15} />}>
          New
        </Button>
      </Group>
    </Group>
  );
}
