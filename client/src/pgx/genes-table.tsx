import { Box, Table } from '@mantine/core';
import type { GeneResultView, PgxResponse } from '#server/contract/index.ts';
import { calledGenes, diplotypeWords, sourceCitation, sourceWords, uncalledGenes } from '../convert/pgx.ts';
import { EvidenceButton } from '../frame/evidence-button.tsx';
import { Fold } from '../frame/fold.tsx';
import { Nothing, Panel } from '../frame/panel.tsx';
import classes from './pgx.module.css';

interface GenesProps {
  readonly patient: string;
  readonly report: PgxResponse;
  readonly onUpload: () => void;
}

/** Genes as rows: result, phenotype by genes, phenotype with the medicines taken now, source. */
export function GenesTable({ report, onUpload }: GenesProps) {
  const called = calledGenes(report);
  const uncalled = uncalledGenes(report);
  return (
    <Panel title="Genes" aside={called.length > 0 && `${called.length} with a result`}>
      {called.length === 0 ? (
        <Nothing>
          No genotype in the notes, and none uploaded.{' '}
          <button type="button" className="link no-print" onClick={onUpload}>
            Upload a VCF or a report
          </button>
        </Nothing>
      ) : (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={84}>Gene</Table.Th>
              <Table.Th w={96}>Diplotype</Table.Th>
              <Table.Th>Phenotype</Table.Th>
              <Table.Th w={130} visibleFrom="xs">
                Source
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {called.map((gene) => (
              <GeneRow key={`${gene.gene}${sourceWords(gene.source)}`} gene={gene} />
            ))}
          </Table.Tbody>
        </Table>
      )}
      {uncalled.length > 0 && (
        <Fold label={`Not tested or not callable (${uncalled.length})`}>
          <p className="quiet">
            {uncalled
              .map(({ gene, callable }) => (callable ? gene : `${gene} (not callable from this file)`))
              .join(', ')}
          </p>
        </Fold>
      )}
    </Panel>
  );
}

function GeneRow({ gene }: { readonly gene: GeneResultView }) {
  const score = gene.activityScore.length > 0 ? ` · activity score ${gene.activityScore.join(' or ')}` : '';
  return (
    <Table.Tr>
      <Table.Td fw={550}>{gene.gene}</Table.Td>
      <Table.Td className="code">{diplotypeWords(gene)}</Table.Td>
      <Table.Td>
        {gene.phenotype.join(' or ') || 'not determined'}
        <span className="quiet">{score}</span>
        <Clinical gene={gene} />
        <Box className={`quiet ${classes.small}`} hiddenFrom="xs">
          <EvidenceButton of={sourceCitation(gene.source)}>{sourceWords(gene.source)}</EvidenceButton>
        </Box>
        {gene.warnings.map((warning) => (
          <div key={warning.code + warning.message} className={`look ${classes.small}`}>
            {warning.message}
          </div>
        ))}
      </Table.Td>
      <Table.Td className={classes.small ?? ''} visibleFrom="xs">
        <EvidenceButton of={sourceCitation(gene.source)}>{sourceWords(gene.source)}</EvidenceButton>
      </Table.Td>
    </Table.Tr>
  );
}

/** What the medicines taken now make of a phenotype, who does it, and what would follow without them. */
function Clinical({ gene }: { readonly gene: GeneResultView }) {
  const clinical = gene.clinicalPhenotype;
  if (!clinical) return null;
  const changed = !gene.phenotype.includes(clinical.phenotype);
  return (
    <div className={classes.clinical}>
      {changed ? (
        <>
          → <b>{clinical.phenotype}</b>
        </>
      ) : (
        'unchanged'
      )}
      {clinical.perpetrators.map((perpetrator) => (
        <span key={perpetrator.drug}>
          {' '}
          with{' '}
          <EvidenceButton of={perpetrator.evidence}>
            {perpetrator.drug} ({perpetrator.strength} {perpetrator.effect})
          </EvidenceButton>
          {!perpetrator.verified && <span className="look"> not verified</span>}
        </span>
      ))}
      {clinical.whatIf.map((sentence) => (
        <div key={sentence} className={`quiet ${classes.small}`}>
          {sentence}
        </div>
      ))}
    </div>
  );
}
