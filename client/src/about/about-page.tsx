import { List, Table, Text, Title } from '@mantine/core';
import { resources } from '../api/resources.ts';
import { useResource } from '../api/use-resource.ts';
import { View } from '../frame/view.tsx';
import classes from './about.module.css';

const LIMITS = [
  'Anamnesis supports reading; it does not decide. Check each sentence against the words it cites before acting on it.',
  'It knows only the notes it was given. What is not written, or was not read, it cannot know.',
  'Findings are read by a model that makes mistakes; where its two readers disagree, the words are quoted and marked.',
  'Pharmacogenomic advice does not check renal function, pregnancy or other interactions unless it says so.',
  'It is not a medical device and has not been assessed as one.',
];

const LICENCES: readonly (readonly [string, string])[] = [
  ['Anamnesis', 'MIT'],
  ['Demo charts (invented patients)', 'CC0'],
  ['CPIC guideline data', 'CC0'],
  ['FDA table of pharmacogenetic associations', 'public domain'],
  ['ICD-10-CM', 'public domain'],
  ['LOINC', 'LOINC licence, © Regenstrief Institute'],
  ['Disease Ontology (DOID)', 'CC0'],
  ['Mantine, React, Tabler icons, Recharts, Socket.IO', 'MIT'],
];

/** What runs here, by which releases, under which licences, and what it must not be trusted with. */
export function AboutPage() {
  const status = useResource(resources.status());
  return (
    <div className={classes.page} tabIndex={0} role="region" aria-label="About Anamnesis">
      <Title order={1} size="h4" mb="xs">
        About Anamnesis
      </Title>
      <Text mb="md">
        Reads clinical notes on this machine, places their findings in time and answers questions about them. Every
        sentence leads back to characters of a note, or to a rule of a dated release.
      </Text>
      <Title order={2} size="sm" mb={4}>
        Limits
      </Title>
      <List size="sm" mb="md" spacing={2}>
        {LIMITS.map((limit) => (
          <List.Item key={limit}>{limit}</List.Item>
        ))}
      </List>
      <Title order={2} size="sm" mb={4}>
        Releases
      </Title>
      <View of={status}>
        {({ version, releases, languageModel, actor, notes }) => (
          <Facts
            rows={[
              ['Anamnesis', version],
              ...releases.map((release): [string, string] => splitRelease(release)),
              ['Language model', languageModel ?? 'none: answers are worded by rules'],
              ['Acting as', actor],
              ['Notes', `${notes.read} read, ${notes.queued} waiting, ${notes.failed} could not be read`],
            ]}
          />
        )}
      </View>
      <Title order={2} size="sm" mb={4} mt="md">
        Licences
      </Title>
      <Facts rows={LICENCES} />
    </div>
  );
}

/** `clinical-extractor/1` as name and release. */
function splitRelease(release: string): [string, string] {
  const at = release.lastIndexOf('/');
  return at < 0 ? [release, ''] : [release.slice(0, at), release.slice(at + 1)];
}

function Facts({ rows }: { readonly rows: readonly (readonly [string, string])[] }) {
  return (
    <Table variant="vertical" withRowBorders={false} verticalSpacing={2}>
      <Table.Tbody>
        {rows.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th w={300}>{name}</Table.Th>
            <Table.Td>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
