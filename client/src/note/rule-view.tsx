import { Anchor, Blockquote, Box, Button, Table, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useEvidence } from '../frame/use-evidence.ts';
import { ruleByKey } from './known-rules.ts';

/** A rule of a guideline as evidence: which rule of which release, its words where we may show them, and where it stands. */
export function RuleView({ rule }: { readonly rule: string }) {
  const { open } = useEvidence();
  const known = ruleByKey(rule);
  const [ruleSet, release, name] = rule.split('|');
  return (
    <Box p="md" style={{ overflow: 'auto' }}>
      <Button
        variant="subtle"
        size="compact-xs"
        leftSection={<IconArrowLeft size={14} />}
        onClick={() => open({})}
        mb="sm"
      >
        Back to the notes
      </Button>
      <Title order={2} size="h5" mb="xs">
        {ruleSet}
      </Title>
      <Table variant="vertical" layout="fixed" withRowBorders={false}>
        <Table.Tbody>
          <Table.Tr>
            <Table.Th w={110}>Rule</Table.Th>
            <Table.Td className="code">{name}</Table.Td>
          </Table.Tr>
          <Table.Tr>
            <Table.Th>Release</Table.Th>
            <Table.Td>{release}</Table.Td>
          </Table.Tr>
          {known?.url && (
            <Table.Tr>
              <Table.Th>Published at</Table.Th>
              <Table.Td>
                <Anchor href={known.url} target="_blank" rel="noreferrer noopener" size="sm">
                  {known.url}
                </Anchor>
              </Table.Td>
            </Table.Tr>
          )}
        </Table.Tbody>
      </Table>
      {known?.quote && (
        <Blockquote p="sm" mt="md" radius={0}>
          {known.quote}
        </Blockquote>
      )}
    </Box>
  );
}
