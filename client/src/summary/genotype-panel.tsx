import { Anchor, Table } from '@mantine/core';
import { Link } from 'react-router';
import { resources } from '../api/resources.ts';
import { useResource } from '../api/use-resource.ts';
import { calledGenes, diplotypeWords, phenotypeWords, sourceCitation } from '../convert/pgx.ts';
import { formatDate } from '../convert/dates.ts';
import { EvidenceButton } from '../frame/evidence-button.tsx';
import { Nothing, Panel } from '../frame/panel.tsx';
import { RowsSkeleton, View } from '../frame/view.tsx';

/** Genes with a result; or, where none could be read, the genotypes that notes mention. */
export function GenotypePanel({ patient }: { readonly patient: string }) {
  const pgx = useResource(resources.pgx(patient));
  const more = (
    <Anchor component={Link} to={`/patients/${encodeURIComponent(patient)}/pharmacogenomics`} size="xs">
      Advice on medicines
    </Anchor>
  );
  return (
    <Panel title="Genotype" aside={more}>
      <View of={pgx} skeleton={<RowsSkeleton rows={2} />}>
        {(report) => {
          const genes = calledGenes(report);
          return genes.length === 0 ? (
            <Mentions patient={patient} />
          ) : (
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th w={90}>Gene</Table.Th>
                  <Table.Th>Result</Table.Th>
                  <Table.Th>Phenotype</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {genes.map((gene) => (
                  <Table.Tr key={gene.gene}>
                    <Table.Td>{gene.gene}</Table.Td>
                    <Table.Td className="code">
                      <EvidenceButton of={sourceCitation(gene.source)}>{diplotypeWords(gene)}</EvidenceButton>
                    </Table.Td>
                    <Table.Td>{phenotypeWords(gene)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          );
        }}
      </View>
    </Panel>
  );
}

function Mentions({ patient }: { readonly patient: string }) {
  const { data } = useResource(resources.genotypes(patient));
  const items = data?.items ?? [];
  if (items.length === 0) return <Nothing>No genotype in the notes, and none uploaded.</Nothing>;
  return items.map((item) => (
    <div key={item.id}>
      <EvidenceButton of={item.evidence[0]}>{item.text}</EvidenceButton>{' '}
      <span className="quiet">{formatDate(item.date ?? item.lastAsserted)}</span>
    </div>
  ));
}
